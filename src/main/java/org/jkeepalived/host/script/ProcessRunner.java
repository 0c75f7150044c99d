package org.jkeepalived.host.script;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jkeepalived.linux.SystemCallException;
import org.jkeepalived.loop.EventLoop;
import org.jkeepalived.loop.Owners;
import org.jkeepalived.loop.ReadBuffer;
import org.jkeepalived.model.Account;
import org.jkeepalived.script.CommandRunner;
import org.jkeepalived.script.LineBudget;
import org.jkeepalived.script.Outcome;
import org.jkeepalived.time.TimerQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs commands as child processes, all on the scripts thread; only what may not answer is asked
 * elsewhere before.
 */
final class ProcessRunner implements CommandRunner, RunningChild.Home {

  private static final Logger LOG = LoggerFactory.getLogger(ProcessRunner.class);

  /** How often children are looked at where the kernel does not tell of their end. */
  private static final long LOOK_NANOS = 20_000_000L;

  private static final long TELL_DROPPED_NANOS = 10_000_000_000L;

  /** Processes that hang in the kernel; with more, nothing new is started. */
  private static final int MOST_ABANDONED = 32;

  /** Ended scripts that are still listened to, because what they left behind may write. */
  private static final int MOST_LINGERING = 64;

  private final EventLoop loop;
  private final CommandLauncher launcher;
  private final ReadBuffer buffer = new ReadBuffer();
  private final Set<RunningChild> running = new LinkedHashSet<>();
  private final Set<RunningChild> unannounced = new LinkedHashSet<>();
  private final Set<RunningChild> abandoned = new LinkedHashSet<>();
  private final Deque<RunningChild> lingering = new ArrayDeque<>();
  private final LineBudget budget;
  private final PreparationThreads<CommandLauncher.Prepared> preparations;
  private final TimerQueue.Timer looking;
  private final TimerQueue.Timer tellingDropped;

  ProcessRunner(Owners owners, EventLoop loop, CommandLauncher launcher) {
    this.loop = loop;
    this.launcher = launcher;
    budget = new LineBudget(loop.nowNanos());
    preparations =
        new PreparationThreads<>(
            owners, loop, failure -> CommandLauncher.Prepared.refused("internal error"));
    looking = loop.timers().timer((deadline, now) -> lookAtAll(now));
    tellingDropped = loop.timers().timer((deadline, now) -> tellDropped());
  }

  @Override
  public Run start(Order order, Consumer<Outcome> done) {
    if (abandoned.size() >= MOST_ABANDONED) {
      return refuse(done, abandoned.size() + " earlier commands hang in the kernel");
    }
    String program = order.command().program();
    if (preparations.isStuck(program)) {
      return refuse(done, program + " is being looked at, and nothing answers");
    }
    RunningChild child = new RunningChild(this, order, done);
    running.add(child);
    preparations.submit(
        program,
        () -> launcher.prepare(order.command(), order.moreArguments()),
        prepared -> launch(child, prepared));
    return child;
  }

  /** Looks accounts up, before the first command needs them. */
  void prepare(List<Account> accounts) {
    for (Account account : accounts) {
      preparations.submit(
          "user " + account.user(),
          () -> {
            launcher.prepare(account);
            return CommandLauncher.Prepared.refused("nothing is to be run");
          },
          nothing -> {});
    }
  }

  private void launch(RunningChild child, CommandLauncher.Prepared prepared) {
    if (child.hasEnded()) {
      return;
    }
    if (prepared.launch().isEmpty()) {
      child.notRun(prepared.reason());
    } else {
      try {
        if (!child.begin(launcher.launch(prepared.launch().get()))) {
          unannounced.add(child);
          lookSoon(loop.nowNanos());
        }
      } catch (SystemCallException e) {
        child.notMade(e.error());
      }
    }
  }

  private Run refuse(Consumer<Outcome> done, String reason) {
    loop.execute(() -> done.accept(new Outcome(Outcome.Kind.NOT_RUN, 0, reason)));
    return () -> {};
  }

  /** Whether nothing runs. */
  boolean isIdle() {
    return running.isEmpty();
  }

  /** Whether the process of that number is one that is waited for. */
  boolean runs(int pid) {
    return Stream.concat(running.stream(), abandoned.stream())
        .anyMatch(child -> child.isProcess(pid));
  }

  /** Asks all to end. */
  void endAll() {
    List.copyOf(running).forEach(RunningChild::end);
  }

  /** Ends all by force. */
  void killAll() {
    List.copyOf(running).forEach(RunningChild::endNow);
  }

  /** Starts nothing any more, and listens to nobody. */
  void close() {
    preparations.close();
    lingering.forEach(RunningChild::silence);
    lingering.clear();
  }

  private void lookSoon(long nowNanos) {
    if (!looking.isArmed() && !unannounced.isEmpty()) {
      looking.arm(nowNanos + LOOK_NANOS);
    }
  }

  private void lookAtAll(long nowNanos) {
    new ArrayList<>(unannounced).forEach(RunningChild::look);
    lookSoon(nowNanos);
  }

  private void tellDropped() {
    long dropped = budget.takeDropped();
    if (dropped > 0) {
      LOG.info("{} more lines from scripts were not logged", dropped);
    }
  }

  // ---- what children tell ----

  @Override
  public EventLoop loop() {
    return loop;
  }

  @Override
  public ReadBuffer buffer() {
    return buffer;
  }

  @Override
  public void wrote(String label, String line) {
    Optional<String> told = budget.admit(label, line, loop.nowNanos());
    if (told.isPresent()) {
      LOG.info("{}: {}", label, told.get());
    } else if (!tellingDropped.isArmed()) {
      tellingDropped.arm(loop.nowNanos() + TELL_DROPPED_NANOS);
    }
  }

  @Override
  public void lingers(RunningChild child) {
    lingering.add(child);
    if (lingering.size() > MOST_LINGERING) {
      lingering.remove().silence();
    }
  }

  @Override
  public void silent(RunningChild child) {
    lingering.remove(child);
  }

  @Override
  public void abandoned(RunningChild child) {
    LOG.warn("{} does not end even by SIGKILL, not waiting for it", child);
    running.remove(child);
    abandoned.add(child);
  }

  @Override
  public void gone(RunningChild child) {
    running.remove(child);
    unannounced.remove(child);
    abandoned.remove(child);
  }
}
