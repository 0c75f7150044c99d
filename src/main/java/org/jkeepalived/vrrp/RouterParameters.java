package org.jkeepalived.vrrp;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import org.jkeepalived.model.VrrpInstance;

/**
 * What both roles of a virtual router go by (RFC 9568 section 6.1, "Parameters per Virtual
 * Router"): its configuration, the priority that tracked things leave it, the address it sends
 * from.
 */
final class RouterParameters {

  /** The priority of whoever owns the addresses. */
  static final int OWNER = 255;

  /** The bounds of a priority that tracked things change. */
  private static final int LEAST = 1;

  private static final int MOST = 254;

  private final PacketBudget budget = new PacketBudget();
  private VrrpInstance instance;
  private int adjustment;
  private double headStart;
  private Optional<InetAddress> source = Optional.empty();

  RouterParameters(VrrpInstance instance) {
    this.instance = Objects.requireNonNull(instance);
  }

  /** What the packets of others may cause. */
  PacketBudget budget() {
    return budget;
  }

  VrrpInstance instance() {
    return instance;
  }

  /** The effective priority, 1 to 255. */
  int priority() {
    return isOwner() ? OWNER : Math.max(LEAST, Math.min(MOST, totalPriority()));
  }

  /** The configured priority with all that tracked things add; any number. */
  int totalPriority() {
    return instance.election().priority() + (isOwner() ? 0 : adjustment);
  }

  /** Whether it owns the addresses (RFC 9568 section 1.7): its priority never changes. */
  boolean isOwner() {
    return instance.election().priority() == OWNER;
  }

  /** The address that advertisements are sent from, once it is known. */
  Optional<InetAddress> source() {
    return source;
  }

  /** Whether a master of equal priority wins by its address (RFC 9568 section 6.4.3). */
  boolean isBelow(InetAddress other) {
    return source.isPresent()
        && Arrays.compareUnsigned(other.getAddress(), source.get().getAddress()) > 0;
  }

  /**
   * Skew_Time of the present priority.
   *
   * @param masterIntervalNanos the interval that the master advertises with
   */
  long skewNanos(long masterIntervalNanos) {
    return VrrpTimes.skewNanos(instance.protocol().version(), priority(), masterIntervalNanos);
  }

  /** Master_Down_Interval of the present priority. */
  long masterDownNanos(long masterIntervalNanos) {
    return VrrpTimes.masterDownNanos(instance.protocol(), priority(), masterIntervalNanos);
  }

  void setInstance(VrrpInstance changed) {
    instance = changed;
  }

  /** Sets what tracked things add to the priority; to an owner's they add nothing. */
  void setAdjustment(int added) {
    adjustment = added;
  }

  /**
   * How much sooner than an interval after the first the second advertisement is sent, in
   * intervals, from 0 to less than 1.
   */
  double headStart() {
    return headStart;
  }

  void setHeadStart(double intervals) {
    headStart = intervals;
  }

  void setSource(InetAddress address) {
    source = Optional.of(address);
  }
}
