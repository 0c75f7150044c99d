package org.jkeepalived.host.vrrp;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jkeepalived.linux.Remedy;
import org.jkeepalived.linux.SystemCallException;
import org.jkeepalived.linux.packet.SenderRules;
import org.jkeepalived.linux.packet.SenderRules.Prefix;
import org.jkeepalived.linux.packet.SenderRules.Rule;
import org.jkeepalived.linux.packet.UnicastSocket;
import org.jkeepalived.vrrp.transport.DatagramSender.Network;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the kernel hands over of what peers send: a flood of those that may not speak ends there.
 *
 * @param rules for a socket of the family and protocol
 */
record PeerFilter(SenderRules rules) {

  private static final Logger LOG = LoggerFactory.getLogger(PeerFilter.class);

  /** VRRP's byte behind the IP header. */
  private static final int VRID = 1;

  /** The same behind an authentication header. */
  private static final int AUTHENTICATED_VRID = 25;

  /** For what begins behind the IP header of either family. */
  static PeerFilter plain(Map<Integer, List<Network>> networks) {
    return new PeerFilter(rules(VRID, networks));
  }

  static PeerFilter authenticated(Map<Integer, List<Network>> networks) {
    return new PeerFilter(rules(AUTHENTICATED_VRID, networks));
  }

  private static SenderRules rules(int at, Map<Integer, List<Network>> networks) {
    List<Rule> rules = new ArrayList<>();
    CaptureFilter.byNetworks(networks)
        .forEach(
            (of, vrids) ->
                rules.add(
                    new Rule(
                        List.copyOf(vrids),
                        of.stream()
                            .map(one -> new Prefix(one.address(), one.prefixLength()))
                            .toList())));
    return rules.isEmpty() ? SenderRules.NONE : new SenderRules(at, rules);
  }

  /** Takes the place of the one that the socket had. */
  void apply(UnicastSocket socket) {
    try {
      socket.admit(rules);
    } catch (SystemCallException e) {
      LOG.warn(
          "packets of peers that allow_from does not name are not counted: {}",
          Remedy.explain(e.error()));
    }
  }
}
