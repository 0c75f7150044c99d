package org.jkeepalived.model;

import java.util.Objects;

/**
 * When and how often the master announces its addresses (gratuitous ARP, and IPv6's neighbour
 * advertisements).
 *
 * @param repeat announcements of each address at once when it becomes master
 * @param delayNanos until the second set; 0 for no second set
 * @param refreshNanos between refreshing sets while master; 0 for none
 * @param refreshRepeat announcements in a refreshing set
 * @param lowerPriorityRepeat announcements after a lower-priority advertisement
 * @param lowerPriorityDelayNanos until the second set after one; 0 for no second set
 * @param intervalNanos between two announcements on one interface; 0 for none
 * @param neighbourIntervalNanos the same between two of IPv6's neighbour advertisements
 * @param otherLinks the refreshing ones on links that are not the instance's own
 */
public record Announcements(
    int repeat,
    long delayNanos,
    long refreshNanos,
    int refreshRepeat,
    int lowerPriorityRepeat,
    long lowerPriorityDelayNanos,
    long intervalNanos,
    long neighbourIntervalNanos,
    OtherLinks otherLinks) {
  private static final long SECOND_NANOS = 1_000_000_000L;

  /** Five at once, and five more after five seconds. */
  public static final Announcements STANDARD =
      new Announcements(5, 5 * SECOND_NANOS, 0, 1, 5, 5 * SECOND_NANOS, 0, 0, OtherLinks.NONE);

  public Announcements {
    Objects.requireNonNull(otherLinks);
  }

  public Announcements repeat(int other) {
    return new Announcements(
        other,
        delayNanos,
        refreshNanos,
        refreshRepeat,
        lowerPriorityRepeat,
        lowerPriorityDelayNanos,
        intervalNanos,
        neighbourIntervalNanos,
        otherLinks);
  }

  public Announcements delayNanos(long other) {
    return new Announcements(
        repeat,
        other,
        refreshNanos,
        refreshRepeat,
        lowerPriorityRepeat,
        lowerPriorityDelayNanos,
        intervalNanos,
        neighbourIntervalNanos,
        otherLinks);
  }

  public Announcements refreshNanos(long other) {
    return new Announcements(
        repeat,
        delayNanos,
        other,
        refreshRepeat,
        lowerPriorityRepeat,
        lowerPriorityDelayNanos,
        intervalNanos,
        neighbourIntervalNanos,
        otherLinks);
  }

  public Announcements refreshRepeat(int other) {
    return new Announcements(
        repeat,
        delayNanos,
        refreshNanos,
        other,
        lowerPriorityRepeat,
        lowerPriorityDelayNanos,
        intervalNanos,
        neighbourIntervalNanos,
        otherLinks);
  }

  public Announcements lowerPriorityRepeat(int other) {
    return new Announcements(
        repeat,
        delayNanos,
        refreshNanos,
        refreshRepeat,
        other,
        lowerPriorityDelayNanos,
        intervalNanos,
        neighbourIntervalNanos,
        otherLinks);
  }

  public Announcements lowerPriorityDelayNanos(long other) {
    return new Announcements(
        repeat,
        delayNanos,
        refreshNanos,
        refreshRepeat,
        lowerPriorityRepeat,
        other,
        intervalNanos,
        neighbourIntervalNanos,
        otherLinks);
  }

  public Announcements intervalNanos(long other) {
    return new Announcements(
        repeat,
        delayNanos,
        refreshNanos,
        refreshRepeat,
        lowerPriorityRepeat,
        lowerPriorityDelayNanos,
        other,
        neighbourIntervalNanos,
        otherLinks);
  }

  public Announcements neighbourIntervalNanos(long other) {
    return new Announcements(
        repeat,
        delayNanos,
        refreshNanos,
        refreshRepeat,
        lowerPriorityRepeat,
        lowerPriorityDelayNanos,
        intervalNanos,
        other,
        otherLinks);
  }

  public Announcements otherLinks(OtherLinks other) {
    return new Announcements(
        repeat,
        delayNanos,
        refreshNanos,
        refreshRepeat,
        lowerPriorityRepeat,
        lowerPriorityDelayNanos,
        intervalNanos,
        neighbourIntervalNanos,
        other);
  }

  /**
   * {@code garp_extra_if}: announcements that keep the memory of switches fresh behind links that
   * the instance itself is silent on.
   *
   * @param refreshNanos between two sets while master; 0 for none
   * @param all on every link that holds an address of the instance and is not its own; else only on
   *     those that were made for it (VMACs)
   */
  public record OtherLinks(long refreshNanos, boolean all) {
    public static final OtherLinks NONE = new OtherLinks(0, false);
  }
}
