package org.jkeepalived.vrrp;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jkeepalived.model.AddressFamily;
import org.jkeepalived.model.AllowedSenders;
import org.jkeepalived.model.AllowedSenders.Network;
import org.jkeepalived.model.VrrpInstance;
import org.jkeepalived.vrrp.packet.SecurityAssociation;
import org.jkeepalived.vrrp.transport.DatagramSender;

/**
 * Who may speak to the virtual routers of a link, for whoever filters packets before they are read.
 * What is let through is looked at again: this one may be wider.
 *
 * @param networks of IPv4, by VRID, in their order; none under a VRID to which all may speak
 * @param authenticated whether some are spoken to with an authentication header
 * @param networks6 the same of IPv6
 */
public record Admission(
    Map<Integer, List<Network>> networks,
    boolean authenticated,
    Map<Integer, List<Network>> networks6) {

  /** Whoever likes to. */
  public static final Admission ALL = new Admission(Map.of(), false);

  public Admission {
    networks = new TreeMap<>(networks);
    networks6 = new TreeMap<>(networks6);
  }

  /** Where all may speak IPv6. */
  public Admission(Map<Integer, List<Network>> networks, boolean authenticated) {
    this(networks, authenticated, Map.of());
  }

  /** Where none are spoken to with an authentication header. */
  public Admission(Map<Integer, List<Network>> networks) {
    this(networks, false);
  }

  /** What several instances, of which some may have one VRID, ask for together. */
  static Admission of(List<VrrpInstance> instances) {
    Map<Integer, List<Network>> networks = networks(instances, AddressFamily.IPV4);
    Map<Integer, List<Network>> networks6 = networks(instances, AddressFamily.IPV6);
    boolean authenticated = instances.stream().anyMatch(SecurityAssociation::isOf);
    return networks.isEmpty() && networks6.isEmpty() && !authenticated
        ? ALL
        : new Admission(networks, authenticated, networks6);
  }

  /** Tells what those that speak to peers, who share one socket of their family, ask for. */
  static void tell(DatagramSender datagrams, Collection<RunningRouter> routers) {
    List<VrrpInstance> peers =
        routers.stream()
            .map(running -> running.router().instance())
            .filter(instance -> instance.key().isUnicast())
            .toList();
    for (AddressFamily family : AddressFamily.values()) {
      Map<Integer, List<DatagramSender.Network>> told = new TreeMap<>();
      networks(peers, family)
          .forEach(
              (vrid, networks) -> told.put(vrid, networks.stream().map(Admission::of).toList()));
      datagrams.admit(family, told);
    }
  }

  private static DatagramSender.Network of(Network network) {
    return new DatagramSender.Network(network.address(), network.prefixLength());
  }

  private static Map<Integer, List<Network>> networks(
      List<VrrpInstance> instances, AddressFamily family) {
    Map<Integer, List<Network>> networks = new LinkedHashMap<>();
    for (VrrpInstance instance : instances) {
      if (instance.key().family() != family) {
        continue;
      }
      AllowedSenders senders = instance.conduct().senders();
      networks.merge(
          instance.key().virtualRouterId(),
          senders.networks(),
          (one, other) -> one.isEmpty() || other.isEmpty() ? List.of() : both(one, other));
    }
    networks.values().removeIf(List::isEmpty);
    return networks;
  }

  private static List<Network> both(List<Network> one, List<Network> other) {
    List<Network> all = new ArrayList<>(one);
    other.stream().filter(network -> !one.contains(network)).forEach(all::add);
    return all;
  }

  /** Whether all may speak IPv4 to all. */
  public boolean isOpen() {
    return networks.isEmpty();
  }
}
