package org.jkeepalived.vrrp;

import java.net.InetAddress;
import java.util.Optional;
import org.jkeepalived.model.NumericAddress;
import org.jkeepalived.model.VrrpInstance;
import org.jkeepalived.time.SecondsText;

/** What a virtual router knows of the master, and how long it has been listening for one. */
final class MasterWatch {

  static final int RESIGN = 0;

  /** What the last advertisement that counted said; empty until there is one. */
  private Optional<ReceivedAdvertisement> master = Optional.empty();

  /** The last advertisement of a lower-priority master that is about to be replaced. */
  private Optional<ReceivedAdvertisement> replaced = Optional.empty();

  private long lastReceivedNanos;
  private long listeningSinceNanos;
  private long intervalNanos;

  MasterWatch(VrrpInstance instance) {
    intervalNanos = instance.protocol().advertIntervalNanos();
  }

  Optional<ReceivedAdvertisement> master() {
    return master;
  }

  /** The same, or else the one that is discarded: on the wire it is the master all the same. */
  Optional<ReceivedAdvertisement> heard() {
    return replaced.or(() -> master);
  }

  boolean isKnown(InetAddress address) {
    return master.isPresent() && master.get().source().equals(address);
  }

  /** The interval the master advertises with: version 3 learns it. */
  long intervalNanos() {
    return intervalNanos;
  }

  /** What was received until now does not count any more. */
  void listenFrom(long nowNanos) {
    listeningSinceNanos = nowNanos;
  }

  /** There is no master, or this virtual router itself is the master. */
  void forget(VrrpInstance instance) {
    intervalNanos = instance.protocol().advertIntervalNanos();
    master = Optional.empty();
    replaced = Optional.empty();
  }

  /** An advertisement that counts: its sender is the master. */
  void believe(ReceivedAdvertisement received, VrrpInstance instance, long nowNanos) {
    master = Optional.of(received);
    replaced = Optional.empty();
    lastReceivedNanos = nowNanos;
    if (instance.protocol().version() == 3 && received.priority() != RESIGN) {
      // RFC 9568 section 6.4.2 (450): a backup follows the master's interval
      intervalNanos = received.intervalNanos();
    }
  }

  /** A master that is discarded, to be replaced when the master-down timer expires. */
  void disregard(ReceivedAdvertisement lower) {
    replaced = Optional.of(lower);
  }

  /**
   * Takes a changed configuration. Its interval counts as the master's too, unless the master's was
   * learnt from an advertisement, which takes version 3 before and after.
   */
  void reconfigure(VrrpInstance before, VrrpInstance instance, boolean backup) {
    boolean learns = before.protocol().version() == 3 && instance.protocol().version() == 3;
    boolean learnt = learns && backup && master.isPresent();
    if (!learnt) {
      intervalNanos = instance.protocol().advertIntervalNanos();
    }
  }

  /** Why there is no master that counts, for the operator. */
  String whyGone(int ourPriority, long nowNanos) {
    if (replaced.isPresent()) {
      ReceivedAdvertisement lower = replaced.get();
      return NumericAddress.of(lower.source())
          + " has priority "
          + lower.priority()
          + ", ours "
          + ourPriority;
    }
    if (master.isEmpty() || lastReceivedNanos - listeningSinceNanos < 0) {
      return "no advertisement for " + seconds(nowNanos - listeningSinceNanos) + " s";
    }
    String name = NumericAddress.of(master.get().source());
    return master.get().priority() == RESIGN
        ? name + " resigned (priority 0)"
        : "no advertisement from " + name + " for " + seconds(nowNanos - lastReceivedNanos) + " s";
  }

  static String seconds(long nanos) {
    return SecondsText.of(nanos, 2);
  }
}
