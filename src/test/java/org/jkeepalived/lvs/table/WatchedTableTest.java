package org.jkeepalived.lvs.table;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jkeepalived.kernel.KernelError;
import org.jkeepalived.lvs.TracedLog;
import org.jkeepalived.lvs.mark.MarkChange;
import org.jkeepalived.lvs.mark.MarkMap;
import org.jkeepalived.lvs.mark.MarkReading;
import org.jkeepalived.lvs.mark.MarkTable;
import org.jkeepalived.lvs.mark.PacketMarks;
import org.jkeepalived.model.lvs.TableSettings.Timeouts;
import org.jkeepalived.time.TimerQueue;
import org.junit.jupiter.api.Test;

/** A table that hangs, on virtual time. */
class WatchedTableTest {

  private static final long SECOND = 1_000_000_000L;
  private static final String SILENT =
      "The kernel has not answered for 10 s what was asked of its IPVS table: virtual servers wait"
          + " for it, and new real servers are not checked until then";

  private final TimerQueue timers = new TimerQueue();
  private final Deque<Runnable> answers = new ArrayDeque<>();
  private final List<String> said = new ArrayList<>();
  private long nowNanos;
  private final WatchedTable table =
      new WatchedTable(new Hanging(), timers, () -> nowNanos, TracedLog.plain(said::add));

  private void pass(long seconds) {
    long end = nowNanos + seconds * SECOND;
    while (timers.nanosUntilNext(nowNanos) <= end - nowNanos) {
      nowNanos += timers.nanosUntilNext(nowNanos);
      timers.fireNext(nowNanos);
    }
    nowNanos = end;
  }

  @Test
  void aTableThatAnswersInTimeIsNotSpokenOf() {
    for (int i = 0; i < 5; i++) {
      table.change(List.of(), done -> said.add("changed"));
      pass(9);
      answers.remove().run();
    }
    pass(100);
    assertEquals(5, said.size());
    assertEquals(List.of("changed"), said.stream().distinct().toList());
  }

  @Test
  void oneThatHangsIsNamedOnceAndItsAnswerToo() {
    table.change(List.of(), done -> said.add("changed"));
    pass(3);
    table.read(done -> said.add("read"));
    pass(34);
    assertEquals(List.of(SILENT), said);
    answers.remove().run();
    assertEquals(List.of(SILENT, "The kernel has answered, after 37 s", "changed"), said);
    pass(9);
    assertEquals(3, said.size());
    pass(1);
    assertEquals(SILENT, said.get(3));
    answers.remove().run();
    assertEquals(List.of("The kernel has answered, after 44 s", "read"), said.subList(4, 6));
    pass(100);
    assertEquals(6, said.size());
  }

  @Test
  void whatMarksPacketsIsWatchedAsWell() {
    MarkTable in = new MarkTable("keepalived_ipvs", -1, false);
    table.marks().change(in, List.of(), done -> said.add("marked"));
    table.marks().read(in, Set.of(), done -> said.add("read"));
    table.change(List.of(), done -> said.add("changed"));
    pass(11);
    assertEquals(List.of(SILENT), said);
    while (!answers.isEmpty()) {
      answers.remove().run();
    }
    assertEquals(
        List.of("The kernel has answered, after 11 s", "marked", "read", "changed"),
        said.subList(1, said.size()));
    pass(100);
    assertEquals(5, said.size());
  }

  /** Answers when it is told to. */
  private final class Hanging implements IpvsTable, PacketMarks {
    @Override
    public PacketMarks marks() {
      return this;
    }

    @Override
    public void change(
        MarkTable in, List<MarkChange> changes, Consumer<Optional<KernelError>> done) {
      answers.add(() -> done.accept(Optional.empty()));
    }

    @Override
    public void read(MarkTable from, Set<MarkMap> maps, Consumer<MarkReading> done) {
      answers.add(() -> done.accept(MarkReading.UNCHANGED));
    }

    @Override
    public void change(List<TableChange> changes, Consumer<List<TableAnswer>> done) {
      answers.add(() -> done.accept(List.of()));
    }

    @Override
    public void read(Consumer<Reading> done) {
      answers.add(() -> done.accept(new Reading(List.of(), Optional.empty())));
    }

    @Override
    public void hurry() {}

    @Override
    public void setTimeouts(Timeouts timeouts, Consumer<Optional<KernelError>> done) {
      answers.add(() -> done.accept(Optional.empty()));
    }

    @Override
    public void flush(Consumer<Optional<KernelError>> done) {
      answers.add(() -> done.accept(Optional.empty()));
    }
  }
}
