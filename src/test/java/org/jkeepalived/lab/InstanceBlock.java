package org.jkeepalived.lab;

import java.util.ArrayList;
import java.util.List;

/**
 * The text of a {@code vrrp_instance}, for tests that vary one thing.
 *
 * @param name of the instance
 * @param vrid 1 to 255
 * @param priority 1 to 255
 * @param lines further keywords, one a line
 * @param addresses lines of {@code virtual_ipaddress}
 */
record InstanceBlock(
    String name, int vrid, int priority, List<String> lines, List<String> addresses) {

  static final String DEVICE = "eth0";

  InstanceBlock {
    lines = List.copyOf(lines);
    addresses = List.copyOf(addresses);
  }

  /** An instance on {@code eth0} with one address. */
  static InstanceBlock of(int priority, String address) {
    return new InstanceBlock("VI_1", 51, priority, List.of(), List.of(address));
  }

  InstanceBlock with(String... more) {
    List<String> all = new ArrayList<>(lines);
    all.addAll(List.of(more));
    return new InstanceBlock(name, vrid, priority, all, addresses);
  }

  /** The same to peers instead of a group: {@code 10.0.0.2}, or with options behind it. */
  InstanceBlock toPeers(String... peers) {
    return with("unicast_peer {", String.join("\n", peers), "}");
  }

  InstanceBlock named(String other, int otherVrid) {
    return new InstanceBlock(other, otherVrid, priority, lines, addresses);
  }

  InstanceBlock withPriority(int other) {
    return new InstanceBlock(name, vrid, other, lines, addresses);
  }

  InstanceBlock withAddresses(String... others) {
    return new InstanceBlock(name, vrid, priority, lines, List.of(others));
  }

  /** The block, with an interval of a second unless a line says otherwise. */
  String text() {
    StringBuilder text = new StringBuilder("vrrp_instance " + name + " {\n");
    text.append("    interface ").append(DEVICE).append('\n');
    text.append("    virtual_router_id ").append(vrid).append('\n');
    text.append("    priority ").append(priority).append('\n');
    lines.forEach(line -> text.append("    ").append(line).append('\n'));
    text.append("    virtual_ipaddress {\n");
    addresses.forEach(line -> text.append("        ").append(line).append('\n'));
    return text.append("    }\n}\n").toString();
  }
}
