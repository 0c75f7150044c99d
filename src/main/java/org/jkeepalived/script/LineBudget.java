package org.jkeepalived.script;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How many lines of scripts may go to the log: some for each script, some for all of them together.
 * What was spent comes back with time; what is refused is counted. It reads no clock.
 */
public final class LineBudget {

  private static final int BURST_EACH = 10;
  private static final int BURST_ALL = 100;
  private static final long REFILL_EACH_NANOS = 2_000_000_000L;
  private static final long REFILL_ALL_NANOS = 100_000_000L;

  /** Scripts that are remembered; one that has been silent longest is forgotten. */
  private static final int MOST_SCRIPTS = 2_000;

  private static final class Bucket {
    private final int burst;
    private final long refillNanos;
    private long left;
    private long filledNanos;

    Bucket(int burst, long refillNanos, long nowNanos) {
      this.burst = burst;
      this.refillNanos = refillNanos;
      left = burst;
      filledNanos = nowNanos;
    }

    void refill(long nowNanos) {
      long due = (nowNanos - filledNanos) / refillNanos;
      if (due > 0) {
        left = Math.min(burst, left + due);
        filledNanos += due * refillNanos;
      }
    }
  }

  private final Bucket all;
  private final Map<String, Bucket> each =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Bucket> eldest) {
          return size() > MOST_SCRIPTS;
        }
      };
  private long dropped;

  public LineBudget(long nowNanos) {
    all = new Bucket(BURST_ALL, REFILL_ALL_NANOS, nowNanos);
  }

  /** Whether a line of this script may be logged now. */
  public boolean spend(String script, long nowNanos) {
    Bucket own =
        each.computeIfAbsent(script, key -> new Bucket(BURST_EACH, REFILL_EACH_NANOS, nowNanos));
    own.refill(nowNanos);
    all.refill(nowNanos);
    if (own.left == 0 || all.left == 0) {
      dropped++;
      return false;
    }
    own.left--;
    all.left--;
    return true;
  }

  /** Lines refused since this was asked last. */
  public long takeDropped() {
    long count = dropped;
    dropped = 0;
    return count;
  }
}
