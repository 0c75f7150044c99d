package org.jkeepalived.track;

import java.util.Objects;
import java.util.OptionalLong;

/** Counts a script's runs, which follow each other, and how long they take. */
public final class ScriptRuns {

  private long begunNanos;
  private long ended;
  private long failed;
  private long allNanos;
  private OptionalLong lastNanos = OptionalLong.empty();

  /**
   * What was counted.
   *
   * @param ended runs that are over
   * @param failed those of them that did not succeed
   * @param allNanos how long all took that are over
   * @param lastNanos how long the last one took; empty before one is over
   */
  public record Look(long ended, long failed, long allNanos, OptionalLong lastNanos) {
    public static final Look NONE = new Look(0, 0, 0, OptionalLong.empty());

    public Look {
      Objects.requireNonNull(lastNanos);
    }
  }

  public void begun(long nowNanos) {
    begunNanos = nowNanos;
  }

  public void ended(boolean succeeded, long nowNanos) {
    long took = nowNanos - begunNanos;
    ended++;
    failed += succeeded ? 0 : 1;
    allNanos += took;
    lastNanos = OptionalLong.of(took);
  }

  public Look look() {
    return new Look(ended, failed, allNanos, lastNanos);
  }
}
