package org.jkeepalived.host.lvs.ipvs;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jkeepalived.kernel.KernelError;
import org.jkeepalived.linux.Errno;
import org.jkeepalived.lvs.sync.RunningSync;
import org.jkeepalived.lvs.sync.SyncDaemons;
import org.jkeepalived.lvs.sync.SyncRole;
import org.jkeepalived.lvs.table.IpvsTable.Reading;
import org.jkeepalived.lvs.table.KernelTable;
import org.jkeepalived.lvs.table.ServiceKey;
import org.jkeepalived.lvs.table.TableAnswer;
import org.jkeepalived.lvs.table.TableAnswer.Outcome;
import org.jkeepalived.lvs.table.TableChange;
import org.jkeepalived.model.ReceiveBuffer;
import org.jkeepalived.model.lvs.TableSettings.Timeouts;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The kernel's table and the journal of what was put there, whether there is such a table or not.
 * All but the figures belongs to one thread.
 */
final class TableOwner {

  private static final Logger LOG = LoggerFactory.getLogger(TableOwner.class);

  private final TableOpening opening;
  private final ServiceJournal journal;
  private Optional<KernelTable> table = Optional.empty();

  /** Before it was tried for the first time. */
  private String missing = "IPVS was not looked for yet";

  private boolean saidMissing;

  /** The table is another one than the last: nothing is in it that was put into that one. */
  private boolean exchanged;

  private volatile IpvsFigures figures = new IpvsFigures(Optional.of(missing), 0, 0, 0, 0, 0);

  TableOwner(TableOpening opening, ServiceJournal journal) {
    this.opening = opening;
    this.journal = journal;
  }

  /** Callable from any thread. */
  IpvsFigures figures() {
    return figures;
  }

  ServiceJournal journal() {
    return journal;
  }

  boolean isThere() {
    return table.isPresent();
  }

  /** Looks for IPVS, if there is none. */
  void open() {
    if (table.isPresent()) {
      return;
    }
    TableOpening.Opened opened = opening.open();
    table = opened.table();
    missing = opened.missing();
    if (table.isPresent()) {
      if (saidMissing) {
        LOG.info("IPVS is there now");
      }
      saidMissing = false;
    } else if (!saidMissing) {
      saidMissing = true;
      LOG.error("{}; virtual servers wait for it", missing);
    }
    count(0, 0, 0, 0, figures.lastNanos());
  }

  /** What the kernel answers has so much room from now on. */
  void makeRoom(ReceiveBuffer room) {
    if (opening.makeRoom(room) && table.isPresent()) {
      table.get().close();
      table = Optional.empty();
      open();
    }
  }

  /**
   * Carries out changes, after they were written to the journal.
   *
   * @param nowNanos a clock to measure with
   */
  List<TableAnswer> change(List<TableChange> changes, LongSupplier nowNanos) {
    long beganNanos = nowNanos.getAsLong();
    Set<ServiceKey> added = journal.adding(changes);
    List<TableAnswer> answers = tryChange(changes);
    if (mayBeUnloaded(answers) && reopenIfUnloaded()) {
      answers = tryChange(changes);
    }
    journal.answered(answers, added);
    count(changes.size(), refused(answers), 0, 0, nowNanos.getAsLong() - beganNanos);
    return answers;
  }

  private static int refused(List<TableAnswer> answers) {
    int refused = 0;
    for (TableAnswer answer : answers) {
      refused += answer.outcome() == Outcome.REFUSED ? 1 : 0;
    }
    return refused;
  }

  private List<TableAnswer> tryChange(List<TableChange> changes) {
    return table
        .map(each -> each.change(changes))
        .orElseGet(() -> refusal(changes, new KernelError(0, missing)));
  }

  static List<TableAnswer> refusal(List<TableChange> changes, KernelError error) {
    return changes.stream()
        .map(change -> new TableAnswer(change, Outcome.REFUSED, Optional.of(error)))
        .toList();
  }

  /** ENOENT is what a number says that nobody has any more. */
  private static boolean mayBeUnloaded(List<TableAnswer> answers) {
    for (TableAnswer answer : answers) {
      if (answer.error().isPresent() && mayBeUnloaded(answer.error().get())) {
        return true;
      }
    }
    return false;
  }

  private static boolean mayBeUnloaded(KernelError error) {
    return error.number() == Errno.ENOENT;
  }

  private boolean reopenIfUnloaded() {
    if (table.isEmpty() || table.get().isThere()) {
      return false;
    }
    LOG.warn("IPVS was unloaded from the kernel");
    table.get().close();
    table = Optional.empty();
    open();
    exchanged |= table.isPresent();
    return true;
  }

  /** Whether the table has become another one since this was asked last. */
  boolean takeExchanged() {
    boolean taken = exchanged;
    exchanged = false;
    return taken;
  }

  Reading read(BooleanSupplier hurried) {
    Reading reading = tryRead(hurried);
    if (reading.error().filter(TableOwner::mayBeUnloaded).isPresent() && reopenIfUnloaded()) {
      reading = tryRead(hurried);
    }
    count(0, 0, 1, reading.error().isPresent() ? 1 : 0, figures.lastNanos());
    if (reading.error().isEmpty()) {
      forgetWhatIsGone(reading);
    }
    return reading;
  }

  /** Should it come back, it will be somebody else's, and the next start must leave it alone. */
  private void forgetWhatIsGone(Reading reading) {
    Set<ServiceKey> present = new HashSet<>();
    reading.services().forEach(service -> present.add(service.key()));
    journal.retain(present);
  }

  private Reading tryRead(BooleanSupplier hurried) {
    return table
        .map(each -> each.read(hurried))
        .orElseGet(() -> new Reading(List.of(), Optional.of(new KernelError(0, missing))));
  }

  Optional<KernelError> setTimeouts(Timeouts timeouts) {
    return table
        .map(each -> each.setTimeouts(timeouts))
        .orElseGet(() -> Optional.of(new KernelError(0, missing)));
  }

  Optional<KernelError> flush() {
    Optional<KernelError> error =
        table.map(KernelTable::flush).orElseGet(() -> Optional.of(new KernelError(0, missing)));
    if (error.isEmpty()) {
      journal.retain(Set.of());
    }
    return error;
  }

  /** Starts a sync daemon, after that was written to the journal. */
  Optional<KernelError> startSync(RunningSync daemon) {
    if (table.isEmpty()) {
      return Optional.of(new KernelError(0, missing));
    }
    journal.starting(daemon.role());
    Optional<KernelError> error = onTable(each -> each.startSync(daemon));
    // one that is there already is put right, or stopped, before another is started
    if (error.filter(reason -> reason.number() != Errno.EEXIST).isPresent()) {
      journal.stopped(daemon.role());
    }
    return error;
  }

  /** Stops a sync daemon. */
  Optional<KernelError> stopSync(SyncRole role) {
    Optional<KernelError> error = onTable(each -> each.stopSync(role));
    if (error.isEmpty()) {
      journal.stopped(role);
    }
    return error;
  }

  private Optional<KernelError> onTable(Function<KernelTable, Optional<KernelError>> request) {
    Optional<KernelError> error = tryOnTable(request);
    return error.filter(TableOwner::mayBeUnloaded).isPresent() && reopenIfUnloaded()
        ? tryOnTable(request)
        : error;
  }

  private Optional<KernelError> tryOnTable(Function<KernelTable, Optional<KernelError>> request) {
    return table.map(request).orElseGet(() -> Optional.of(new KernelError(0, missing)));
  }

  /** The sync daemons that run. */
  SyncDaemons.Reading readSync() {
    SyncDaemons.Reading reading = tryReadSync();
    if (reading.error().filter(TableOwner::mayBeUnloaded).isPresent() && reopenIfUnloaded()) {
      reading = tryReadSync();
    }
    if (reading.error().isEmpty()) {
      for (SyncRole role : journal.syncDaemons()) {
        if (reading.running().stream().noneMatch(daemon -> daemon.role() == role)) {
          journal.stopped(role);
        }
      }
    }
    return reading;
  }

  private SyncDaemons.Reading tryReadSync() {
    return table
        .map(KernelTable::readSync)
        .orElseGet(
            () -> new SyncDaemons.Reading(List.of(), Optional.of(new KernelError(0, missing))));
  }

  private void count(
      long changes, long refused, long readings, long failedReadings, long lastNanos) {
    IpvsFigures before = figures;
    figures =
        new IpvsFigures(
            table.isPresent() ? Optional.empty() : Optional.of(missing),
            before.changes() + changes,
            before.refused() + refused,
            before.readings() + readings,
            before.failedReadings() + failedReadings,
            lastNanos);
  }

  void close() {
    table.ifPresent(KernelTable::close);
    journal.close();
  }
}
