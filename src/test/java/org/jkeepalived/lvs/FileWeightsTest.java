package org.jkeepalived.lvs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.jkeepalived.lvs.check.CheckedServer;
import org.jkeepalived.lvs.check.FileNumbers;
import org.jkeepalived.lvs.check.LocalCheckMaker;
import org.jkeepalived.lvs.check.RunningCheck;
import org.jkeepalived.lvs.check.ScheduledCheck;
import org.jkeepalived.model.Account;
import org.jkeepalived.model.Command;
import org.jkeepalived.model.FileTracker;
import org.jkeepalived.model.Weight;
import org.jkeepalived.model.lvs.Balancing;
import org.jkeepalived.model.lvs.Check;
import org.jkeepalived.model.lvs.CheckSchedule;
import org.jkeepalived.model.lvs.FileCheck;
import org.jkeepalived.model.lvs.Forwarding;
import org.jkeepalived.model.lvs.MiscCheck;
import org.jkeepalived.model.lvs.Protocol;
import org.jkeepalived.model.lvs.Quorum;
import org.jkeepalived.model.lvs.RealServer;
import org.jkeepalived.model.lvs.Scheduler;
import org.jkeepalived.model.lvs.ServerConduct;
import org.jkeepalived.model.lvs.VirtualServer;
import org.jkeepalived.model.lvs.VirtualServer.Conduct;
import org.jkeepalived.model.lvs.VirtualService;
import org.jkeepalived.notify.LvsEvent;
import org.jkeepalived.script.Outcome;
import org.jkeepalived.time.TimerQueue;
import org.junit.jupiter.api.Test;

/** Real servers whose weight, or life, is in files: one server, and its pool. */
class FileWeightsTest {

  private static final long SECOND = 1_000_000_000L;
  private static final CheckSchedule SCHEDULE =
      new CheckSchedule(SECOND, 0, 0, SECOND, false, false);

  private final FileNumbers files = new FileNumbers();
  private final TimerQueue timers = new TimerQueue();
  private final List<String> said = new ArrayList<>();
  private final List<Runnable> pending = new ArrayList<>();

  /** What the script exits with. */
  private int status;

  private long nowNanos;

  private final RunningCheck.Maker maker =
      new LocalCheckMaker(
          new ScheduledCheck.Surroundings(timers, () -> nowNanos, new Random(1), said::add),
          (order, done) -> {
            pending.add(() -> done.accept(new Outcome(Outcome.Kind.EXITED, status, "")));
            return () -> {};
          },
          files);

  private final PoolEffects effects =
      new PoolEffects() {
        @Override
        public OptionalLong wished(CheckedServer server) {
          return OptionalLong.empty();
        }

        @Override
        public long nowNanos() {
          return nowNanos;
        }

        @Override
        public Set<InetAddress> addresses() {
          return Set.of();
        }

        @Override
        public TimerQueue timers() {
          return timers;
        }

        @Override
        public void log(String line) {
          if (!line.startsWith("Activating")) {
            said.add(line);
          }
        }

        @Override
        public void happened(LvsEvent event) {}

        @Override
        public OptionalLong markOf(VirtualService service) {
          return OptionalLong.empty();
        }

        @Override
        public void changed(ServerPool pool) {}

        @Override
        public RunningCheck check(
            CheckedServer server, Check check, boolean up, RunningCheck.Listener listener) {
          return maker.make(server, check, up, listener);
        }
      };

  private static FileCheck file(String name, int weight, boolean reversed) {
    return new FileCheck(
        SCHEDULE,
        new FileTracker(name, "/run/" + name, new Weight(1, false), Optional.empty()),
        new Weight(weight, reversed));
  }

  private static MiscCheck dynamicScript() {
    return new MiscCheck(
        SCHEDULE,
        new Command(List.of("/bin/x"), new Account("root", Optional.empty(), false), false),
        SECOND,
        true);
  }

  private static VirtualServer service(int weight, Check... checks) {
    RealServer server =
        new RealServer(
            DirectorDice.at("10.9.0.11", 80),
            new RealServer.Load(weight, 0, 0),
            Forwarding.NAT,
            ServerConduct.of(false, false),
            new RealServer.Tidings(
                Optional.empty(), Optional.empty(), false, false, false, Optional.empty()),
            List.of(checks));
    return new VirtualServer(
        new VirtualService.ByAddress(DirectorDice.at("10.9.0.101", 80), Protocol.TCP),
        new Balancing(Scheduler.RR, 0, false, Optional.empty(), Forwarding.NAT),
        new Quorum(1, 0, Optional.empty(), Optional.empty()),
        new Conduct(ServerConduct.of(false, false), false, false, 0, false, Optional.empty()),
        List.of(server),
        Optional.empty());
  }

  private ServerPool started(VirtualServer service) {
    ServerPool pool = new ServerPool(service, effects);
    pool.start();
    pool.check(nowNanos);
    pass(2);
    return pool;
  }

  private void pass(long seconds) {
    long end = nowNanos + seconds * SECOND;
    while (timers.nanosUntilNext(nowNanos) <= end - nowNanos) {
      nowNanos += timers.nanosUntilNext(nowNanos);
      timers.fireNext(nowNanos);
      List<Runnable> now = List.copyOf(pending);
      pending.clear();
      now.forEach(Runnable::run);
    }
    nowNanos = end;
  }

  private String said() {
    String text = String.join("\n", said);
    said.clear();
    return text;
  }

  private static String table(ServerPool pool) {
    return pool.wanted().stream()
        .flatMap(one -> one.destinations().values().stream())
        .map(settings -> "weight " + settings.weight())
        .collect(Collectors.joining(" "));
  }

  @Test
  void theQuorumIsJudgedByWhatTheFilesSay() {
    files.says("f1", 7);
    ServerPool pool = started(service(100, file("f1", 4, false)));
    assertEquals("Gained quorum 1+0=1 <= 128 for VS [10.9.0.101]:tcp:80", said());
    assertEquals("weight 128", table(pool));
    // a server that its file takes out is not in the table for a moment
    files.says("f2", 3);
    assertEquals("", table(started(service(100, file("f2", 0, false)))));
    assertEquals("", said());
  }

  @Test
  void aWeightBelow0IsNoneAndTheServerStays() {
    ServerPool pool = started(service(100, file("f1", 5, false)));
    said();
    files.says("f1", -30);
    assertEquals(
        """
        Changing weight from 100 to 0 for active service [10.9.0.11]:tcp:80 of VS \
        [10.9.0.101]:tcp:80
        Lost quorum 1-0=1 > 0 for VS [10.9.0.101]:tcp:80""",
        said());
    assertEquals("weight 0", table(pool));
    files.says("f1", 254);
    assertEquals("weight 1370", table(pool));
  }

  @Test
  void aFileTakesAServerOutAndBringsItBack() {
    ServerPool pool = started(service(100, file("f2", 0, false)));
    said();
    files.says("f2", 1);
    assertEquals(
        """
        ([10.9.0.11]:tcp:80): tracked file f2 now FAULT state
        Removing service [10.9.0.11]:tcp:80 from VS [10.9.0.101]:tcp:80
        Lost quorum 1-0=1 > 0 for VS [10.9.0.101]:tcp:80""",
        said());
    assertEquals("", table(pool));
    files.says("f2", 0);
    assertEquals(
        """
        ([10.9.0.11]:tcp:80): tracked file f2 leaving FAULT state
        Adding service [10.9.0.11]:tcp:80 to VS [10.9.0.101]:tcp:80
        Gained quorum 1+0=1 <= 100 for VS [10.9.0.101]:tcp:80""",
        said());
    assertEquals("weight 100", table(pool));
  }

  /** keepalived 2.2.7 was seen to make 6100 of 100 + 50 x 0 - 60 x -100. */
  @Test
  void whatSeveralChecksAddIsAddedUp() {
    ServerPool pool =
        started(service(100, file("f4", 50, false), file("f1", -60, false), dynamicScript()));
    files.says("f1", -100);
    assertEquals("weight 6100", table(pool));
    files.says("f4", 3);
    assertEquals("weight 6250", table(pool));
    // the script adds 8 - 2 - 100
    status = 8;
    pass(2);
    assertEquals("weight 6156", table(pool));
    files.says("f1", 0);
    files.says("f4", 0);
    assertEquals("weight 6", table(pool));
    // another weight of the configuration: what files add stays what it is
    files.says("f4", 1);
    pool.reconfigure(
        service(200, file("f4", 50, false), file("f1", -60, false), dynamicScript()), nowNanos);
    assertEquals("weight 56", table(pool));
    assertEquals(
        List.of(50L, 0L, -194L),
        pool.look(Optional.empty()).servers().get(0).checks().stream()
            .map(CheckSnapshot::added)
            .toList());
  }

  @Test
  void aReloadJudgesByWhatIsKnown() {
    files.says("f2", 3);
    ServerPool pool = started(service(100));
    said();
    assertEquals("weight 100", table(pool));
    pool.reconfigure(service(100, file("f2", 0, false)), nowNanos);
    assertEquals(
        """
        Removing service [10.9.0.11]:tcp:80 from VS [10.9.0.101]:tcp:80
        Lost quorum 1-0=1 > 0 for VS [10.9.0.101]:tcp:80""",
        said());
    assertEquals("", table(pool));
    pool.reconfigure(service(100, file("f2", 2, false)), nowNanos);
    assertEquals("weight 106", table(pool));
    pool.reconfigure(service(100), nowNanos);
    assertEquals("weight 100", table(pool));
  }
}
