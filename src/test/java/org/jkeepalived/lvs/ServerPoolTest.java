package org.jkeepalived.lvs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import org.jkeepalived.lvs.check.CheckedServer;
import org.jkeepalived.lvs.check.RunningCheck;
import org.jkeepalived.lvs.table.TableService;
import org.jkeepalived.lvs.table.TableText;
import org.jkeepalived.model.lvs.Balancing;
import org.jkeepalived.model.lvs.Check;
import org.jkeepalived.model.lvs.CheckConnection;
import org.jkeepalived.model.lvs.CheckSchedule;
import org.jkeepalived.model.lvs.Forwarding;
import org.jkeepalived.model.lvs.Protocol;
import org.jkeepalived.model.lvs.Quorum;
import org.jkeepalived.model.lvs.RealServer;
import org.jkeepalived.model.lvs.Scheduler;
import org.jkeepalived.model.lvs.ServerAddress;
import org.jkeepalived.model.lvs.ServerConduct;
import org.jkeepalived.model.lvs.ServerGroup;
import org.jkeepalived.model.lvs.TcpCheck;
import org.jkeepalived.model.lvs.VirtualServer;
import org.jkeepalived.model.lvs.VirtualServer.Conduct;
import org.jkeepalived.model.lvs.VirtualServer.SorryServer;
import org.jkeepalived.model.lvs.VirtualService;
import org.jkeepalived.notify.LvsEvent;
import org.jkeepalived.time.TimerQueue;
import org.junit.jupiter.api.Test;

/** What a pool says, tells and wants, step by step; the words are those of keepalived's log. */
class ServerPoolTest {

  private final List<String> said = new ArrayList<>();
  private boolean up = true;
  private final SimulatedChecks checks =
      new SimulatedChecks(PoolSabotage.NONE, (server, check) -> up);
  private final TimerQueue timers = new TimerQueue();
  private long nowNanos;
  private Set<InetAddress> addresses = Set.of();

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
          return addresses;
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
        public void happened(LvsEvent event) {
          said.add(
              (event.line().isEmpty() ? event.toString() : event.line())
                  + event.mail().map(text -> " mail").orElse(""));
        }

        @Override
        public OptionalLong markOf(VirtualService service) {
          return OptionalLong.empty();
        }

        @Override
        public void changed(ServerPool pool) {}

        @Override
        public RunningCheck check(
            CheckedServer server, Check check, boolean upNow, RunningCheck.Listener listener) {
          up = upNow;
          return checks.make(server, check, upNow, listener);
        }
      };

  // ---- a configuration ----

  private int quorum = 1;
  private int hysteresis;
  private boolean alpha;
  private boolean fromStart;
  private boolean omega;
  private boolean suspended;
  private long slowStartNanos;
  private boolean inhibited;
  private Optional<SorryServer> sorry = Optional.empty();
  private VirtualService service = new VirtualService.ByAddress(at("10.9.0.101", 80), Protocol.TCP);

  private static ServerAddress at(String address, int port) {
    return DirectorDice.at(address, port);
  }

  private RealServer server(int number, int weight) {
    ServerAddress address = at("10.9.0.1" + number, 80);
    return new RealServer(
        address,
        new RealServer.Load(weight, 0, 0),
        Forwarding.NAT,
        ServerConduct.of(alpha, inhibited),
        new RealServer.Tidings(
            Optional.empty(), Optional.empty(), false, false, fromStart, Optional.empty()),
        List.of(
            new TcpCheck(
                new CheckSchedule(1, 0, 0, 1, alpha, false),
                new CheckConnection(
                    address, Optional.empty(), 0, Optional.empty(), 0, 1_000_000_000L))));
  }

  private VirtualServer virtualServer(RealServer... servers) {
    return new VirtualServer(
        service,
        new Balancing(Scheduler.RR, 0, false, Optional.empty(), Forwarding.NAT),
        new Quorum(quorum, hysteresis, Optional.empty(), Optional.empty()),
        new Conduct(
            ServerConduct.of(alpha, false),
            omega,
            suspended,
            slowStartNanos,
            false,
            Optional.empty()),
        List.of(servers),
        sorry);
  }

  private void sorryServer(boolean staysInTheTable) {
    sorry = Optional.of(new SorryServer(at("10.9.0.99", 80), Forwarding.NAT, staysInTheTable));
  }

  private ServerPool started(RealServer... servers) {
    ServerPool pool = new ServerPool(virtualServer(servers), effects);
    pool.start();
    pool.check(0);
    return pool;
  }

  private void set(int server, boolean well) {
    for (SimulatedChecks.One one : checks.running()) {
      if (one.server().server().startsWith("[10.9.0.1" + server + "]")) {
        if (well) {
          one.succeed();
        } else {
          one.fail();
        }
      }
    }
  }

  private void says(String... lines) {
    assertEquals(String.join("\n", lines), String.join("\n", said));
    said.clear();
  }

  /** The only service's servers, such as {@code 11x1 12x0}. */
  private static String table(ServerPool pool) {
    return table(pool.wanted().get(0));
  }

  private static String table(TableService service) {
    return service.destinations().entrySet().stream()
        .map(
            one ->
                one.getKey().addressText().replaceAll(".*\\.", "")
                    + (one.getKey().port() == 80 ? "" : ":" + one.getKey().port())
                    + "x"
                    + one.getValue().weight())
        .collect(Collectors.joining(" "));
  }

  // ---- slow start and the operator's wish ----

  private void pass(long nanos) {
    long untilNanos = nowNanos + nanos;
    while (timers.fireNext(untilNanos)) {
      nowNanos = untilNanos;
    }
    nowNanos = untilNanos;
  }

  @Test
  void aServerThatComesBackIsGivenItsWeightInTenSteps() {
    slowStartNanos = 10;
    ServerPool pool = started(server(1, 50), server(2, 3));
    assertEquals("11x50 12x3", table(pool), "nobody starts slowly with the daemon");
    set(1, false);
    assertEquals("12x3", table(pool));
    said.clear();
    set(1, true);
    says(
        "Adding service [10.9.0.11]:tcp:80 to VS [10.9.0.101]:tcp:80",
        "Slow start of service [10.9.0.11]:tcp:80 of VS [10.9.0.101]:tcp:80: weight 5 of 50 at first",
        "RS [10.9.0.11]:tcp:80 [10.9.0.101]:tcp:80 UP");
    assertEquals(53, pool.weight(), "the quorum counts it whole");
    for (int step = 1; step <= 9; step++) {
      assertEquals("11x" + 5 * step + " 12x3", table(pool));
      pass(1);
    }
    assertEquals("11x50 12x3", table(pool));
    pass(1);
    says("Slow start of service [10.9.0.11]:tcp:80 of VS [10.9.0.101]:tcp:80 is over: weight 50");
    set(1, false);
    set(1, true);
    assertEquals("11x5 12x3", table(pool));
    set(1, false);
    said.clear();
    pass(20);
    says("");
    set(2, false);
    set(2, true);
    assertEquals("12x1", table(pool), "never less than 1");
  }

  @Test
  void aDrainedServerHasNoWeightUntilTheOperatorWishesOtherwise() {
    ServerPool pool = started(server(1, 5), server(2, 3));
    said.clear();
    pool.wish("[10.9.0.11]:tcp:80", OptionalLong.of(0));
    says(
        "Changing weight from 5 to 0 for active service [10.9.0.11]:tcp:80 of VS [10.9.0.101]:tcp:80");
    assertEquals("11x0 12x3", table(pool));
    pool.wish("[10.9.0.11]:tcp:80", OptionalLong.of(0));
    says("");
    set(1, false);
    assertEquals("12x3", table(pool));
    set(1, true);
    assertEquals("11x0 12x3", table(pool), "it is well, and drained");
    pool.reconfigure(virtualServer(server(1, 7), server(2, 3)), nowNanos);
    assertEquals("11x0 12x3", table(pool), "a reload does not forget it");
    assertTrue(pool.look(Optional.empty()).servers().get(0).share().drained());
    said.clear();
    pool.wish("[10.9.0.11]:tcp:80", OptionalLong.empty());
    says(
        "Changing weight from 0 to 7 for active service [10.9.0.11]:tcp:80 of VS [10.9.0.101]:tcp:80");
    assertEquals("11x7 12x3", table(pool));
  }

  @Test
  void aWeightThatTheOperatorWishesStandsAboveAllOthers() {
    ServerPool pool = started(server(1, 5), server(2, 3));
    pool.wish("[10.9.0.11]:tcp:80", OptionalLong.of(40));
    pool.wish("[10.9.0.19]:tcp:80", OptionalLong.of(7));
    assertEquals("11x40 12x3", table(pool), "and nothing of the one that is not there");
    set(1, false);
    assertEquals("12x3", table(pool), "whether it serves is for its checks to say");
    set(1, true);
    pool.reconfigure(virtualServer(server(1, 7), server(2, 3)), nowNanos);
    assertEquals("11x40 12x3", table(pool));
    assertEquals(
        OptionalLong.of(40), pool.look(Optional.empty()).servers().get(0).share().wished());
    pool.wish("[10.9.0.11]:tcp:80", OptionalLong.empty());
    assertEquals("11x7 12x3", table(pool));
  }

  // ---- rs_init_notifies ----

  @Test
  void serversThatAreUpFromTheStartAreToldOfWhereThatIsWanted() {
    started(server(1, 1), server(2, 1));
    says("Gained quorum 1+0=1 <= 2 for VS [10.9.0.101]:tcp:80", "VS [10.9.0.101]:tcp:80 UP");
    fromStart = true;
    ServerPool pool = started(server(1, 1), server(2, 1));
    says(
        "RS [10.9.0.11]:tcp:80 [10.9.0.101]:tcp:80 UP",
        "RS [10.9.0.12]:tcp:80 [10.9.0.101]:tcp:80 UP",
        "Gained quorum 1+0=1 <= 2 for VS [10.9.0.101]:tcp:80",
        "VS [10.9.0.101]:tcp:80 UP");
    pool.reconfigure(virtualServer(server(2, 1), server(3, 1)), nowNanos);
    assertEquals(
        List.of("RS [10.9.0.13]:tcp:80 [10.9.0.101]:tcp:80 UP"),
        said.stream().filter(line -> line.startsWith("RS")).toList());
  }

  @Test
  void serversThatComeUpAreToldOfOnce() {
    fromStart = true;
    alpha = true;
    started(server(1, 1));
    says("");
    set(1, true);
    assertEquals(
        List.of("RS [10.9.0.11]:tcp:80 [10.9.0.101]:tcp:80 UP"),
        said.stream().filter(line -> line.startsWith("RS")).toList());
  }

  // ---- quorum and sorry server ----

  @Test
  void serversFailAndComeBackWithASorryServer() {
    sorryServer(false);
    ServerPool pool = started(server(1, 1), server(2, 1));
    says("Gained quorum 1+0=1 <= 2 for VS [10.9.0.101]:tcp:80", "VS [10.9.0.101]:tcp:80 UP");
    assertEquals("11x1 12x1", table(pool));
    set(1, false);
    says(
        "Removing service [10.9.0.11]:tcp:80 from VS [10.9.0.101]:tcp:80",
        "RS [10.9.0.11]:tcp:80 [10.9.0.101]:tcp:80 DOWN");
    assertEquals("12x1", table(pool));
    set(2, false);
    says(
        "Removing service [10.9.0.12]:tcp:80 from VS [10.9.0.101]:tcp:80",
        "RS [10.9.0.12]:tcp:80 [10.9.0.101]:tcp:80 DOWN",
        "Lost quorum 1-0=1 > 0 for VS [10.9.0.101]:tcp:80",
        "Adding sorry server [10.9.0.99]:tcp:80 to VS [10.9.0.101]:tcp:80",
        "Removing alive servers from the pool for VS [10.9.0.101]:tcp:80",
        "VS [10.9.0.101]:tcp:80 DOWN");
    assertEquals("99x1", table(pool));
    set(1, true);
    says(
        "Adding service [10.9.0.11]:tcp:80 to VS [10.9.0.101]:tcp:80",
        "RS [10.9.0.11]:tcp:80 [10.9.0.101]:tcp:80 UP",
        "Gained quorum 1+0=1 <= 1 for VS [10.9.0.101]:tcp:80",
        "Removing sorry server [10.9.0.99]:tcp:80 from VS [10.9.0.101]:tcp:80",
        "Adding alive servers to the pool for VS [10.9.0.101]:tcp:80",
        "VS [10.9.0.101]:tcp:80 UP");
    assertEquals("11x1", table(pool));
  }

  @Test
  void inhibitedServersStayWithWeightZero() {
    quorum = 2;
    hysteresis = 1;
    inhibited = true;
    sorryServer(true);
    ServerPool pool = started(server(1, 1), server(2, 1), server(3, 1));
    said.clear();
    assertEquals("99x0 11x1 12x1 13x1", table(pool));
    set(1, false);
    set(2, false);
    set(3, false);
    assertEquals("11x0 12x0 13x0 99x1", table(pool));
    set(1, true);
    set(2, true);
    assertEquals("11x0 12x0 13x0 99x1", table(pool));
    said.clear();
    set(3, true);
    says(
        "Enabling service [10.9.0.13]:tcp:80 of VS [10.9.0.101]:tcp:80",
        "RS [10.9.0.13]:tcp:80 [10.9.0.101]:tcp:80 UP",
        "Gained quorum 2+1=3 <= 3 for VS [10.9.0.101]:tcp:80",
        "Disabling sorry server [10.9.0.99]:tcp:80 from VS [10.9.0.101]:tcp:80",
        "Adding alive servers to the pool for VS [10.9.0.101]:tcp:80",
        "VS [10.9.0.101]:tcp:80 UP");
    assertEquals("99x0 11x1 12x1 13x1", table(pool));
  }

  @Test
  void withAlphaAndASorryServerTheQuorumIsDownAtFirst() {
    alpha = true;
    up = false;
    sorryServer(false);
    ServerPool pool = started(server(1, 1));
    says(
        "Starting with quorum down 1-0=1 > 0 for VS [10.9.0.101]:tcp:80",
        "Adding sorry server [10.9.0.99]:tcp:80 to VS [10.9.0.101]:tcp:80",
        "Removing alive servers from the pool for VS [10.9.0.101]:tcp:80",
        "VS [10.9.0.101]:tcp:80 DOWN");
    assertEquals("99x1", table(pool));
  }

  @Test
  void withAlphaAloneNobodyIsTold() {
    alpha = true;
    up = false;
    ServerPool pool = started(server(1, 1));
    says("");
    assertEquals("", table(pool));
    set(1, true);
    says(
        "Adding service [10.9.0.11]:tcp:80 to VS [10.9.0.101]:tcp:80",
        "RS [10.9.0.11]:tcp:80 [10.9.0.101]:tcp:80 UP",
        "Gained quorum 1+0=1 <= 1 for VS [10.9.0.101]:tcp:80",
        "VS [10.9.0.101]:tcp:80 UP");
  }

  // ---- reload and stop ----

  @Test
  void aReloadWithoutAChangeSaysNothing() {
    ServerPool pool = started(server(1, 1), server(2, 1));
    set(1, false);
    said.clear();
    pool.reconfigure(virtualServer(server(1, 1), server(2, 1)), 0);
    says("");
    assertEquals("12x1", table(pool));
  }

  @Test
  void aDeadServersWeightChangesInSilenceOfTheTable() {
    inhibited = true;
    ServerPool pool = started(server(1, 5), server(2, 3));
    set(1, false);
    said.clear();
    pool.reconfigure(virtualServer(server(1, 7), server(2, 4)), 0);
    says(
        "Changing weight from 5 to 7 for inactive service [10.9.0.11]:tcp:80 of VS"
            + " [10.9.0.101]:tcp:80",
        "Changing weight from 3 to 4 for active service [10.9.0.12]:tcp:80 of VS"
            + " [10.9.0.101]:tcp:80");
    assertEquals("11x0 12x4", table(pool));
    pool.reconfigure(virtualServer(server(2, 4)), 0);
    says(
        "service [10.9.0.11]:tcp:80 no longer exist",
        "Removing (inhibited) service [10.9.0.11]:tcp:80 from VS [10.9.0.101]:tcp:80");
    assertEquals("12x4", table(pool));
    inhibited = false;
    set(2, false);
    pool.reconfigure(virtualServer(server(2, 4)), 0);
    assertEquals("", table(pool));
  }

  @Test
  void sorryServersAreExchangedAtOnce() {
    sorryServer(false);
    ServerPool pool = started(server(1, 1));
    set(1, false);
    said.clear();
    sorry = Optional.of(new SorryServer(at("10.9.0.98", 80), Forwarding.NAT, false));
    pool.reconfigure(virtualServer(server(1, 1)), 0);
    says(
        "Removing sorry server [10.9.0.99]:tcp:80 from VS [10.9.0.101]:tcp:80",
        "Adding sorry server [10.9.0.98]:tcp:80 to VS [10.9.0.101]:tcp:80");
    assertEquals("98x1", table(pool));
  }

  @Test
  void withOmegaTheStopIsToldOfTheLivingOnes() {
    omega = true;
    ServerPool pool = started(server(1, 1), server(2, 1));
    set(2, false);
    said.clear();
    pool.stop();
    says(
        "Shutting down service [10.9.0.11]:tcp:80 from VS [10.9.0.101]:tcp:80",
        "RS [10.9.0.11]:tcp:80 [10.9.0.101]:tcp:80 DOWN",
        "Shutting down service [10.9.0.12]:tcp:80 from VS [10.9.0.101]:tcp:80",
        "VS [10.9.0.101]:tcp:80 DOWN");
  }

  @Test
  void aStopThatKeepsTheTableTellsNobody() {
    omega = true;
    ServerPool pool = started(server(1, 1), server(2, 1));
    said.clear();
    pool.leave();
    says("");
    assertEquals(List.of(), checks.running());
    assertEquals("11x1 12x1", table(pool));
  }

  @Test
  void whoIsUpForTheFirstTimeDoesNotStartSlowly() {
    slowStartNanos = 10;
    alpha = true;
    ServerPool pool = started(server(1, 50), server(2, 50));
    assertEquals("", table(pool));
    set(1, true);
    assertEquals("11x50", table(pool));
    set(1, false);
    set(1, true);
    assertEquals("11x5", table(pool));
  }

  // ---- weights ----

  @Test
  void weightsOfChecksAddUpAndTheQuorumFollows() {
    quorum = 50;
    ServerPool pool = started(server(1, 100));
    said.clear();
    SimulatedChecks.One check = checks.running().get(0);
    check.weigh(OptionalLong.of(8));
    says(
        "Changing weight from 100 to 8 for active service [10.9.0.11]:tcp:80 of VS"
            + " [10.9.0.101]:tcp:80",
        "Lost quorum 50-0=50 > 8 for VS [10.9.0.101]:tcp:80",
        "VS [10.9.0.101]:tcp:80 DOWN");
    assertEquals("11x8", table(pool));
    check.weigh(OptionalLong.of(0));
    assertEquals("11x0", table(pool), "weight 0 stays in the table");
    check.weigh(OptionalLong.empty());
    assertEquals("11x100", table(pool));
  }

  // ---- ha_suspend ----

  @Test
  void checksRunOnlyWhileTheAddressIsHere() {
    suspended = true;
    ServerPool pool = new ServerPool(virtualServer(server(1, 1)), effects);
    pool.start();
    pool.check(0);
    assertEquals(
        "Deactivating healthchecker for service [10.9.0.11]:tcp:80 for VS [10.9.0.101]:tcp:80",
        said.get(said.size() - 1));
    assertEquals(0, checks.running().size());
    assertEquals("11x1", table(pool));
    addresses = Set.of(DirectorDice.address("10.9.0.101"));
    pool.addressesChanged(0);
    assertEquals(1, checks.running().size());
    said.clear();
    addresses = Set.of(DirectorDice.address("10.9.0.1"));
    pool.addressesChanged(0);
    says("Suspending healthchecker for service [10.9.0.11]:tcp:80 for VS [10.9.0.101]:tcp:80");
    assertEquals(0, checks.running().size());
  }

  @Test
  void whoHasTheAddressFromTheBeginningSuspendsNothing() {
    suspended = true;
    addresses = Set.of(DirectorDice.address("10.9.0.101"));
    ServerPool pool = new ServerPool(virtualServer(server(1, 1)), effects);
    pool.start();
    pool.check(0);
    assertEquals(1, checks.running().size());
    assertEquals(List.of(), said.stream().filter(line -> line.startsWith("Deactivating")).toList());
  }

  @Test
  void aReloadThatBringsSuspensionSuspendsNothingWhereTheAddressIs() {
    ServerPool pool = started(server(1, 1));
    suspended = true;
    addresses = Set.of(DirectorDice.address("10.9.0.101"));
    said.clear();
    pool.reconfigure(virtualServer(server(1, 1)), 0);
    pool.addressesChanged(0);
    says();
    addresses = Set.of();
    pool.addressesChanged(0);
    says("Suspending healthchecker for service [10.9.0.11]:tcp:80 for VS [10.9.0.101]:tcp:80");
  }

  // ---- groups and ports ----

  @Test
  void groupsHaveEachAddressOnceAndEachItsPort() {
    service =
        new VirtualService.ByGroup(
            new ServerGroup(
                "web",
                List.of(
                    new ServerGroup.Range(DirectorDice.address("10.9.1.254"), 4, 8080),
                    new ServerGroup.Range(DirectorDice.address("10.9.1.255"), 1, 8080),
                    new ServerGroup.Range(DirectorDice.address("10.9.0.101"), 1, 443)),
                List.of(new ServerGroup.Mark(9, Optional.empty()))),
            Protocol.TCP,
            org.jkeepalived.model.AddressFamily.IPV4);
    RealServer direct =
        new RealServer(
            at("10.9.0.11", 81),
            new RealServer.Load(3, 0, 0),
            new Forwarding(Forwarding.Method.DR, Optional.empty()),
            ServerConduct.of(false, false),
            new RealServer.Tidings(
                Optional.empty(), Optional.empty(), false, false, fromStart, Optional.empty()),
            List.of());
    ServerPool pool = started(direct, server(2, 1));
    Map<String, String> tables =
        pool.wanted().stream()
            .collect(Collectors.toMap(one -> TableText.of(one.key()), ServerPoolTest::table));
    assertEquals(
        Map.of(
            "[10.9.1.254]:tcp:8080", "11:8080x3 12x1",
            "[10.9.1.255]:tcp:8080", "11:8080x3 12x1",
            "[10.9.2.0]:tcp:8080", "11:8080x3 12x1",
            "[10.9.2.1]:tcp:8080", "11:8080x3 12x1",
            "[10.9.0.101]:tcp:443", "11:443x3 12x1",
            "FWM 9", "11:0x3 12x1"),
        tables);
  }

  @Test
  void tunnelsAreTheServersOwn() {
    Forwarding gue =
        new Forwarding(
            Forwarding.Method.TUN,
            Optional.of(
                new Forwarding.Tunnel(
                    Forwarding.Tunnel.Type.GUE,
                    OptionalInt.of(5555),
                    Forwarding.Tunnel.Checksum.LOCAL)));
    RealServer plain = server(1, 1);
    RealServer tunnelled =
        new RealServer(
            plain.address(), plain.load(), gue, plain.conduct(), plain.tidings(), plain.checks());
    ServerPool pool = started(tunnelled);
    assertEquals(gue, pool.wanted().get(0).destinations().get(plain.address()).forwarding());
  }
}
