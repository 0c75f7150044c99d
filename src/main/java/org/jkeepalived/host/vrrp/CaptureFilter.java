package org.jkeepalived.host.vrrp;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jkeepalived.linux.packet.LinkPort;
import org.jkeepalived.model.AddressFamily;
import org.jkeepalived.model.AllowedSenders.Network;
import org.jkeepalived.vrrp.Admission;
import org.jkeepalived.vrrp.LinkPorts;

/**
 * What the kernel hands over of what a link hears, in the words of pcap-filter(7): a flood of those
 * that may not speak IPv4 ends there; who may speak IPv6 is looked at once it is read.
 *
 * @param heard what is handed over
 * @param refused what is kept back, to be counted; empty where all may speak
 */
record CaptureFilter(String heard, Optional<String> refused) {

  /** The kernel takes 4,096 instructions; a comparison is four, and is made of each packet. */
  private static final int MOST_COMPARISONS = 400;

  /** The byte after the IP header's end and VRRP's first. */
  private static final String VRID = "ip[((ip[0] & 0xf) << 2) + 1]";

  /** The same behind an authentication header. */
  private static final String AUTHENTICATED_VRID = "ip[((ip[0] & 0xf) << 2) + 25]";

  static CaptureFilter of(LinkPorts.Demand demand) {
    if (!demand.hears(AddressFamily.IPV6)) {
      return of(demand.admission());
    }
    if (!demand.hears(AddressFamily.IPV4)) {
      return new CaptureFilter(LinkPort.ADVERTISEMENTS_6, Optional.empty());
    }
    CaptureFilter ipv4 = of(demand.admission());
    return new CaptureFilter(
        "(" + ipv4.heard + ") or (" + LinkPort.ADVERTISEMENTS_6 + ")", ipv4.refused);
  }

  static CaptureFilter of(Admission admission) {
    Map<List<Network>, TreeSet<Integer>> vrids = new LinkedHashMap<>();
    admission
        .networks()
        .forEach(
            (vrid, networks) -> vrids.computeIfAbsent(networks, any -> new TreeSet<>()).add(vrid));
    int comparisons = 0;
    for (Map.Entry<List<Network>, TreeSet<Integer>> entry : vrids.entrySet()) {
      comparisons += entry.getKey().size() + entry.getValue().size();
    }
    String all =
        admission.authenticated()
            ? "(" + LinkPort.ADVERTISEMENTS + " or " + LinkPort.AUTHENTICATED + ")"
            : LinkPort.ADVERTISEMENTS;
    if (admission.isOpen() || comparisons > MOST_COMPARISONS) {
      return new CaptureFilter(all, Optional.empty());
    }
    String refused = refused(vrids, VRID);
    if (admission.authenticated()) {
      refused =
          "(ip proto 112 and "
              + refused
              + " or ip proto 51 and "
              + refused(vrids, AUTHENTICATED_VRID)
              + ")";
    }
    return new CaptureFilter(all + " and not " + refused, Optional.of(all + " and " + refused));
  }

  private static String refused(Map<List<Network>, TreeSet<Integer>> vrids, String field) {
    return vrids.entrySet().stream()
        .map(entry -> "(" + to(entry.getValue(), field) + " and not " + from(entry.getKey()) + ")")
        .collect(Collectors.joining(" or ", "(", ")"));
  }

  private static String to(TreeSet<Integer> vrids, String field) {
    return vrids.stream()
        .map(vrid -> field + " = " + vrid)
        .collect(Collectors.joining(" or ", "(", ")"));
  }

  private static String from(List<Network> networks) {
    return networks.stream()
        .map(network -> "src net " + network.text())
        .collect(Collectors.joining(" or ", "(", ")"));
  }
}
