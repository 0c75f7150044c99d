package org.jkeepalived.lvs;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import org.jkeepalived.dice.Dice;
import org.jkeepalived.lvs.check.CheckedServer;
import org.jkeepalived.lvs.table.DestinationSettings;
import org.jkeepalived.lvs.table.ServiceKey;
import org.jkeepalived.lvs.table.ServiceSettings;
import org.jkeepalived.lvs.table.TableChange;
import org.jkeepalived.model.lvs.Director;
import org.jkeepalived.model.lvs.Forwarding;
import org.jkeepalived.model.lvs.RealServer;
import org.jkeepalived.model.lvs.ServerAddress;
import org.jkeepalived.model.lvs.TableSettings.Timeouts;
import org.jkeepalived.model.lvs.TcpCheck;
import org.jkeepalived.model.lvs.VirtualServer;
import org.jkeepalived.notify.LvsEvent;
import org.jkeepalived.sim.Violation;
import org.jkeepalived.time.TimerQueue;

/**
 * The life of a director on virtual time: checks fail and recover, configurations are reloaded,
 * addresses come and go, the kernel refuses, loses its table and has one again, others change it.
 * After every step the rules are looked at.
 */
final class PoolSimulation {

  private static final long SECOND = 1_000_000_000L;
  private static final long COMPARISON_NANOS = 5 * SECOND;
  private static final int TRACE_LINES = 400;

  private final Dice dice;
  private final DirectorDice directors;
  private final PoolSabotage sabotage;
  private final SimulatedIpvs kernel;
  private final SimulatedChecks checks;
  private final PoolRules rules;
  private final VirtualServers servers;
  private final TimerQueue timers = new TimerQueue();
  private final List<String> trace = new ArrayList<>();
  private Director configured;
  private Set<InetAddress> addresses = Set.of();

  /** Addresses are told from when somebody has wanted to know them. */
  private boolean watched;

  private long nowNanos;
  private long steps;

  PoolSimulation(long seed, PoolSabotage sabotage) {
    this.sabotage = sabotage;
    dice = Dice.of(seed);
    directors = new DirectorDice(dice.split());
    kernel = new SimulatedIpvs(dice.split(), sabotage);
    rules = new PoolRules(kernel);
    checks = new SimulatedChecks(sabotage, rules::isUpAtFirst);
    servers =
        new VirtualServers(
            new VirtualServers.Surroundings(
                new ForwardedTable(kernel, sabotage),
                timers,
                () -> nowNanos,
                checks,
                this::happened,
                new TracedLog(this::logged)));
    kernel.whenItComes(
        () -> {
          if (sabotage != PoolSabotage.UNSEEN_RETURN) {
            servers.tableIsBack();
          }
        });
  }

  long steps() {
    return steps;
  }

  String trace() {
    return String.join("\n", trace);
  }

  private void note(String line) {
    if (trace.size() == TRACE_LINES) {
      trace.remove(0);
    }
    trace.add(String.format("%9.3f %s", nowNanos / 1e9, line));
  }

  private void logged(String line) {
    note(line);
    if (line.contains("cannot set the timeouts")) {
      throw new Violation("somebody complains that there is no table: " + line);
    }
  }

  private void happened(LvsEvent event) {
    for (int i = 0; i < sabotage.times(event); i++) {
      note("event " + event);
      rules.told(event);
    }
  }

  void run(int count) {
    Set<ServiceKey> left = leftBehind();
    Set<ServiceKey> claimed = new LinkedHashSet<>(left);
    if (sabotage == PoolSabotage.GREEDY) {
      claimed.addAll(kernel.services().keySet());
    }
    configured = directors.director();
    addresses = directors.addresses();
    if (dice.below(8) == 0) {
      note("there is no table yet");
      kernel.missFromTheStart();
    }
    note("start with " + text(configured));
    rules.begin(configured, left);
    wishAtFirst();
    watchAddresses();
    servers.start(sabotage.director(configured), claimed, nowNanos);
    endStep();
    for (int i = 0; i < count; i++) {
      step();
      endStep();
    }
    quieten();
    stop();
  }

  /** What an earlier run has left, beside what is somebody else's. */
  private Set<ServiceKey> leftBehind() {
    List<ServiceKey> present = new ArrayList<>();
    for (int i = dice.between(0, 4); i > 0; i--) {
      present.add(addService());
    }
    return present.stream().filter(key -> dice.flip()).collect(Collectors.toSet());
  }

  private ServiceKey addService() {
    Director other = directors.director();
    while (other.servers().isEmpty()) {
      other = directors.director();
    }
    ServiceKey key = WantedServices.keys(other.servers().get(0).service()).iterator().next();
    kernel.strange(
        new TableChange.AddService(key, new ServiceSettings("rr", 0, false, Optional.empty())));
    kernel.strange(
        new TableChange.AddDestination(
            key,
            DirectorDice.at("10.9.0.77", 80),
            new DestinationSettings(Forwarding.NAT, 7, 0, 0)));
    return key;
  }

  private void step() {
    steps++;
    switch (dice.below(14)) {
      case 0, 1, 2 -> pass(dice.below(3 * SECOND));
      case 3, 4, 5, 6 -> judge();
      case 7 -> weigh();
      case 8 -> reload();
      case 9 -> {
        if (dice.flip()) {
          disturb();
        } else {
          wish();
        }
      }
      case 10 -> {
        boolean refusing = dice.below(4) == 0;
        note(refusing ? "the kernel refuses" : "the kernel obeys");
        kernel.refuse(refusing);
      }
      case 11 -> moveAddresses();
      case 12 -> loseOrGiveTable();
      default -> {
        if (dice.below(4) == 0) {
          quieten();
        }
      }
    }
  }

  /** They are asked for where a virtual server wants them, and once they are, always told. */
  private void watchAddresses() {
    if (VirtualServers.needsAddresses(configured) && !watched) {
      watched = true;
      servers.addressesAre(addresses, nowNanos);
    }
  }

  private void moveAddresses() {
    addresses = directors.addresses();
    note("addresses are " + addresses);
    if (watched && sabotage != PoolSabotage.DEAF_TO_ADDRESSES) {
      servers.addressesAre(addresses, nowNanos);
    }
  }

  /**
   * A table that goes and comes while nobody asks for it is another one, and nobody has missed it.
   */
  private void loseOrGiveTable() {
    if (!kernel.isThere()) {
      note("the table comes");
      kernel.come();
    } else if (dice.below(3) == 0) {
      note("the table goes");
      kernel.lose();
      rules.lost();
      if (dice.below(4) == 0) {
        note("the table comes at once");
        kernel.come();
      }
    }
  }

  private void endStep() {
    servers.endTurn();
    rules.look(configured, checks.all(), servers);
    rules.checksRun(configured, checks.all(), checks.running(), addresses);
  }

  private void pass(long nanos) {
    long untilNanos = nowNanos + nanos;
    while (nowNanos < untilNanos) {
      nowNanos = Math.min(untilNanos, nowNanos + 5_000_000);
      kernel.advance(nowNanos);
      while (timers.fireNext(nowNanos)) {
        note("comparison");
      }
      servers.endTurn();
    }
  }

  private void judge() {
    List<SimulatedChecks.One> running = checks.running();
    if (running.isEmpty()) {
      return;
    }
    SimulatedChecks.One one = dice.of(running);
    if (dice.flip()) {
      note(one + " of " + one.server() + " succeeds");
      one.succeed();
    } else {
      note(one + " of " + one.server() + " fails");
      one.fail();
    }
  }

  private void weigh() {
    List<SimulatedChecks.One> running = checks.running();
    if (!running.isEmpty()) {
      SimulatedChecks.One one = dice.of(running);
      OptionalLong weight =
          dice.flip() ? OptionalLong.empty() : OptionalLong.of(dice.of(0L, 1L, 3L, 50L, 253L));
      note(one + " of " + one.server() + " wants weight " + weight);
      one.weigh(weight);
    }
  }

  /** An earlier run has saved wishes: for servers that are there, and for one that is not. */
  private void wishAtFirst() {
    if (configured.servers().isEmpty() || dice.flip()) {
      return;
    }
    VirtualServer service = dice.of(configured.servers());
    CheckedServer name = PoolRules.name(service, dice.of(service.servers()));
    long weight = dice.of(0L, 50L);
    note(name + " is to have weight " + weight + " from the start");
    rules.wishes(name, OptionalLong.of(weight));
    servers.wishAtFirst(
        Map.of(name, Wish.lasting(weight), new CheckedServer("gone", "gone"), Wish.lasting(9)));
  }

  /** The operator has a wish. */
  private void wish() {
    if (configured.servers().isEmpty()) {
      return;
    }
    VirtualServer service = dice.of(configured.servers());
    RealServer server = dice.of(service.servers());
    OptionalLong weight =
        dice.flip() ? OptionalLong.empty() : OptionalLong.of(dice.of(0L, 0L, 1L, 50L));
    CheckedServer name = PoolRules.name(service, server);
    note(name + " is to have weight " + weight);
    rules.wishes(name, weight);
    if (sabotage != PoolSabotage.DEAF_TO_WISHES) {
      servers.wish(
          name,
          weight.isPresent()
              ? Optional.of(new Wish(weight.getAsLong(), OptionalLong.empty()))
              : Optional.empty());
    }
  }

  private void reload() {
    Director target = dice.below(6) == 0 ? directors.director() : directors.like(configured);
    note("reload " + text(target));
    rules.reloaded(configured, target);
    configured = target;
    if (sabotage != PoolSabotage.NO_RELOAD) {
      watchAddresses();
      servers.reload(sabotage.director(target), nowNanos);
    }
  }

  /** Somebody else changes the table. */
  private void disturb() {
    if (!kernel.isThere()) {
      return;
    }
    List<ServiceKey> keys = new ArrayList<>(kernel.services().keySet());
    if (keys.isEmpty() || dice.below(3) == 0) {
      if (dice.flip()) {
        ServiceKey key = addService();
        note("somebody else adds " + key);
        rules.strange(key);
      }
      return;
    }
    ServiceKey key = dice.of(keys);
    Map<ServerAddress, SimulatedIpvs.Destination> destinations =
        kernel.services().get(key).destinations();
    TableChange change = new TableChange.RemoveService(key);
    if (!destinations.isEmpty() && dice.flip()) {
      ServerAddress address = destinations.keySet().iterator().next();
      change =
          dice.flip()
              ? new TableChange.RemoveDestination(key, address)
              : new TableChange.EditDestination(
                  key, address, new DestinationSettings(Forwarding.NAT, 77, 0, 0));
    }
    note("somebody else: " + change);
    kernel.strange(change);
    rules.strange(key);
  }

  /** Nobody disturbs for a while: then the table must be as it is wanted. */
  private void quieten() {
    kernel.refuse(false);
    if (!kernel.isThere()) {
      kernel.come();
    }
    endStep();
    pass(3 * COMPARISON_NANOS);
    kernel.calm();
    rules.quiet();
    endStep();
    rules.isAsWanted(configured, checks.all(), servers);
    rules.timeoutsAre(configured.table().timeouts());
  }

  private void stop() {
    boolean keep = dice.below(4) == 0;
    boolean[] done = {false};
    note(keep ? "stop, keeping the table" : "stop");
    if (sabotage != PoolSabotage.NO_CLEANING) {
      servers.stop(keep, () -> done[0] = true);
      // with VRRP addresses go at the same time
      moveAddresses();
      if (!checks.running().isEmpty()) {
        throw new Violation("a check runs after the stop");
      }
      pass(SECOND);
      if (!done[0]) {
        throw new Violation("the stop does not end");
      }
    }
    if (!checks.all().isEmpty() && sabotage != PoolSabotage.NO_CLEANING) {
      throw new Violation("a check runs after the stop");
    }
    if (!keep) {
      rules.isCleaned(configured);
      rules.timeoutsAre(Timeouts.KERNEL);
    }
  }

  private static String text(Director director) {
    StringBuilder text = new StringBuilder();
    for (VirtualServer service : director.servers()) {
      text.append("\n    ").append(WantedServices.keys(service.service()));
      text.append(service.conduct().suspended() ? " suspended" : "");
      text.append(" quorum ").append(service.quorum().weight());
      text.append(" hysteresis ").append(service.quorum().hysteresis());
      service
          .sorry()
          .ifPresent(
              sorry ->
                  text.append(sorry.inhibited() ? " inhibited" : "")
                      .append(" sorry ")
                      .append(sorry.address()));
      for (RealServer server : service.servers()) {
        text.append(", ").append(server.address()).append(" x").append(server.load().weight());
        text.append(server.inhibited() ? " inhibited" : "");
        text.append(" checks ");
        server
            .checks()
            .forEach(
                check ->
                    text.append(((TcpCheck) check).connection().target().port())
                        .append(check.schedule().alpha() ? "a" : ""));
      }
    }
    return text.toString();
  }
}
