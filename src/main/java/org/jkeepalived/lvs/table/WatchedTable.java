package org.jkeepalived.lvs.table;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jkeepalived.kernel.KernelError;
import org.jkeepalived.lvs.LvsLog;
import org.jkeepalived.model.lvs.TableSettings.Timeouts;
import org.jkeepalived.time.NanoClock;
import org.jkeepalived.time.TimerQueue;

/**
 * Says when a table does not answer for long: what is behind it may hang, and what waits for it
 * does so silently. Lives on the asking thread.
 */
public final class WatchedTable implements IpvsTable {

  static final long LONG_NANOS = 10_000_000_000L;
  private static final long SECOND = 1_000_000_000L;

  private final IpvsTable table;
  private final NanoClock clock;
  private final LvsLog log;
  private final TimerQueue.Timer timer;

  /** When what is not answered yet was asked for; answers come in the order of the questions. */
  private final Deque<Long> asked = new ArrayDeque<>();

  private boolean said;

  /**
   * @param timers of the asking thread
   * @param log hears of it, and of the end of it
   */
  public WatchedTable(IpvsTable table, TimerQueue timers, NanoClock clock, LvsLog log) {
    this.table = table;
    this.clock = clock;
    this.log = log;
    timer = timers.timer((due, now) -> say());
  }

  private void say() {
    said = true;
    log.warning(
        "The kernel has not answered for "
            + LONG_NANOS / SECOND
            + " s what was asked of its IPVS table: virtual servers wait for it, and new real"
            + " servers are not checked until then");
  }

  private <T> Consumer<T> watched(Consumer<T> done) {
    long nowNanos = clock.nowNanos();
    asked.add(nowNanos);
    if (asked.size() == 1) {
      timer.arm(nowNanos + LONG_NANOS);
    }
    return answer -> {
      answered(clock.nowNanos());
      done.accept(answer);
    };
  }

  private void answered(long nowNanos) {
    long took = nowNanos - asked.remove();
    if (said) {
      said = false;
      log.info("The kernel has answered, after " + took / SECOND + " s");
    }
    if (asked.isEmpty()) {
      timer.disarm();
    } else {
      // the next one was begun only now
      timer.arm(nowNanos + LONG_NANOS);
    }
  }

  @Override
  public void change(List<TableChange> changes, Consumer<List<TableAnswer>> done) {
    table.change(changes, watched(done));
  }

  @Override
  public void read(Consumer<Reading> done) {
    table.read(watched(done));
  }

  @Override
  public void hurry() {
    table.hurry();
  }

  @Override
  public void setTimeouts(Timeouts timeouts, Consumer<Optional<KernelError>> done) {
    table.setTimeouts(timeouts, watched(done));
  }

  @Override
  public void flush(Consumer<Optional<KernelError>> done) {
    table.flush(watched(done));
  }
}
