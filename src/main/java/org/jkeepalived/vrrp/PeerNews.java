package org.jkeepalived.vrrp;

/**
 * The wire from a virtual router to its sync peers: notes that they have something new to go by,
 * and tells them once the event that caused it has been dealt with.
 */
final class PeerNews {

  private SyncPeers peers = SyncPeers.NONE;
  private boolean pending;

  SyncPeers peers() {
    return peers;
  }

  void setPeers(SyncPeers others) {
    peers = others;
  }

  /** There is something new, to be told at the next {@link #deliver}. */
  void note() {
    pending = true;
  }

  /** Tells the sync peers, if there is something new. */
  void deliver(long nowNanos) {
    if (pending) {
      pending = false;
      peers.changed(nowNanos);
    }
  }
}
