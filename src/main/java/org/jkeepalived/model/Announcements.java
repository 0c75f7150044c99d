package org.jkeepalived.model;

/**
 * When and how often the master announces its addresses (gratuitous ARP).
 *
 * @param repeat announcements of each address at once when it becomes master
 * @param delayNanos until the second set; 0 for no second set
 * @param refreshNanos between refreshing sets while master; 0 for none
 * @param refreshRepeat announcements in a refreshing set
 * @param lowerPriorityRepeat announcements after a lower-priority advertisement
 * @param lowerPriorityDelayNanos until the second set after one; 0 for no second set
 * @param intervalNanos between two announcements on one interface; 0 for none
 */
public record Announcements(
    int repeat,
    long delayNanos,
    long refreshNanos,
    int refreshRepeat,
    int lowerPriorityRepeat,
    long lowerPriorityDelayNanos,
    long intervalNanos) {
  private static final long SECOND_NANOS = 1_000_000_000L;

  /** Five at once, and five more after five seconds. */
  public static final Announcements STANDARD =
      new Announcements(5, 5 * SECOND_NANOS, 0, 1, 5, 5 * SECOND_NANOS, 0);

  public Announcements repeat(int other) {
    return new Announcements(
        other,
        delayNanos,
        refreshNanos,
        refreshRepeat,
        lowerPriorityRepeat,
        lowerPriorityDelayNanos,
        intervalNanos);
  }

  public Announcements delayNanos(long other) {
    return new Announcements(
        repeat,
        other,
        refreshNanos,
        refreshRepeat,
        lowerPriorityRepeat,
        lowerPriorityDelayNanos,
        intervalNanos);
  }

  public Announcements refreshNanos(long other) {
    return new Announcements(
        repeat,
        delayNanos,
        other,
        refreshRepeat,
        lowerPriorityRepeat,
        lowerPriorityDelayNanos,
        intervalNanos);
  }

  public Announcements refreshRepeat(int other) {
    return new Announcements(
        repeat,
        delayNanos,
        refreshNanos,
        other,
        lowerPriorityRepeat,
        lowerPriorityDelayNanos,
        intervalNanos);
  }

  public Announcements lowerPriorityRepeat(int other) {
    return new Announcements(
        repeat,
        delayNanos,
        refreshNanos,
        refreshRepeat,
        other,
        lowerPriorityDelayNanos,
        intervalNanos);
  }

  public Announcements lowerPriorityDelayNanos(long other) {
    return new Announcements(
        repeat, delayNanos, refreshNanos, refreshRepeat, lowerPriorityRepeat, other, intervalNanos);
  }

  public Announcements intervalNanos(long other) {
    return new Announcements(
        repeat,
        delayNanos,
        refreshNanos,
        refreshRepeat,
        lowerPriorityRepeat,
        lowerPriorityDelayNanos,
        other);
  }
}
