package org.jkeepalived.control;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jkeepalived.linux.SystemCallException;
import org.jkeepalived.loop.EventLoop;
import org.jkeepalived.loop.FailureRule;
import org.jkeepalived.loop.OwnerThread;
import org.jkeepalived.loop.Owners;
import org.jkeepalived.status.SnapshotSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The owner of what comes from outside: its thread receives the real-time signals and writes the
 * reports that signals ask for, so that neither a subsystem nor a stop ever waits for a disk.
 *
 * <p>The thread is there before anybody counts on the daemon, and for its whole life.
 */
public final class Control implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Control.class);

  private static final FailureRule RULE =
      FailureRule.goOnOrHang(
          "no report is written any more, nor is any real-time signal heard; restart the daemon");

  private final OwnerThread thread;
  private final RealTimeSignals realTime;
  private final ReportSettings settings;

  // of the one thread that calls
  private Optional<StatusReports> reports = Optional.empty();

  private Control(OwnerThread thread, RealTimeSignals realTime, ReportSettings settings) {
    this.thread = thread;
    this.realTime = realTime;
    this.settings = settings;
  }

  /**
   * Makes the thread, which lives in the network namespace of the calling one.
   *
   * @param owners makes the thread
   * @param settings where reports go
   * @param receiver hears of each real-time signal, on the thread; those that came earlier have
   *     waited
   * @throws SystemCallException the kernel refuses the signalfd, or what a thread waits with
   */
  public static Control start(
      Owners owners, ReportSettings settings, Consumer<ControlSignal> receiver)
      throws SystemCallException {
    RealTimeSignals signals = RealTimeSignals.open(receiver);
    OwnerThread thread = owners.make("control", RULE);
    thread.execute(() -> signals.watch(thread.loop()));
    return new Control(thread.start(), signals, settings);
  }

  /** From now on this is what there is to look at. */
  public void show(List<? extends SnapshotSource> sources) {
    EventLoop loop = thread.loop();
    StatusReports.Owner owner = new StatusReports.Owner(loop, loop.timers(), loop);
    reports = Optional.of(new StatusReports(sources, settings, owner));
  }

  /**
   * Does what a signal asks for that wants to look at the daemon. The answer is written later.
   *
   * @throws IllegalArgumentException if the signal wants something else
   */
  public void answer(ControlSignal signal) {
    switch (signal) {
      case DATA -> reports.ifPresent(StatusReports::data);
      case STATS -> reports.ifPresent(each -> each.statistics(false));
      case STATS_CLEAR -> reports.ifPresent(each -> each.statistics(true));
      case JSON -> reports.ifPresent(StatusReports::json);
      case TDATA -> LOG.warn("Signal {}: not yet supported", signal);
      case STOP, RELOAD -> throw new IllegalArgumentException("does not look: " + signal);
    }
  }

  /** Logs the configuration, a line of it a line of the log. */
  public void logConfiguration() {
    reports.ifPresent(StatusReports::logConfiguration);
  }

  /** Ends the thread; a report that is being written is waited for, but not for long. */
  @Override
  public void close() {
    thread.close();
    realTime.close();
  }
}
