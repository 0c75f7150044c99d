package org.jkeepalived.vrrp;

import java.net.InetAddress;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jkeepalived.vrrp.packet.ChecksumKind;

/**
 * Who makes checksums otherwise than we do: a few, for there may be any number of forged senders.
 */
final class PeerChecksums {

  private static final int MOST = 8;

  /** Empty with neighbours that are of one kind, as most are. */
  private Map<InetAddress, ChecksumKind> others = Map.of();

  /**
   * Notes a checksum.
   *
   * @param ours the kind that we make
   * @return whether it is news
   */
  boolean note(InetAddress peer, ChecksumKind kind, ChecksumKind ours) {
    if (kind == ours) {
      return !others.isEmpty() && others.remove(peer) != null;
    }
    if (others.isEmpty()) {
      others = new LinkedHashMap<>();
    }
    if (others.size() >= MOST && !others.containsKey(peer)) {
      return false;
    }
    return others.put(peer, kind) != kind;
  }

  /** Whether a peer makes checksums of the old kind. */
  boolean isOld(InetAddress peer) {
    return others.get(peer) == ChecksumKind.OLD_UNICAST;
  }

  /** Who they are, and how they make it. */
  Map<InetAddress, ChecksumKind> all() {
    return Collections.unmodifiableMap(new LinkedHashMap<>(others));
  }
}
