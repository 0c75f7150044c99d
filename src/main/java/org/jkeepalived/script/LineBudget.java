package org.jkeepalived.script;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * How many lines of scripts may go to the log: some for each script, some for all of them together.
 * What was spent comes back with time; what is refused is counted. A line that a script repeats,
 * such as what {@code killall} says at each look for a program that is not there, goes to the log
 * once, and again after a while with their number. It reads no clock.
 */
public final class LineBudget {

  private static final int BURST_EACH = 10;
  private static final int BURST_ALL = 100;
  private static final long REFILL_EACH_NANOS = 2_000_000_000L;
  private static final long REFILL_ALL_NANOS = 100_000_000L;

  /** A line that is still repeated is told of again after as long. */
  private static final long REPEATED_NANOS = 600_000_000_000L;

  /** Scripts that are remembered; one that has been silent longest is forgotten. */
  private static final int MOST_SCRIPTS = 2_000;

  /** What a script has said last that went to the log. */
  private static final class Said {
    private final String line;
    private final long nanos;
    private long more;

    Said(String line, long nanos) {
      this.line = line;
      this.nanos = nanos;
    }

    boolean isRepeatedBy(String next, long nowNanos) {
      return line.equals(next) && nowNanos - nanos < REPEATED_NANOS;
    }
  }

  private static final class Bucket {
    private Optional<Said> last = Optional.empty();

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

  /**
   * What is to be logged now that a script has written a line: the line, with how often it was
   * repeated before, or nothing.
   */
  public Optional<String> admit(String script, String line, long nowNanos) {
    Bucket own =
        each.computeIfAbsent(script, key -> new Bucket(BURST_EACH, REFILL_EACH_NANOS, nowNanos));
    if (own.last.isPresent() && own.last.get().isRepeatedBy(line, nowNanos)) {
      own.last.get().more++;
      return Optional.empty();
    }
    own.refill(nowNanos);
    all.refill(nowNanos);
    if (own.left == 0 || all.left == 0) {
      dropped++;
      return Optional.empty();
    }
    own.left--;
    all.left--;
    long repeated = own.last.map(said -> said.more).orElse(0L);
    String before = own.last.map(said -> said.line).orElse("");
    own.last = Optional.of(new Said(line, nowNanos));
    return Optional.of(repeated == 0 ? line : line + repetition(before.equals(line), repeated));
  }

  private static String repetition(boolean same, long repeated) {
    return (same ? " (this" : " (the line before")
        + " was written "
        + (repeated == 1 ? "once" : repeated + " times")
        + " more)";
  }

  /** Lines refused since this was asked last. */
  public long takeDropped() {
    long count = dropped;
    dropped = 0;
    return count;
  }
}
