package org.jkeepalived.vrrp;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jkeepalived.model.AllowedSenders;
import org.jkeepalived.model.AllowedSenders.Network;
import org.jkeepalived.model.VrrpInstance;
import org.jkeepalived.vrrp.packet.SecurityAssociation;

/**
 * Who may speak to the IPv4 virtual routers of a link, for whoever filters packets before they are
 * read. What is let through is looked at again: this one may be wider.
 *
 * @param networks by VRID, in their order; none under a VRID to which all may speak
 * @param authenticated whether some are spoken to with an authentication header
 */
public record Admission(Map<Integer, List<Network>> networks, boolean authenticated) {

  /** Whoever likes to. */
  public static final Admission ALL = new Admission(Map.of(), false);

  public Admission {
    networks = new TreeMap<>(networks);
  }

  /** Where none are spoken to with an authentication header. */
  public Admission(Map<Integer, List<Network>> networks) {
    this(networks, false);
  }

  /** What several instances, of which some may have one VRID, ask for together. */
  static Admission of(List<VrrpInstance> instances) {
    Map<Integer, List<Network>> networks = new LinkedHashMap<>();
    for (VrrpInstance instance : instances) {
      AllowedSenders senders = instance.conduct().senders();
      networks.merge(
          instance.key().virtualRouterId(),
          senders.networks(),
          (one, other) -> one.isEmpty() || other.isEmpty() ? List.of() : both(one, other));
    }
    networks.values().removeIf(List::isEmpty);
    boolean authenticated = instances.stream().anyMatch(SecurityAssociation::isOf);
    return networks.isEmpty() && !authenticated ? ALL : new Admission(networks, authenticated);
  }

  private static List<Network> both(List<Network> one, List<Network> other) {
    List<Network> all = new ArrayList<>(one);
    other.stream().filter(network -> !one.contains(network)).forEach(all::add);
    return all;
  }

  /** Whether all may speak to all. */
  public boolean isOpen() {
    return networks.isEmpty();
  }
}
