package org.jkeepalived.host.lvs;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jkeepalived.kernel.KernelError;
import org.jkeepalived.lvs.mark.MarkChange;
import org.jkeepalived.lvs.mark.MarkMap;
import org.jkeepalived.lvs.mark.MarkReading;
import org.jkeepalived.lvs.mark.MarkTable;
import org.jkeepalived.lvs.mark.MarkTableName;
import org.jkeepalived.lvs.mark.PacketMarks;
import org.jkeepalived.lvs.sync.SyncDaemons;
import org.jkeepalived.lvs.sync.SyncRole;
import org.jkeepalived.lvs.table.IpvsTable;
import org.jkeepalived.lvs.table.ServiceKey;
import org.jkeepalived.lvs.table.TableAnswer;
import org.jkeepalived.lvs.table.TableAnswer.Outcome;
import org.jkeepalived.lvs.table.TableChange;
import org.jkeepalived.model.ReceiveBuffer;
import org.jkeepalived.model.lvs.TableSettings.Timeouts;

/**
 * {@code ipvs no}: somebody else balances, and this daemon checks and tells. To the pools it is a
 * table that takes everything; nothing is kept of it.
 */
public final class UnwrittenTable implements TableAccess {

  @Override
  public IpvsTable table(Executor home) {
    return new Agreeing(home);
  }

  @Override
  public Optional<SyncDaemons> syncDaemons(Executor home) {
    return Optional.empty();
  }

  @Override
  public Set<SyncRole> syncLeftBehind() {
    return Set.of();
  }

  @Override
  public Set<ServiceKey> leftBehind() {
    return Set.of();
  }

  @Override
  public void removeLeftTables(Set<MarkTableName> kept) {
    // whoever has decided that there is no table has removed them
  }

  @Override
  public void whenItComes(Executor home, Runnable step) {
    // it is there from the beginning
  }

  @Override
  public void makeRoom(ReceiveBuffer room) {
    // nobody answers
  }

  @Override
  public void onItsThread(Runnable step) {
    // there is none
  }

  @Override
  public void close(long millis) {
    // nothing is under way
  }

  /** Answers as late as a kernel does: in another turn. */
  private record Agreeing(Executor home) implements IpvsTable, PacketMarks {

    @Override
    public PacketMarks marks() {
      return this;
    }

    @Override
    public void change(
        MarkTable table, List<MarkChange> changes, Consumer<Optional<KernelError>> done) {
      home.execute(() -> done.accept(Optional.empty()));
    }

    @Override
    public void read(MarkTable table, Set<MarkMap> maps, Consumer<MarkReading> done) {
      home.execute(() -> done.accept(MarkReading.UNCHANGED));
    }

    @Override
    public void change(List<TableChange> changes, Consumer<List<TableAnswer>> done) {
      List<TableAnswer> answers =
          changes.stream()
              .map(change -> new TableAnswer(change, Outcome.DONE, Optional.empty()))
              .toList();
      home.execute(() -> done.accept(answers));
    }

    @Override
    public void read(Consumer<Reading> done) {
      home.execute(() -> done.accept(new Reading(List.of(), Optional.empty())));
    }

    @Override
    public void hurry() {
      // no reading takes its time
    }

    @Override
    public void setTimeouts(Timeouts timeouts, Consumer<Optional<KernelError>> done) {
      home.execute(() -> done.accept(Optional.empty()));
    }

    @Override
    public void flush(Consumer<Optional<KernelError>> done) {
      home.execute(() -> done.accept(Optional.empty()));
    }
  }
}
