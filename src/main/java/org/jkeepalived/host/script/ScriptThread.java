package org.jkeepalived.host.script;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jkeepalived.linux.SystemCallException;
import org.jkeepalived.linux.process.AccessList;
import org.jkeepalived.linux.process.AccountTable;
import org.jkeepalived.linux.process.ChildConditions;
import org.jkeepalived.linux.process.ChildSpawner;
import org.jkeepalived.linux.process.PrivilegeProbe;
import org.jkeepalived.linux.process.PrivilegeWrapper;
import org.jkeepalived.linux.process.ScriptEnvironment;
import org.jkeepalived.loop.EventLoop;
import org.jkeepalived.loop.FailureRule;
import org.jkeepalived.loop.OwnerThread;
import org.jkeepalived.loop.Owners;
import org.jkeepalived.model.Account;
import org.jkeepalived.script.CommandRunner;
import org.jkeepalived.script.Outcome;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The thread that owns child processes, and whatever else a script tracker or a notifier watches.
 *
 * <p>It is one thread for the daemon's whole life: children get SIGTERM from the kernel when the
 * thread that started them ends, so none outlives a daemon that is killed.
 *
 * <p>Until the first command it costs a thread that waits, and nothing else.
 */
public final class ScriptThread implements Executor, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(ScriptThread.class);

  private static final FailureRule RULE =
      // without it nobody would know whether what is checked is well
      FailureRule.endProcess("the scripts thread cannot go on");

  private static final long TERM_MILLIS = 1_000;
  private static final long KILL_MILLIS = 500;

  private final Owners owners;
  private final OptionalLong openFiles;
  private final OwnerThread thread;
  private final EventLoop loop;

  // all below belong to the thread
  private final Runner runner = new Runner();
  private Optional<ProcessRunner> processes = Optional.empty();
  private Optional<CompletableFuture<Void>> waitingForIdle = Optional.empty();

  /**
   * Makes the thread; its children live in the network namespace of the thread that calls this.
   *
   * @param owners makes it, and those that look at programs for it
   */
  public ScriptThread(Owners owners) throws SystemCallException {
    this(owners, OptionalLong.empty());
  }

  /**
   * The same, for children that may open fewer files than this process.
   *
   * @param openFiles their soft limit; empty for this process's
   */
  public ScriptThread(Owners owners, OptionalLong openFiles) throws SystemCallException {
    this.openFiles = openFiles;
    this.owners = owners;
    thread = owners.make("scripts", RULE);
    loop = thread.loop();
    loop.atEndOfTurn(this::tellWhenIdle);
    thread.start();
  }

  /** The thread's loop: its timers, its descriptors. Only {@code execute} is for other threads. */
  public EventLoop loop() {
    return loop;
  }

  /** Runs commands; to be used on this thread only. */
  public CommandRunner runner() {
    return runner;
  }

  /** Has the thread do something soon. Callable from any thread. */
  @Override
  public void execute(Runnable command) {
    loop.execute(command);
  }

  /**
   * Gets ready for commands: finds out what this machine can do, looks up the accounts, loads the
   * classes; so that the first transition waits for none of it. Returns at once.
   */
  public void prepare(Collection<Account> accounts) {
    List<Account> copy = List.copyOf(accounts);
    if (!copy.isEmpty()) {
      execute(() -> processes().prepare(copy));
    }
  }

  /**
   * Runs one command and waits for it.
   *
   * @param unlessDone ends the command, and the wait, when it is done
   * @return how it ended; empty when it was given up
   */
  public Optional<Outcome> runAndWait(CommandRunner.Order order, CompletableFuture<Void> unlessDone)
      throws InterruptedException {
    CompletableFuture<Outcome> ended = new CompletableFuture<>();
    CompletableFuture<CommandRunner.Run> started = new CompletableFuture<>();
    execute(() -> started.complete(runner.start(order, ended::complete)));
    try {
      CompletableFuture.anyOf(ended, unlessDone).get();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    }
    if (ended.isDone()) {
      return Optional.of(ended.join());
    }
    started.thenAccept(run -> execute(run::end));
    return Optional.empty();
  }

  /**
   * Waits until nothing runs, but not for ever.
   *
   * @return whether nothing runs
   */
  boolean awaitIdle(long millis) throws InterruptedException {
    CompletableFuture<Void> idle = new CompletableFuture<>();
    execute(() -> waitingForIdle = Optional.of(idle));
    try {
      idle.get(millis, TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException e) {
      return false;
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    }
  }

  /**
   * Ends what still runs: asks first, then by force.
   *
   * <p>COMPAT: keepalived 2.2.7 gives its scripts a second between SIGTERM and SIGKILL when it
   * stops.
   */
  public void endCommands() throws InterruptedException {
    execute(() -> processes.ifPresent(ProcessRunner::endAll));
    if (!awaitIdle(TERM_MILLIS)) {
      execute(() -> processes.ifPresent(ProcessRunner::killAll));
      if (!awaitIdle(KILL_MILLIS)) {
        LOG.warn("Scripts are left that do not end even by SIGKILL");
      }
    }
  }

  /** Ends what still runs, and the thread. */
  @Override
  public void close() {
    try {
      endCommands();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    execute(() -> processes.ifPresent(ProcessRunner::close));
    thread.close();
  }

  // ---- on the thread ----

  private boolean tellWhenIdle() {
    if (waitingForIdle.isPresent() && processes.map(ProcessRunner::isIdle).orElse(true)) {
      waitingForIdle.get().complete(null);
      waitingForIdle = Optional.empty();
    }
    return false;
  }

  private ProcessRunner processes() {
    ProcessRunner made = processes.orElseGet(() -> new ProcessRunner(owners, loop, makeLauncher()));
    processes = Optional.of(made);
    return made;
  }

  private CommandLauncher makeLauncher() {
    List<String> environment = ScriptEnvironment.own();
    ChildSpawner spawner = new ChildSpawner(environment, ChildConditions.of(openFiles));
    PrivilegeWrapper wrapper = new PrivilegeProbe(spawner).find(AccountTable.own());
    switch (wrapper.ability()) {
      case WHOLE -> LOG.debug("Scripts are started through setpriv");
      case ACCOUNT ->
          LOG.warn(
              "setpriv knows no --pdeathsig: scripts live on if this daemon is killed; util-linux"
                  + " 2.33 or newer helps");
      case NONE ->
          LOG.warn(
              "setpriv does not work: scripts can only run as this daemon's user, and live on if"
                  + " this daemon is killed; install util-linux");
    }
    return new CommandLauncher(
        spawner,
        wrapper,
        new ProgramInspector(
            ScriptEnvironment.search(environment),
            new ProgramInspector.Lists(AccessList::isOn, AccessList::letsOthersWrite)));
  }

  /** Makes the rest when the first command comes. */
  private final class Runner implements CommandRunner {
    @Override
    public Run start(Order order, Consumer<Outcome> done) {
      return processes().start(order, done);
    }
  }
}
