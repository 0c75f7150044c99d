package org.jkeepalived.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.jkeepalived.model.Configuration;
import org.jkeepalived.model.ConfigurationChange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the operator is told of a reload that is about links of an instance's own. */
final class OwnLinkPlanTest {

  @ParameterizedTest(name = "{0} to {1}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          |use_vmac|use_vmac no -> yes; virtual_ipaddress 10.0.0.51 device eth0 -> vrrp.51
          use_vmac||use_vmac yes -> no; virtual_ipaddress 10.0.0.51 device vrrp.51 -> eth0
          use_vmac|use_vmac own|use_vmac name vrrp.51 -> own; virtual_ipaddress 10.0.0.51 device vrrp.51 -> own
          use_vmac|use_vmac 02:00:00:00:00:01 group 7 netlink_notify_msg|use_vmac MAC address 00:00:5e:00:01:33 -> 02:00:00:00:00:01; use_vmac group nothing -> 7; use_vmac netlink_notify_msg no -> yes
          use_vmac|use_vmac,vmac_xmit_base|vmac_xmit_base no -> yes
          |use_vmac_addr|use_vmac_addr no -> yes
          |use_ipvlan 10.0.0.7/24|use_ipvlan no -> yes
          use_ipvlan 10.0.0.7/24|use_ipvlan 10.0.0.8/16 private|use_ipvlan address 10.0.0.7/24 -> 10.0.0.8/16; use_ipvlan mode bridge -> private
          use_ipvlan 10.0.0.7/24|use_vmac|use_ipvlan yes -> no; use_vmac no -> yes; virtual_ipaddress 10.0.0.51 device eth0 -> vrrp.51
          accept|no_accept|accept yes -> no
          """)
  void isToldInHisWords(String before, String after, String expected) {
    List<String> told =
        ConfigurationChange.between(
            configuration(before).instances().get(0), configuration(after).instances().get(0));
    assertEquals(expected, String.join("; ", told.stream().sorted().toList()));
  }

  private static Configuration configuration(String words) {
    return Reading.of(
            "/k.conf",
            """
            vrrp_instance A {
              interface eth0
              virtual_router_id 51
              %s
              virtual_ipaddress { 10.0.0.51/24 }
            }
            """
                .formatted(words == null ? "" : words.replace(',', '\n')))
        .configuration();
  }
}
