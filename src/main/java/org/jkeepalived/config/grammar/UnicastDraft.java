package org.jkeepalived.config.grammar;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.jkeepalived.model.Unicast;

/** What has been read of an instance's peers. */
final class UnicastDraft {

  final List<Unicast.Peer> peers = new ArrayList<>();

  Unicast.OldChecksum.Use oldChecksum = Unicast.OldChecksum.Use.AUTO;

  OptionalInt hopLimit = OptionalInt.empty();

  /** Whether some peer's hop limit has a bound. */
  boolean bounded;

  boolean faultWithoutPeers;

  /** Whether peers or their source were mentioned. */
  boolean asked;

  boolean hasPeers() {
    return !peers.isEmpty();
  }
}
