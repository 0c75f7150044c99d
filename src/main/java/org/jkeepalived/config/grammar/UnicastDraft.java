package org.jkeepalived.config.grammar;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.jkeepalived.model.Unicast;

/** What has been read of an instance's peers. */
final class UnicastDraft {

  /** Those of IPv4. */
  final List<Unicast.Peer> peers = new ArrayList<>();

  OptionalInt hopLimit = OptionalInt.empty();

  /** {@code check_unicast_src}, or a bound on some peer's hop limit. */
  boolean checkSource;

  boolean faultWithoutPeers;

  /** Whether a keyword was used that makes no sense without peers. */
  boolean asked;

  boolean hasPeers() {
    return !peers.isEmpty();
  }
}
