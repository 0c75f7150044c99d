package org.jkeepalived.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jkeepalived.model.VrrpInstance;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Compares every effective value of the corpus's instances with the dump of the real keepalived:
 * many instances in one file, each a case of the corpus, under several global settings.
 */
@Tag("lab")
@EnabledIf("org.jkeepalived.config.KeepalivedNamespace#keepalivedInstalled")
final class DumpTest {

  private static final Set<String> COMPARED =
      Set.of("address.txt", "instance.txt", "ipv6.txt", "links.txt", "strict.txt", "unicast.txt");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "router_id x",
        "vrrp_strict",
        "vrrp_strict\nvrrp_garp_master_repeat 3\nvrrp_garp_lower_prio_repeat 4"
            + "\nvrrp_lower_prio_no_advert off\nvrrp_higher_prio_send_advert",
        "vrrp_garp_master_delay 9\nvrrp_garp_master_repeat 8\nvrrp_garp_master_refresh 7"
            + "\nvrrp_garp_master_refresh_repeat 6\nvrrp_down_timer_adverts 9"
            + "\nvrrp_lower_prio_no_advert\nvrrp_higher_prio_send_advert\nvrrp_version 3"
            + "\nvrrp_skip_check_adv_addr\nvrrp_mcast_group4 224.9.9.9",
        "vrrp_garp_lower_prio_delay 2\nvrrp_garp_lower_prio_repeat 3",
        "vrrp_strict off"
      })
  void valuesAreThoseOfTheDump(String globals) throws IOException, InterruptedException {
    StringBuilder text = new StringBuilder("global_defs {\n" + globals + "\n}\n");
    int number = 0;
    for (Corpus.Case one : Corpus.all()) {
      if (comparable(one)) {
        text.append(
            one.text()
                .replace("vrrp_instance VI ", "vrrp_instance C" + ++number + " ")
                .replaceFirst("virtual_router_id 5", "virtual_router_id " + (number % 250 + 1))
                .replaceFirst("interface ens33", "interface " + (number > 250 ? "eth0" : "ens33")));
      }
    }
    assertTrue(number > 150);
    Map<String, List<String>> ours = new LinkedHashMap<>();
    for (VrrpInstance instance : load(text.toString()).configuration().instances()) {
      ours.put(instance.name(), TopologyText.of(instance));
    }
    KeepalivedNamespace namespace = new KeepalivedNamespace();
    try {
      String dump = namespace.dump(text.toString());
      Map<String, List<String>> real = instances(dump);
      assertTrue(!real.isEmpty(), dump);
      assertEquals(lines(real), lines(ours));
    } finally {
      namespace.close();
    }
  }

  /**
   * One instance without global settings of its own, which both would run, and without what stands
   * in blocks of its own. Where keepalived says that it ignores an invalid number, it takes the
   * digits at its beginning all the same; we do not.
   */
  private static boolean comparable(Corpus.Case one) {
    return COMPARED.contains(one.file())
        && one.keepalived().isEmpty()
        && one.ours().exit() != ExitStatus.FATAL.code()
        && one.text().startsWith("vrrp_instance VI ")
        && one.text().split("vrrp_instance ", -1).length == 2
        && !one.text().contains("global_defs")
        && !one.text().contains("jkeepalived {")
        && !one.text().contains("strict_mode on")
        && !one.text().contains("use_ipvlan") // there may be no kernel that knows it
        && one.ours().lines().stream()
            .noneMatch(line -> line.matches(".*(invalid number|Invalid garp_master_refresh).*"))
        && !one.title().contains("no address")
        && !one.title().contains("empty virtual_ipaddress")
        && !one.title().matches("(interface|virtual_router_id|virtual_ipaddress) .*")
        && load(one.text()).configuration().instances().stream()
            .anyMatch(instance -> !instance.addresses().advertised().isEmpty());
  }

  private static LoadedConfiguration load(String text) {
    return Reading.of(Corpus.FILE, text);
  }

  private static String lines(Map<String, List<String>> instances) {
    StringBuilder text = new StringBuilder();
    instances.forEach(
        (name, lines) ->
            lines.stream().sorted().forEach(line -> text.append(name + ": " + line + "\n")));
    return text.toString();
  }

  /** The instances of a dump, without the lines that the model does not know. */
  private static Map<String, List<String>> instances(String dump) {
    Map<String, List<String>> instances = new LinkedHashMap<>();
    List<String> current = new ArrayList<>();
    boolean topology = false;
    for (String raw : dump.lines().toList()) {
      String line = raw.replaceFirst("^.* [0-9]{2}:[0-9]{2}:[0-9]{2} [0-9]{4}: ", "");
      if (line.contains("< VRRP Topology")) {
        topology = true;
      } else if (line.startsWith("---")) {
        topology = false;
      } else if (topology && line.startsWith(" VRRP Instance = ")) {
        current = new ArrayList<>();
        instances.put(line.substring(" VRRP Instance = ".length()), current);
      } else if (topology && line.startsWith("   ") && known(line.strip())) {
        current.add(line.strip().replaceFirst(", ifindex [0-9]+$", ""));
      }
    }
    return instances;
  }

  private static boolean known(String line) {
    return !line.matches(
        "Flags:.*|Use VMAC.*|Using unicast|If unicast .*|Unicast config option .*|Number of config faults.*|Using src_ip = [0-9a-f.:]+|Virtual IP.*|No sockets.*"
            + "|Using smtp.*|Notify .*|Password = .*|.*track_primary.*|Using .* checksum.*"
            + "|Kernel rx.*|Track.*|Gratuitous ARP for each secondary VMAC.*|Next gratuitous ARP.*|Native IPv6.*|Tracked .*|Debug level.*"
            + "|VRRP interface tracking disabled|eth0 weight 0");
  }
}
