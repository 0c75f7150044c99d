package org.jkeepalived.lvs;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jkeepalived.kernel.KernelError;
import org.jkeepalived.lvs.mark.PacketMarks;
import org.jkeepalived.lvs.table.IpvsTable;
import org.jkeepalived.lvs.table.TableAnswer;
import org.jkeepalived.lvs.table.TableChange;
import org.jkeepalived.model.lvs.TableSettings.Timeouts;

/** The table as pools see it: what they ask for, with what sabotage makes of it. */
record ForwardedTable(IpvsTable kernel, PoolSabotage sabotage) implements IpvsTable {

  @Override
  public PacketMarks marks() {
    return kernel.marks();
  }

  @Override
  public void change(List<TableChange> changes, Consumer<List<TableAnswer>> done) {
    if (sabotage == PoolSabotage.HASTY_EVENTS) {
      List<TableAnswer> answers = new ArrayList<>();
      for (TableChange change : changes) {
        answers.add(new TableAnswer(change, TableAnswer.Outcome.DONE, Optional.empty()));
      }
      kernel.change(changes, real -> {});
      done.accept(answers);
      return;
    }
    kernel.change(sabotage.changes(changes), answers -> done.accept(answers));
  }

  @Override
  public void read(Consumer<Reading> done) {
    kernel.read(done);
  }

  @Override
  public void hurry() {
    kernel.hurry();
  }

  @Override
  public void setTimeouts(Timeouts timeouts, Consumer<Optional<KernelError>> done) {
    if (sabotage == PoolSabotage.NO_TIMEOUTS) {
      done.accept(Optional.empty());
      return;
    }
    kernel.setTimeouts(timeouts, done);
  }

  @Override
  public void flush(Consumer<Optional<KernelError>> done) {
    kernel.flush(done);
  }
}
