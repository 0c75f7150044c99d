package org.jkeepalived.config;

import java.util.Arrays;
import java.util.List;
import org.jkeepalived.model.Configuration;
import org.jkeepalived.model.routing.Route;
import org.jkeepalived.model.routing.RoutingRule;
import org.jkeepalived.model.routing.StaticNetwork;

/**
 * Routes and rules as lines of a file say them; a line that is left out is an error of the test.
 */
public final class RoutingLines {

  /** One of each kind that a route can be, or nearly so. */
  public static final List<String> ROUTES =
      List.of(
          "10.1.0.0/16 dev eth0",
          "10.1.0.0/16 via 10.0.0.7 dev eth0 metric 5 table 77",
          "10.1.0.7 via 10.0.0.7",
          "10.2.0.0/16 tos 0x10 dev eth0 scope link protocol static no_track",
          "10.3.0.0/16 nexthop via 10.0.0.7 dev eth0 weight 3 nexthop via 10.0.0.8 dev eth1",
          "10.3.0.0/16 nexthop via 10.0.0.7 nexthop via 10.0.0.8 table 6909",
          "blackhole 10.4.0.0/16",
          "unreachable 10.4.0.0/16 metric 4294967295",
          "default via 10.0.0.7 dev eth0",
          "10.5.0.0/16 dev eth0 mtu lock 1400 rtt 300ms congctl lock reno features ecn",
          "10.6.0.0/16 dev eth0 encap ip id 5 dst 10.0.0.7 ttl 64 realms 5/6",
          "10.7.0.0/16 dev eth0 encap mpls 100/200",
          "10.8.0.0/16 dev eth0 encap ila 1:2:3:4 ttl-propagate enabled",
          "fd01::/64 dev eth0",
          "fd01::/64 dev eth0 metric 7 pref high expires 100",
          "fd01:2::1 via fd00::7 dev eth0 from fd02::/64 src fd00::1",
          "prohibit fd01:3::/64",
          "default via fd00::7 dev eth0");

  /** The same of rules. */
  public static final List<String> RULES =
      List.of(
          "from 10.1.0.0/16 table 1 priority 101",
          "to 10.1.0.7 lookup 4000000000 priority 102",
          "not from 10.1.0.0/16 to 10.2.0.0/16 tos 0x10 table 7 priority 0",
          "from all fwmark 5 table 1 priority 103",
          "fwmark 0x5/0xff iif eth0 oif eth1 table 1 priority 104 no_track",
          "from 10.1.0.0/16 uidrange 5-10 ipproto tcp sport 5-6 dport 70-65535 table 1 priority 105",
          "from 10.1.0.0/16 suppress_prefixlength 0 suppress_ifgroup 7 table 1 priority 106",
          "from 10.1.0.0/16 goto 200 priority 107",
          "from 10.1.0.0/16 nop priority 108",
          "from 10.1.0.0/16 blackhole priority 109",
          "from 10.1.0.0/16 l3mdev priority 110",
          "from 10.1.0.0/16 realms 5/6 table 1 priority 111",
          "from fd01::/64 table 1 priority 112",
          "inet6 prohibit priority 113",
          "inet6 fwmark 7 table 1 protocol 99 no_track priority 114");

  private RoutingLines() {}

  public static Route route(String line) {
    return read("static_routes {\n" + line + "\n}\n").statics().routes().get(0).object();
  }

  public static RoutingRule rule(String line) {
    return read("static_rules {\n" + line + "\n}\n").statics().rules().get(0).object();
  }

  /** The static objects of a file. */
  public static StaticNetwork statics(String... lines) {
    return read(String.join("\n", Arrays.asList(lines))).statics();
  }

  private static Configuration read(String text) {
    return Reading.of("k.conf", text).configuration();
  }
}
