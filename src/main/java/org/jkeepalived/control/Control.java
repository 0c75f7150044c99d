package org.jkeepalived.control;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jkeepalived.control.http.HttpLook;
import org.jkeepalived.linux.SystemCallException;
import org.jkeepalived.linux.file.FileError;
import org.jkeepalived.linux.process.UnusedMemory;
import org.jkeepalived.loop.EventLoop;
import org.jkeepalived.loop.FailureRule;
import org.jkeepalived.loop.OwnerState;
import org.jkeepalived.loop.OwnerThread;
import org.jkeepalived.loop.Owners;
import org.jkeepalived.status.DaemonFigures;
import org.jkeepalived.status.ReportContext;
import org.jkeepalived.status.SnapshotSource;
import org.jkeepalived.time.TimerQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The owner of what comes from outside: its thread receives the signals, writes the reports that
 * they ask for, and answers who asks by the socket, so that neither a subsystem nor a stop ever
 * waits for a disk.
 *
 * <p>The thread is there before anything else, and for the daemon's whole life; so it lives in the
 * network namespace that the process was started in.
 */
public final class Control implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Control.class);

  private static final FailureRule RULE =
      FailureRule.goOnOrHang(
          "no report is written any more, nor is any signal but KILL or question heard; restart the"
              + " daemon");

  private static final long SETTLING_NANOS = 1_000_000_000L;

  private final Owners owners;
  private final OwnerThread thread;
  private final SignalReader signals;
  private final TimerQueue.Timer settled;

  // of the one thread that calls
  private Optional<ReportSettings> settings = Optional.empty();
  private Optional<StatusReports> reports = Optional.empty();
  private List<? extends SnapshotSource> shown = List.of();
  private Supplier<DaemonFigures> figures = () -> DaemonFigures.NONE;

  private Optional<Path> name = Optional.empty();
  private Optional<ControlSocket> socket = Optional.empty();
  private Optional<ControlCommands> commands = Optional.empty();

  /** Empty, and nothing of it loaded, as long as nobody has wanted any. */
  private Optional<WantedPages> pages = Optional.empty();

  private Control(Owners owners, OwnerThread thread, SignalReader signals) {
    this.owners = owners;
    this.thread = thread;
    this.signals = signals;
    settled = thread.loop().timers().timer((deadline, now) -> UnusedMemory.giveBack());
  }

  /**
   * Makes the thread, and hears signals from now on; those that came earlier have waited, where the
   * launcher has blocked them.
   *
   * @param owners makes the thread
   * @param receiver hears of each signal that means something, on the thread, or on one of the Java
   *     VM's own for those that are not blocked
   * @throws SystemCallException the kernel refuses the signalfd, or what a thread waits with
   */
  public static Control start(Owners owners, Consumer<ControlSignal> receiver)
      throws SystemCallException {
    ControlSignals.passUnblocked(receiver);
    SignalReader signals = SignalReader.open(receiver);
    OwnerThread thread = owners.make("control", RULE);
    thread.execute(() -> signals.watch(thread.loop()));
    return new Control(owners, thread.start(), signals);
  }

  /** Has the thread do something for whoever starts the daemon, which nobody else needs yet. */
  public void execute(Runnable work) {
    thread.execute(work);
  }

  /** Where reports go, as soon as there is something to look at. */
  public void reportTo(ReportSettings where) {
    settings = Optional.of(where);
  }

  /**
   * From now on this is what there is to look at.
   *
   * @throws IllegalStateException if nobody has said where reports go
   */
  public void show(List<? extends SnapshotSource> sources) {
    shown = List.copyOf(sources);
    ReportSettings where =
        settings.orElseThrow(() -> new IllegalStateException("reports have no place to go"));
    reports = Optional.of(new StatusReports(sources, where, owner()));
  }

  /**
   * What is measured has this in it; to be called before others can ask.
   *
   * @param daemon tells how the daemon as a whole does, on this thread
   */
  public void measure(Supplier<DaemonFigures> daemon) {
    figures = daemon;
  }

  /**
   * Says where others will find this daemon once it listens.
   *
   * @param socket absolute; its folder is made if it is not there
   */
  public void named(Path socket) {
    name = Optional.of(socket);
  }

  /**
   * From now on others can ask, if this daemon has been named. Where the socket cannot be made the
   * log says so, and everything else goes on.
   *
   * @param subject which daemon this is, in a line
   * @param configuration its file, absolute
   * @param group who may ask besides root, if anybody
   * @param others what can be asked for besides what there is to look at
   */
  public void listen(
      String subject, Path configuration, Optional<String> group, List<ControlCommand> others) {
    if (name.isPresent()) {
      List<ControlCommand> all = new ArrayList<>();
      WholeLook look = new WholeLook(shown, owner());
      all.add(
          new StatusCommand(
              look, settings.orElseThrow().context(), subject, thread.loop()::readClock, figures));
      all.add(new MetricsCommand(look, figures));
      all.addAll(others);
      commands = Optional.of(new ControlCommands(all, configuration));
      listen(name.get(), group, commands.get());
    }
  }

  private StatusReports.Owner owner() {
    EventLoop loop = thread.loop();
    return new StatusReports.Owner(loop, loop.timers(), loop);
  }

  private void listen(Path path, Optional<String> group, ControlCommands commands) {
    try {
      ControlSocket opened =
          ControlSocket.open(
              path, ControlAccess.of(group), commands, ControlLimits.STANDARD, thread.loop());
      socket = Optional.of(opened);
      thread.execute(opened::watch);
    } catch (IOException e) {
      LOG.warn("Nobody can ask this daemon but by signals: {}", FileError.text(e, path));
    }
  }

  /** From now on these may ask, and root. */
  public void admit(Optional<String> group) {
    if (socket.isPresent()) {
      ControlAccess access = ControlAccess.of(group);
      ControlSocket open = socket.get();
      thread.execute(() -> open.admit(access));
    } else if (commands.isPresent()) {
      // what had its name may be gone
      listen(name.orElseThrow(), group, commands.get());
    }
  }

  /**
   * Has pages shown from now on, or no more; see {@code control.http}. Where that cannot be the log
   * says so, and everything else goes on.
   *
   * @param subject which daemon this is, in a line
   * @param at empty where nobody wants pages
   */
  public void showPages(String subject, Optional<InetSocketAddress> at) {
    if (pages.isEmpty() && at.isPresent()) {
      pages = Optional.of(new WantedPages(owners, new SharedLooks(subject)));
    }
    pages.ifPresent(wanted -> thread.execute(() -> wanted.become(at)));
  }

  /** What pages show; asked for on other threads. */
  private final class SharedLooks implements Supplier<CompletableFuture<HttpLook>> {
    private final WholeLook whole = new WholeLook(shown, owner());
    private final ReportContext context = settings.orElseThrow().context();
    private final long readySinceNanos = thread.loop().readClock();
    private final Supplier<DaemonFigures> daemon = figures;
    private final String subject;

    SharedLooks(String subject) {
      this.subject = subject;
    }

    @Override
    public CompletableFuture<HttpLook> get() {
      CompletableFuture<HttpLook> seen = new CompletableFuture<>();
      thread.execute(
          () ->
              whole
                  .ask()
                  .whenComplete(
                      (parts, failure) -> {
                        if (failure == null) {
                          long readyNanos = thread.loop().readClock() - readySinceNanos;
                          seen.complete(
                              new HttpLook(parts, context, subject, readyNanos, daemon.get()));
                        } else {
                          seen.completeExceptionally(failure);
                        }
                      }));
      return seen;
    }
  }

  /**
   * Does what a signal asks for that wants to look at the daemon. The answer is written later.
   *
   * @throws IllegalArgumentException if the signal wants something else
   */
  public void answer(ControlSignal signal) {
    socket.ifPresent(open -> thread.execute(open::beFound));
    settle();
    switch (signal) {
      case DATA -> reports.ifPresent(StatusReports::data);
      case STATS -> reports.ifPresent(each -> each.statistics(false));
      case STATS_CLEAR -> reports.ifPresent(each -> each.statistics(true));
      case JSON -> reports.ifPresent(StatusReports::json);
      case TDATA -> owners.states().forEach(Control::tell);
      case STOP, RELOAD -> throw new IllegalArgumentException("does not look: " + signal);
    }
  }

  /**
   * Writes the data of all that runs into a folder, for whoever wants to know what a reload has
   * changed; later.
   *
   * @param moment which, the end of the files' names
   */
  public void save(Path folder, String moment) {
    reports.ifPresent(each -> each.save(folder, moment));
  }

  /** What keepalived tells of its timers; here a thread has its own. */
  private static void tell(OwnerState owner) {
    LOG.info(
        "Thread {} is {}: {} turns, {} failures, a timer was {} ms late at most",
        owner.name(),
        owner.condition().name().toLowerCase(Locale.ROOT),
        owner.turns(),
        owner.failures(),
        TimeUnit.NANOSECONDS.toMillis(owner.maxLatenessNanos()));
  }

  /**
   * Makes all reports once, for nobody, after whatever else is asked for: whoever asks first reads
   * soon, and the Java VM has loaded by then what writes them.
   */
  public void warmUp() {
    reports.ifPresent(StatusReports::warmUp);
  }

  /** Something large is over: gives memory back that only it has needed, but not at once. */
  public void settle() {
    thread.execute(() -> settled.arm(thread.loop().readClock() + SETTLING_NANOS));
  }

  /** Logs the configuration, a line of it a line of the log. */
  public void logConfiguration() {
    reports.ifPresent(StatusReports::logConfiguration);
  }

  /** Ends the thread; a report that is being written is waited for, but not for long. */
  @Override
  public void close() {
    socket.ifPresent(open -> thread.execute(open::close));
    pages.ifPresent(wanted -> thread.execute(wanted::close));
    thread.close();
    signals.close();
  }
}
