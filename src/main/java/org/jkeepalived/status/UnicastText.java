package org.jkeepalived.status;

import java.util.function.Consumer;
import org.jkeepalived.model.NumericAddress;
import org.jkeepalived.model.Unicast;
import org.jkeepalived.model.VrrpInstance;
import org.jkeepalived.vrrp.packet.ChecksumKind;

/** What the dump says of an instance that speaks to peers. */
final class UnicastText {

  private UnicastText() {}

  /**
   * COMPAT: keepalived counts these among its flags, and has words for none of them but unicast's.
   */
  private static boolean isSpecial(VrrpInstance instance) {
    return !instance.election().preempt()
        || instance.conduct().skipCheckAddresses()
        || instance.addresses().promoteSecondaries()
        || !instance.tracking().primaryLink()
        || instance.protocol().source().isPresent();
  }

  /** What is special about it. */
  static void flags(VrrpInstance instance, Consumer<String> lines) {
    Unicast unicast = instance.protocol().unicast();
    if (!unicast.mentioned()) {
      lines.accept(isSpecial(instance) ? "Flags:" : "Flags: none");
      return;
    }
    lines.accept("Flags:");
    lines.accept(
        instance.key().isUnicast()
            ? "  Using unicast"
            : "  Unicast config option specified but using multicast");
    if (unicast.faultWithoutPeers()) {
      lines.accept("  If unicast go to fault state if no peers");
    }
  }

  /** What else is wrong with a configuration is left out when it is read. */
  static String configFaults(VrrpInstance instance) {
    return "Number of config faults = " + (instance.protocol().unicast().isFault() ? 1 : 0);
  }

  static void peers(RouterSnapshot router, Consumer<String> lines) {
    VrrpInstance instance = router.instance();
    if (!instance.key().isUnicast()) {
      return;
    }
    Unicast unicast = instance.protocol().unicast();
    lines.accept("Unicast TTL = " + unicast.hopLimit());
    lines.accept("Check unicast src : " + (unicast.checkSource() ? "yes" : "no"));
    lines.accept("Unicast Peer :");
    for (Unicast.Peer peer : unicast.peers()) {
      lines.accept(
          "  "
              + NumericAddress.of(peer.address())
              + " min_ttl "
              + peer.minHopLimit()
              + " max_ttl "
              + peer.maxHopLimit());
    }
    // that of keepalived before 1.3.7, whose checksum was of the group and not of the peer
    boolean found = router.checksums().containsValue(ChecksumKind.OLD_UNICAST);
    lines.accept(
        "Unicast checksum compatibility = "
            + switch (unicast.oldChecksum().use()) {
              case AUTO -> found ? "auto" : "no";
              case ALWAYS -> "config";
              case NEVER -> "never";
            });
  }
}
