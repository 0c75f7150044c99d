package org.jkeepalived.host.lvs.check;

import java.util.function.Consumer;
import org.jkeepalived.time.NanoClock;

/**
 * Says that checks cannot be made for want of something on this machine: at most a line a minute,
 * with what came since the line before. Lives on one thread.
 */
final class LackWarning {

  static final long QUIET_NANOS = 60_000_000_000L;

  private final String thing;
  private final NanoClock clock;
  private final Consumer<String> log;
  private boolean said;
  private long saidNanos;
  private long unsaid;

  /**
   * @param thing what a check was not given, such as {@code socket}
   */
  LackWarning(String thing, NanoClock clock, Consumer<String> log) {
    this.thing = thing;
    this.clock = clock;
    this.log = log;
  }

  /** A check was not made, for that reason. */
  void lacking(String reason) {
    long nowNanos = clock.nowNanos();
    if (said && nowNanos - saidNanos < QUIET_NANOS) {
      unsaid++;
      return;
    }
    log.accept(
        "No "
            + thing
            + " for a check: "
            + reason
            + (unsaid == 0 ? "" : " (" + unsaid + " more since the last such line)")
            + "; its real server stays as it is, and is checked again at the next interval");
    said = true;
    saidNanos = nowNanos;
    unsaid = 0;
  }
}
