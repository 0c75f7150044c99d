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
 * that may not speak ends there.
 *
 * @param heard what is handed over
 * @param refused what is kept back, to be counted; empty where all may speak
 */
record CaptureFilter(String heard, Optional<String> refused) {

  /** The kernel takes 4,096 instructions; a comparison is four, and is made of each packet. */
  private static final int MOST_COMPARISONS = 400;

  /** An address of IPv6 is compared in so many parts. */
  private static final int IPV6_PARTS = 4;

  /** The byte after the IP header's end and VRRP's first. */
  private static final String VRID = "ip[((ip[0] & 0xf) << 2) + 1]";

  /** IPv6 has no options before VRRP: what has an extension header is none of ours. */
  private static final String VRID_6 = "ip6[41]";

  /** The same behind an authentication header. */
  private static final String AUTHENTICATED_VRID = "ip[((ip[0] & 0xf) << 2) + 25]";

  static CaptureFilter of(LinkPorts.Demand demand) {
    if (!demand.hears(AddressFamily.IPV6)) {
      return of(demand.admission());
    }
    CaptureFilter ipv6 = ofIpv6(demand.admission());
    if (!demand.hears(AddressFamily.IPV4)) {
      return ipv6;
    }
    CaptureFilter ipv4 = of(demand.admission());
    return new CaptureFilter(
        either(ipv4.heard, ipv6.heard),
        ipv4.refused
            .map(four -> ipv6.refused.map(six -> either(four, six)).orElse(four))
            .or(() -> ipv6.refused));
  }

  private static String either(String one, String other) {
    return "(" + one + ") or (" + other + ")";
  }

  private static CaptureFilter ofIpv6(Admission admission) {
    Map<List<Network>, TreeSet<Integer>> vrids = byNetworks(admission.networks6());
    String all = LinkPort.ADVERTISEMENTS_6;
    if (vrids.isEmpty() || IPV6_PARTS * comparisons(vrids) > MOST_COMPARISONS) {
      return new CaptureFilter(all, Optional.empty());
    }
    String refused = refused(vrids, VRID_6);
    return new CaptureFilter(all + " and not " + refused, Optional.of(all + " and " + refused));
  }

  /** Those VRIDs together that have one list. */
  static <N> Map<List<N>, TreeSet<Integer>> byNetworks(Map<Integer, List<N>> networks) {
    Map<List<N>, TreeSet<Integer>> vrids = new LinkedHashMap<>();
    networks.forEach((vrid, of) -> vrids.computeIfAbsent(of, any -> new TreeSet<>()).add(vrid));
    return vrids;
  }

  private static int comparisons(Map<List<Network>, TreeSet<Integer>> vrids) {
    int comparisons = 0;
    for (Map.Entry<List<Network>, TreeSet<Integer>> entry : vrids.entrySet()) {
      comparisons += entry.getKey().size() + entry.getValue().size();
    }
    return comparisons;
  }

  static CaptureFilter of(Admission admission) {
    Map<List<Network>, TreeSet<Integer>> vrids = byNetworks(admission.networks());
    String all =
        admission.authenticated()
            ? "(" + LinkPort.ADVERTISEMENTS + " or " + LinkPort.AUTHENTICATED + ")"
            : LinkPort.ADVERTISEMENTS;
    if (admission.isOpen() || comparisons(vrids) > MOST_COMPARISONS) {
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
