package org.jkeepalived.config.grammar;

import java.net.InetAddress;
import java.util.Optional;
import org.jkeepalived.config.syntax.Diagnostic.Severity;
import org.jkeepalived.model.AddressFamily;
import org.jkeepalived.model.AllowedSenders;
import org.jkeepalived.model.Unicast;

/** Decides whether an instance speaks to peers or to a group, and says what does not fit that. */
final class UnicastCompletion {

  static final InetAddress DEFAULT_GROUP = Addresses.ofBytes(new byte[] {(byte) 224, 0, 0, 18});

  /** That of IPv6. */
  static final String DEFAULT_GROUP_6 = "ff02::12";

  private final InstanceDraft draft;
  private final UnicastDraft unicast;
  private final GlobalDraft globals;
  private final GrammarReport report;

  UnicastCompletion(InstanceDraft draft, GlobalDraft globals, GrammarReport report) {
    this.draft = draft;
    this.unicast = draft.unicast;
    this.globals = globals;
    this.report = report;
  }

  /** Says that there are no peers although something was said of them. */
  void checkPeers() {
    if (isAsked() && !unicast.hasPeers() && !unicast.faultWithoutPeers) {
      warn(
          "unicast_peer",
          "unicast-without-peers",
          "A unicast keyword has been specified without any unicast peers. Defaulting to multicast."
              + " This usage is deprecated - please update your configuration.");
    }
  }

  /** Says that a group is not spoken to. */
  void checkGroup() {
    if (unicast.hasPeers() && draft.group.isPresent()) {
      warn(
          "mcast_dst_ip",
          "group-with-peers",
          "multicast destination specified with unicast - ignoring");
    }
  }

  /** Says which peers would not be heard. */
  void checkAllowed(AllowedSenders senders) {
    for (Unicast.Peer peer : unicast.peers) {
      if (!senders.allow(peer.address())) {
        warn(
            "unicast_peer",
            "peer-not-allowed",
            "unicast_peer "
                + peer.address().getHostAddress()
                + " is not heard: allow_from does not list it");
      }
    }
  }

  /** The group to speak to; empty when there are peers. */
  Optional<InetAddress> group() {
    return unicast.hasPeers()
        ? Optional.empty()
        : Optional.of(draft.group.orElseGet(this::usualGroup));
  }

  private InetAddress usualGroup() {
    return draft.familyOrDefault() == AddressFamily.IPV4
        ? globals.group4.orElse(DEFAULT_GROUP)
        : globals.group6.or(() -> Addresses.ip(DEFAULT_GROUP_6)).orElseThrow();
  }

  /**
   * The peers, with all that is said of them.
   *
   * @param settled what holds where nothing is said, or {@code global_defs} says it
   */
  Unicast complete(Unicast settled) {
    if (!isAsked() && !unicast.hasPeers() && !unicast.faultWithoutPeers) {
      return settled;
    }
    return settled
        .peers(unicast.peers)
        .hopLimit(unicast.hopLimit.orElse(Unicast.MOST_HOPS))
        .checkSource(settled.checkSource() || unicast.bounded)
        .faultWithoutPeers(unicast.faultWithoutPeers)
        .mentioned(isAsked() || unicast.faultWithoutPeers)
        // COMPAT: mcast_dst_ip has no say in it (keepalived 2.2.7)
        .oldChecksum(
            new Unicast.OldChecksum(unicast.oldChecksum, globals.group4.orElse(DEFAULT_GROUP)));
  }

  /** Whether a keyword was used that makes no sense without peers. */
  private boolean isAsked() {
    return unicast.asked || draft.settings.get(InstanceSettings.CHECK_UNICAST_SRC).isPresent();
  }

  private void warn(String keyword, String code, String message) {
    report.whole(
        draft.placeOf(keyword), Severity.WARNING, code, "(" + draft.name() + ") " + message);
  }
}
