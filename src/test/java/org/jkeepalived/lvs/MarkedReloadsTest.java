package org.jkeepalived.lvs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jkeepalived.kernel.KernelError;
import org.jkeepalived.lvs.mark.PacketMarks;
import org.jkeepalived.lvs.mark.ScriptedMarks;
import org.jkeepalived.lvs.table.IpvsTable;
import org.jkeepalived.lvs.table.ServiceKey;
import org.jkeepalived.lvs.table.TableAnswer;
import org.jkeepalived.lvs.table.TableAnswer.Outcome;
import org.jkeepalived.lvs.table.TableChange;
import org.jkeepalived.lvs.table.TableService;
import org.jkeepalived.model.lvs.Director;
import org.jkeepalived.model.lvs.TableSettings.Timeouts;
import org.jkeepalived.time.TimerQueue;
import org.junit.jupiter.api.Test;

/**
 * Configurations of chance, one after the other, on a kernel that takes its time: no packet has a
 * mark without a service, a group that stays keeps its mark, and once it is quiet all is there.
 */
class MarkedReloadsTest {

  private static final String TABLE = "keepalived_ipvs";
  private static final int SEEDS = 300;
  private static final int STEPS = 25;

  /** One run. */
  private static final class Run implements IpvsTable {
    private final Random dice;
    private final ScriptedMarks marks = new ScriptedMarks();
    private final Set<ServiceKey> services = new LinkedHashSet<>();
    private final Deque<Runnable> answers = new ArrayDeque<>();
    private final TimerQueue timers = new TimerQueue();
    private final VirtualServers servers;
    private long nowNanos;
    private Map<String, Long> numbers = new TreeMap<>();

    Run(long seed) {
      dice = new Random(seed);
      marks.whenAsked(this::requireServices);
      servers =
          new VirtualServers(
              new VirtualServers.Surroundings(
                  this,
                  timers,
                  () -> nowNanos,
                  new SimulatedChecks(PoolSabotage.NONE, (server, check) -> true),
                  event -> {},
                  new TracedLog(line -> {})));
    }

    @Override
    public PacketMarks marks() {
      return marks;
    }

    private void requireServices() {
      for (ScriptedMarks.Seen seen : marks.seen(TABLE)) {
        ServiceKey key = new ServiceKey.ByMark(seen.mark(), seen.family());
        assertTrue(services.contains(key), () -> "marked without a service: " + key);
      }
    }

    @Override
    public void change(List<TableChange> changes, Consumer<List<TableAnswer>> done) {
      List<TableAnswer> told = new ArrayList<>();
      for (TableChange change : changes) {
        if (change instanceof TableChange.AddService) {
          assertTrue(services.add(change.service()));
        } else if (change instanceof TableChange.RemoveService) {
          assertTrue(services.remove(change.service()));
          requireServices();
        }
        told.add(new TableAnswer(change, Outcome.DONE, Optional.empty()));
      }
      later(() -> done.accept(told));
    }

    private void later(Runnable answer) {
      answers.add(answer);
    }

    @Override
    public void read(Consumer<Reading> done) {
      List<TableService> none = List.of();
      later(() -> done.accept(new Reading(none, Optional.of(new KernelError(0, "given up")))));
    }

    @Override
    public void hurry() {}

    @Override
    public void setTimeouts(Timeouts timeouts, Consumer<Optional<KernelError>> done) {}

    @Override
    public void flush(Consumer<Optional<KernelError>> done) {}

    private void answer() {
      Optional.ofNullable(answers.poll()).ifPresent(Runnable::run);
      servers.endTurn();
    }

    private void becomeQuiet() {
      for (int i = 0; i < 3; i++) {
        nowNanos += 5_000_000_000L;
        while (timers.fireNext(nowNanos)) {
          servers.endTurn();
        }
        do {
          marks.letGo();
          answer();
        } while (!answers.isEmpty());
      }
    }

    private Director director() {
      StringBuilder text = new StringBuilder("global_defs {\n");
      text.append(dice.nextInt(6) == 0 ? "" : "nftables_ipvs\n").append("}\n");
      StringBuilder heads = new StringBuilder();
      for (int group = 0; group < 4; group++) {
        if (dice.nextInt(3) == 0) {
          continue;
        }
        boolean six = group == 3;
        text.append("virtual_server_group g").append(group).append(" {\n");
        for (int i = 0; i <= dice.nextInt(3); i++) {
          int first = 1 + dice.nextInt(30);
          text.append(six ? " fd00::" + first + "-" + (first + 9) : " 10.9.0." + first)
              .append(!six && dice.nextBoolean() ? "-" + (first + 1 + dice.nextInt(8)) : "")
              .append(dice.nextBoolean() ? " 80\n" : " 81\n");
        }
        text.append("}\n");
        for (String protocol : List.of("TCP", "UDP")) {
          if (dice.nextBoolean()) {
            heads
                .append("virtual_server group g" + group + " {\n protocol " + protocol)
                .append("\n lvs_sched rr\n lvs_method NAT\n real_server ")
                .append(six ? "fd00::99" : "10.9.0.99")
                .append(" 80 {\n  weight 1\n }\n}\n");
          }
        }
      }
      return org.jkeepalived.config.Reading.of("/k.conf", text.append(heads).toString())
          .configuration()
          .director();
    }

    private void requireAll(Director director) {
      Set<String> wanted = new TreeSet<>();
      for (ServiceSnapshot look : servers.look()) {
        WantedServices.keys(look.configured().service(), look.entry().mark())
            .forEach(key -> wanted.add(key.toString()));
      }
      Set<String> present = new TreeSet<>();
      services.forEach(key -> present.add(key.toString()));
      assertEquals(wanted, present);
      boolean marked = director.table().marking().isPresent();
      Set<Long> used = new TreeSet<>();
      for (ServiceSnapshot look : servers.look()) {
        assertEquals(marked, look.entry().mark().isPresent());
        look.entry().mark().ifPresent(used::add);
      }
      for (ScriptedMarks.Seen seen : marks.seen(TABLE)) {
        assertTrue(used.contains(seen.mark()), () -> "a mark of nobody: " + seen);
      }
      assertEquals(marked && hasGroups(director), !marks.seen(TABLE).isEmpty());
    }

    private static boolean hasGroups(Director director) {
      return !director.servers().isEmpty();
    }

    /** As long as marks are in use, those that stay keep theirs. */
    private void requireSameNumbers(boolean marked) {
      Map<String, Long> now = new TreeMap<>();
      for (ServiceSnapshot look : servers.look()) {
        look.entry()
            .mark()
            .ifPresent(
                mark ->
                    now.put(
                        look.configured()
                            .service()
                            .toString()
                            .replaceAll("ServerGroup\\[name=(g.).*protocol=(...).*", "$1 $2"),
                        mark));
      }
      if (marked) {
        now.forEach((group, mark) -> assertEquals(numbers.getOrDefault(group, mark), mark));
      }
      numbers = now;
    }

    void run() {
      Director director = director();
      servers.start(director, List.of(), nowNanos);
      servers.endTurn();
      for (int step = 0; step < STEPS; step++) {
        switch (dice.nextInt(5)) {
          case 0 -> marks.flush();
          case 1 -> marks.hold();
          case 2 -> answer();
          default -> {
            boolean stays = director.table().marking().isPresent();
            director = director();
            servers.reload(director, nowNanos);
            servers.endTurn();
            requireSameNumbers(stays && director.table().marking().isPresent());
          }
        }
        if (dice.nextInt(4) == 0) {
          becomeQuiet();
          requireAll(director);
        }
      }
      servers.stop(false, () -> {});
      while (!answers.isEmpty()) {
        answers.remove().run();
      }
      marks.letGo();
      assertEquals(Set.of(), services);
      assertTrue(marks.seen(TABLE).isEmpty());
      assertTrue(!marks.has(TABLE));
    }
  }

  @Test
  void noPacketHasAMarkWithoutAService() {
    for (long seed = 0; seed < SEEDS; seed++) {
      try {
        new Run(seed).run();
      } catch (AssertionError | RuntimeException e) {
        throw new AssertionError("seed " + seed, e);
      }
    }
  }
}
