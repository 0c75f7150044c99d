package org.jkeepalived.host.lvs.ipvs;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.jkeepalived.kernel.KernelError;
import org.jkeepalived.lvs.sync.RunningSync;
import org.jkeepalived.lvs.sync.SyncDaemons;
import org.jkeepalived.lvs.sync.SyncRole;
import org.jkeepalived.lvs.table.IpvsTable.Reading;
import org.jkeepalived.lvs.table.KernelTable;
import org.jkeepalived.lvs.table.TableAnswer;
import org.jkeepalived.lvs.table.TableAnswer.Outcome;
import org.jkeepalived.lvs.table.TableChange;
import org.jkeepalived.lvs.table.TableService;
import org.jkeepalived.model.lvs.TableSettings.Timeouts;

/** A table that keeps nothing: it writes down what it is asked, and answers as it is told to. */
final class FakeTable implements KernelTable {

  /** What was asked, in words. */
  final List<String> asked = Collections.synchronizedList(new ArrayList<>());

  /** What becomes of each change. */
  volatile Function<TableChange, TableAnswer> answer = change -> answer(change, Outcome.DONE, 0);

  /** Runs before each change is answered. */
  volatile Runnable before = () -> {};

  /** What a reading finds. */
  volatile List<TableService> present = List.of();

  volatile Optional<KernelError> error = Optional.empty();
  volatile boolean isThere = true;
  volatile boolean closed;

  static TableAnswer answer(TableChange change, Outcome outcome, int errno) {
    return new TableAnswer(
        change,
        outcome,
        errno == 0 ? Optional.empty() : Optional.of(new KernelError(errno, "for the test")));
  }

  @Override
  public List<TableAnswer> change(List<TableChange> changes) {
    before.run();
    changes.forEach(
        change -> asked.add(change.getClass().getSimpleName() + " " + change.service()));
    return changes.stream().map(answer).toList();
  }

  @Override
  public Reading read(BooleanSupplier hurried) {
    before.run();
    asked.add("read");
    return new Reading(present, error);
  }

  @Override
  public Optional<KernelError> setTimeouts(Timeouts timeouts) {
    asked.add("timeouts");
    return error;
  }

  @Override
  public Optional<KernelError> flush() {
    asked.add("flush");
    return error;
  }

  /** What runs. */
  volatile List<RunningSync> running = List.of();

  @Override
  public Optional<KernelError> startSync(RunningSync daemon) {
    before.run();
    asked.add("start " + daemon.role().text() + " on " + daemon.interfaceName());
    return error;
  }

  @Override
  public Optional<KernelError> stopSync(SyncRole role) {
    before.run();
    asked.add("stop " + role.text());
    return error;
  }

  @Override
  public SyncDaemons.Reading readSync() {
    before.run();
    asked.add("read daemons");
    return new SyncDaemons.Reading(running, error);
  }

  @Override
  public boolean isThere() {
    return isThere;
  }

  @Override
  public void close() {
    closed = true;
  }
}
