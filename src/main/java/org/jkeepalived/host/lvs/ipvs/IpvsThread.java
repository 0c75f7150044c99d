package org.jkeepalived.host.lvs.ipvs;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jkeepalived.host.kernel.JournalPath;
import org.jkeepalived.host.lvs.TableAccess;
import org.jkeepalived.kernel.KernelError;
import org.jkeepalived.linux.SystemCallException;
import org.jkeepalived.loop.FailureRule;
import org.jkeepalived.loop.OwnerThread;
import org.jkeepalived.loop.Owners;
import org.jkeepalived.lvs.mark.MarkChange;
import org.jkeepalived.lvs.mark.MarkMap;
import org.jkeepalived.lvs.mark.MarkReading;
import org.jkeepalived.lvs.mark.MarkTable;
import org.jkeepalived.lvs.mark.MarkTableName;
import org.jkeepalived.lvs.mark.PacketMarks;
import org.jkeepalived.lvs.sync.RunningSync;
import org.jkeepalived.lvs.sync.SyncDaemons;
import org.jkeepalived.lvs.sync.SyncRole;
import org.jkeepalived.lvs.table.IpvsTable;
import org.jkeepalived.lvs.table.ServiceKey;
import org.jkeepalived.lvs.table.TableAnswer;
import org.jkeepalived.lvs.table.TableChange;
import org.jkeepalived.model.ReceiveBuffer;
import org.jkeepalived.model.lvs.TableNamespace;
import org.jkeepalived.model.lvs.TableSettings.Timeouts;
import org.jkeepalived.model.lvs.TableSockets;
import org.jkeepalived.time.TimerQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The thread that writes the kernel's IPVS table, in the order in which it is asked: the kernel may
 * load the module of a scheduler meanwhile, or somebody else may keep it busy. It keeps the journal
 * of the services.
 *
 * <p>A kernel without IPVS is looked at again every {@link #LOOK_AGAIN_NANOS}: the operator may
 * have loaded it.
 */
public final class IpvsThread implements TableAccess {

  private static final Logger LOG = LoggerFactory.getLogger(IpvsThread.class);

  static final long LOOK_AGAIN_NANOS = 10_000_000_000L;
  private static final long JOURNAL_RETRY_NANOS = 30_000_000_000L;

  // Without this thread the table stays as it is: connections go on, and so does VRRP.
  private static final FailureRule RULE = FailureRule.goOn("the IPVS table is no longer changed");

  private final OwnerThread thread;
  private final Set<ServiceKey> leftBehind;
  private final Set<SyncRole> syncLeftBehind;

  // all below belong to the thread
  private final TableOwner owner;
  private final MarkOwner marks;
  private final TimerQueue.Timer journalRetry;
  private final TimerQueue.Timer nextLook;
  private final long lookAgainNanos;
  private Runnable whenItComes = () -> {};

  /** A reading is to be given up. Set from any thread. */
  private volatile boolean hurried;

  /** Somebody has been refused for want of IPVS, or would have been. */
  private boolean missed;

  /**
   * Makes the thread, which at once looks for IPVS.
   *
   * @param owners makes the thread
   * @param path the daemon's journal; the services have a file of their own beside it
   * @param sockets by which it speaks to the kernel: without a namespace in that of the thread that
   *     calls this
   * @throws SystemCallException the kernel gives no descriptor for it
   */
  public static IpvsThread start(Owners owners, JournalPath path, TableSockets sockets)
      throws SystemCallException {
    ServiceJournal journal = ServiceJournal.open(path.services());
    journal.moveTo(sockets.namespace());
    return new IpvsThread(
        owners,
        TableOpening.ofKernel(sockets.namespace(), sockets.command()),
        journal,
        MarkOwner.ofKernel(sockets.namespace(), path),
        LOOK_AGAIN_NANOS);
  }

  /** Whether what the last run has left is in the table of another namespace than this. */
  public static boolean isElsewhere(JournalPath path, Optional<TableNamespace> namespace) {
    if (path.services().toFile().length() == 0) {
      return false;
    }
    boolean marked = path.tables().toFile().length() > 0;
    try (ServiceJournal journal = ServiceJournal.open(path.services())) {
      boolean any = marked || !journal.services().isEmpty() || !journal.syncDaemons().isEmpty();
      return any && !journal.namespace().equals(namespace);
    }
  }

  /**
   * @param lookAgainNanos when IPVS is looked for again where there is none
   */
  IpvsThread(
      Owners owners,
      TableOpening opening,
      ServiceJournal journal,
      MarkOwner marks,
      long lookAgainNanos)
      throws SystemCallException {
    this.marks = marks;
    this.lookAgainNanos = lookAgainNanos;
    leftBehind = Collections.unmodifiableSet(journal.services());
    syncLeftBehind = Collections.unmodifiableSet(journal.syncDaemons());
    owner = new TableOwner(opening, journal);
    thread = owners.make("ipvs", RULE);
    journalRetry = thread.loop().timers().timer((deadline, now) -> catchUp());
    nextLook = thread.loop().timers().timer((deadline, now) -> look());
    thread.start();
    execute(this::look);
  }

  @Override
  public IpvsTable table(Executor home) {
    return new Session(home);
  }

  @Override
  public Optional<SyncDaemons> syncDaemons(Executor home) {
    return Optional.of(new SyncSession(this, home));
  }

  @Override
  public Set<SyncRole> syncLeftBehind() {
    return syncLeftBehind;
  }

  /**
   * What the journal of the last run names, in its order: it was killed, or has left them there.
   */
  @Override
  public Set<ServiceKey> leftBehind() {
    return leftBehind;
  }

  /**
   * Runs a step each time that IPVS comes to a kernel that was found to have none, or was unloaded
   * and loaded again: what was refused or was there until then may be asked for again.
   *
   * @param home where the step runs
   */
  @Override
  public void whenItComes(Executor home, Runnable step) {
    execute(() -> whenItComes = () -> home.execute(step));
  }

  @Override
  public void makeRoom(ReceiveBuffer room) {
    execute(() -> owner.makeRoom(room));
  }

  @Override
  public void onItsThread(Runnable step) {
    execute(step);
  }

  /** What was asked for until now. Callable from any thread. */
  public IpvsFigures figures() {
    return owner.figures();
  }

  private void execute(Runnable step) {
    thread.loop().execute(step);
  }

  private void look() {
    owner.open();
    if (!owner.isThere()) {
      lookLater();
    } else if (missed) {
      missed = false;
      whenItComes.run();
    }
  }

  private void lookLater() {
    missed = true;
    if (!nextLook.isArmed()) {
      nextLook.arm(thread.loop().nowNanos() + lookAgainNanos);
    }
  }

  private void catchUp() {
    owner.journal().catchUp();
    marks.journal().catchUp();
    retryJournalLater();
  }

  private void retryJournalLater() {
    boolean behind = owner.journal().isBehind() || marks.journal().isBehind();
    if (behind && !journalRetry.isArmed()) {
      journalRetry.arm(thread.loop().nowNanos() + JOURNAL_RETRY_NANOS);
    }
  }

  /**
   * Ends the thread once everything that was asked for is done; waits for it, but not for ever.
   * What is in the table stays, and so does the journal of it: the next start knows its services.
   *
   * @param millis how long to wait, at least 1
   */
  @Override
  public void close(long millis) {
    if (!thread.endWithin(millis, this::closeAll)) {
      LOG.warn("The kernel does not answer: IPVS services may stay behind until the next start");
    }
  }

  private void closeAll() {
    owner.close();
    marks.close();
  }

  @Override
  public void removeLeftTables(Set<MarkTableName> kept) {
    execute(
        () ->
            marks
                .removeLeft(kept)
                .forEach(
                    (table, error) ->
                        error.ifPresent(
                            why ->
                                LOG.warn(
                                    "nftables table {} of a former run: {}",
                                    table.text(),
                                    why.text()))));
  }

  /** One asker's way to the table. */
  private final class Session implements IpvsTable, PacketMarks {
    private final Executor home;

    Session(Executor home) {
      this.home = home;
    }

    @Override
    public void change(List<TableChange> changes, Consumer<List<TableAnswer>> done) {
      ask(
          home,
          () -> owner.change(changes, thread.loop()::readClock),
          error -> TableOwner.refusal(changes, error),
          done);
    }

    @Override
    public void read(Consumer<Reading> done) {
      ask(home, this::readUnlessHurried, error -> new Reading(List.of(), Optional.of(error)), done);
    }

    private Reading readUnlessHurried() {
      try {
        return owner.read(() -> hurried);
      } finally {
        hurried = false;
      }
    }

    @Override
    public void hurry() {
      hurried = true;
    }

    @Override
    public void setTimeouts(Timeouts timeouts, Consumer<Optional<KernelError>> done) {
      ask(home, () -> owner.setTimeouts(timeouts), Optional::of, done);
    }

    @Override
    public void flush(Consumer<Optional<KernelError>> done) {
      ask(home, owner::flush, Optional::of, done);
    }

    @Override
    public PacketMarks marks() {
      return this;
    }

    @Override
    public void change(
        MarkTable table, List<MarkChange> changes, Consumer<Optional<KernelError>> done) {
      ask(home, () -> marks.change(table, changes), Optional::of, done);
    }

    @Override
    public void read(MarkTable table, Set<MarkMap> maps, Consumer<MarkReading> done) {
      ask(
          home,
          () -> marks.read(table, maps),
          error -> new MarkReading(false, Map.of(), Optional.of(error)),
          done);
    }
  }

  /** One asker's way to the sync daemons. */
  private record SyncSession(IpvsThread ipvs, Executor home) implements SyncDaemons {

    @Override
    public void start(RunningSync daemon, Consumer<Optional<KernelError>> done) {
      ipvs.ask(home, () -> ipvs.owner.startSync(daemon), Optional::of, done);
    }

    @Override
    public void stop(SyncRole role, Consumer<Optional<KernelError>> done) {
      ipvs.ask(home, () -> ipvs.owner.stopSync(role), Optional::of, done);
    }

    @Override
    public void read(Consumer<Reading> done) {
      ipvs.ask(
          home, ipvs.owner::readSync, error -> new Reading(List.of(), Optional.of(error)), done);
    }
  }

  private <T> void ask(
      Executor home, Supplier<T> question, Function<KernelError, T> refusal, Consumer<T> done) {
    execute(
        () -> {
          T answer = answer(question, refusal);
          if (!owner.isThere()) {
            lookLater();
          }
          retryJournalLater();
          home.execute(() -> done.accept(answer));
          if (owner.takeExchanged()) {
            whenItComes.run();
          }
        });
  }

  private static <T> T answer(Supplier<T> question, Function<KernelError, T> refusal) {
    try {
      return question.get();
    } catch (RuntimeException bug) {
      LOG.error("internal error while asking for the IPVS table, please report it", bug);
      return refusal.apply(new KernelError(0, "internal error: " + bug));
    }
  }
}
