package org.jkeepalived.lvs;

import java.net.InetAddress;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jkeepalived.lvs.check.CheckedServer;
import org.jkeepalived.lvs.table.DestinationSettings;
import org.jkeepalived.lvs.table.ServiceKey;
import org.jkeepalived.lvs.table.TableService;
import org.jkeepalived.model.lvs.Check;
import org.jkeepalived.model.lvs.Director;
import org.jkeepalived.model.lvs.Forwarding;
import org.jkeepalived.model.lvs.RealServer;
import org.jkeepalived.model.lvs.ServerAddress;
import org.jkeepalived.model.lvs.TableSettings.Timeouts;
import org.jkeepalived.model.lvs.VirtualServer;
import org.jkeepalived.model.lvs.VirtualService;
import org.jkeepalived.notify.LvsEvent;
import org.jkeepalived.sim.Violation;

/** What must hold after every step, told from the configuration and from what checks say. */
final class PoolRules {

  private final SimulatedIpvs kernel;
  private final Map<CheckedServer, Boolean> alive = new HashMap<>();
  private final Map<CheckedServer, Boolean> toldAlive = new HashMap<>();

  /** {@code rs_init_notifies}: who may be told to be up without having come up. */
  private final Set<CheckedServer> introduced = new HashSet<>();

  /** Who has been told of for the first time, of those that are told of from the start. */
  private final Set<CheckedServer> introductions = new HashSet<>();

  private final Map<CheckedServer, Long> wished = new HashMap<>();
  private final Map<String, Boolean> toldQuorum = new HashMap<>();
  private final Map<VirtualService, Boolean> quorums = new HashMap<>();
  private final Map<ServiceKey, SimulatedIpvs.Service> before = new HashMap<>();
  private final Map<ServiceKey, SimulatedIpvs.Service> foreign = new HashMap<>();

  /** What has gone by a reload, and may have come again: what is told of it may be old. */
  private final Set<String> unsure = new HashSet<>();

  /** Of which it is not known what was told last of their quorum. */
  private final Set<String> vague = new HashSet<>();

  /** A reload may have given services to others, and the kernel has not got that yet. */
  private boolean moving;

  private Director configured = Director.NONE;
  private Set<CheckedServer> known = new HashSet<>();

  PoolRules(SimulatedIpvs kernel) {
    this.kernel = kernel;
  }

  void begin(Director director, Set<ServiceKey> leftBehind) {
    foreign.putAll(kernel.services());
    foreign.keySet().removeAll(leftBehind);
    take(director);
  }

  private void take(Director director) {
    configured = director;
    for (VirtualServer server : director.servers()) {
      WantedServices.keys(server.service()).forEach(foreign::remove);
      server.servers().stream()
          .filter(real -> real.tidings().fromStart())
          .forEach(real -> introduced.add(name(server, real)));
    }
  }

  /** Servers that are gone start anew should they come again; so do those of another service. */
  void reloaded(Director old, Director target) {
    Map<CheckedServer, Boolean> kept = new HashMap<>();
    Map<String, Boolean> keptQuorum = new HashMap<>();
    for (VirtualServer server : target.servers()) {
      String service = server.service().text();
      if (old.servers().stream().anyMatch(one -> isSame(one.service(), server.service()))) {
        Optional.ofNullable(toldQuorum.get(service)).ifPresent(up -> keptQuorum.put(service, up));
        for (RealServer real : server.servers()) {
          CheckedServer name = name(server, real);
          Optional.ofNullable(alive.get(name)).ifPresent(up -> kept.put(name, up));
        }
      }
    }
    toldQuorum.keySet().stream()
        .filter(service -> !keptQuorum.containsKey(service))
        .forEach(unsure::add);
    alive.keySet().stream()
        .filter(name -> !kept.containsKey(name))
        .forEach(name -> unsure.add(name.service()));
    alive.keySet().retainAll(kept.keySet());
    // by name: to the operator a mark of another family is the same service
    wished
        .keySet()
        .removeIf(
            name ->
                target.servers().stream()
                    .flatMap(one -> one.servers().stream().map(real -> name(one, real)))
                    .noneMatch(name::equals));
    toldAlive.keySet().retainAll(kept.keySet());
    introductions.retainAll(kept.keySet());
    introduced.retainAll(kept.keySet());
    toldQuorum.keySet().retainAll(keptQuorum.keySet());
    known = new HashSet<>(alive.keySet());
    moving = true;
    quorums.clear();
    take(target);
  }

  private static boolean isSame(VirtualService one, VirtualService other) {
    return ServiceIdentity.of(one).equals(ServiceIdentity.of(other));
  }

  static CheckedServer name(VirtualServer service, RealServer server) {
    return new CheckedServer(
        server.address().text(service.service().protocolText()), service.service().text());
  }

  /** A check that a reload brings is what its server was; others as {@code alpha} says. */
  boolean isUpAtFirst(CheckedServer server, Check check) {
    return known.contains(server) ? alive.get(server) : !check.schedule().alpha();
  }

  /** The operator wishes a server to have a weight, or does not care any more. */
  void wishes(CheckedServer server, OptionalLong weight) {
    wished.remove(server);
    weight.ifPresent(one -> wished.put(server, one));
  }

  /** Somebody else has changed a service: what it is now does not tell of us. */
  void strange(ServiceKey key) {
    before.remove(key);
    Optional.ofNullable(foreign.get(key))
        .ifPresent(service -> foreign.put(key, kernel.services().get(key)));
  }

  /** Nothing has been refused or changed by others for a while. */
  void quiet() {
    before.clear();
    before.putAll(kernel.services());
    toldAlive.keySet().removeIf(name -> unsure.contains(name.service()));
    toldQuorum.keySet().removeAll(unsure);
    vague.addAll(unsure);
    unsure.clear();
  }

  /** The kernel has no table any more: what comes next is another one. */
  void lost() {
    before.clear();
    foreign.clear();
  }

  /**
   * {@code ha_suspend}: a check runs, once the table is written, unless none of its service's
   * addresses is here.
   */
  void checksRun(
      Director director,
      List<SimulatedChecks.One> all,
      List<SimulatedChecks.One> running,
      Set<InetAddress> addresses) {
    for (VirtualServer service : director.servers()) {
      boolean runs = !service.conduct().suspended() || isHere(service.service(), addresses);
      for (SimulatedChecks.One one : all) {
        if (one.server().service().equals(service.service().text())
            && running.contains(one) != runs
            && (!runs || kernel.isQuiet())) {
          throw new Violation(
              one
                  + " of "
                  + one.server()
                  + (runs ? " does not run" : " runs without an address of its service"));
        }
      }
    }
  }

  private static boolean isHere(VirtualService service, Set<InetAddress> addresses) {
    return WantedServices.keys(service).stream()
        .anyMatch(
            key ->
                key instanceof ServiceKey.ByAddress named
                    && addresses.contains(named.address().address()));
  }

  /** {@code lvs_timeouts}, once nothing is on its way; what is not configured is the kernel's. */
  void timeoutsAre(Timeouts configured) {
    Timeouts standard = SimulatedIpvs.KERNEL_TIMEOUTS;
    Timeouts expected =
        new Timeouts(
            configured.tcp().isPresent() ? configured.tcp() : standard.tcp(),
            configured.tcpFin().isPresent() ? configured.tcpFin() : standard.tcpFin(),
            configured.udp().isPresent() ? configured.udp() : standard.udp());
    if (!kernel.timeouts().equals(expected)) {
      throw new Violation("timeouts are " + kernel.timeouts() + ", not " + expected);
    }
  }

  void look(Director director, List<SimulatedChecks.One> checks, VirtualServers servers) {
    moving &= !kernel.isQuiet();
    for (VirtualServer service : director.servers()) {
      for (RealServer server : service.servers()) {
        CheckedServer name = name(service, server);
        alive.put(name, isAlive(name, checks));
        toldAlive.putIfAbsent(name, alive.get(name));
      }
      quorumHolds(service, weight(service, checks), servers);
    }
    known = new HashSet<>(alive.keySet());
    for (Map.Entry<ServiceKey, SimulatedIpvs.Service> one : foreign.entrySet()) {
      if (one.getValue() != null && kernel.services().get(one.getKey()) != one.getValue()) {
        throw new Violation(one.getKey() + " is somebody else's, and was touched");
      }
    }
    keepsConnections(director);
  }

  private static boolean isAlive(CheckedServer name, List<SimulatedChecks.One> checks) {
    return checks.stream().filter(one -> one.server().equals(name)).allMatch(one -> one.isWell());
  }

  private long weight(VirtualServer service, List<SimulatedChecks.One> checks) {
    return service.servers().stream()
        .filter(server -> alive.get(name(service, server)))
        .mapToLong(server -> weight(service, server, checks))
        .sum();
  }

  private long weight(VirtualServer service, RealServer server, List<SimulatedChecks.One> checks) {
    CheckedServer name = name(service, server);
    if (wished.containsKey(name)) {
      return wished.get(name);
    }
    long own = server.load().weight();
    long added =
        checks.stream()
            .filter(one -> one.server().equals(name))
            .mapToLong(one -> one.weight().orElse(own) - own)
            .sum();
    return Math.max(0, own + added);
  }

  /**
   * Above quorum and hysteresis it must be there, below quorum less hysteresis it must not; in
   * between it stays as it is.
   */
  private void quorumHolds(VirtualServer service, long weight, VirtualServers servers) {
    boolean up = servers.hasQuorum(service.service());
    long least = service.quorum().weight() - service.quorum().hysteresis();
    long enough = service.quorum().weight() + service.quorum().hysteresis();
    Boolean before = quorums.put(service.service(), up);
    boolean stays = before == null || before == up || weight < least || weight >= enough;
    if (up && weight < least || !up && weight >= enough || !stays) {
      throw new Violation(
          "quorum of "
              + service.service().text()
              + " is "
              + (up ? "up" : "down")
              + " at "
              + weight
              + ", and was "
              + before);
    }
  }

  /** What is wanted before and after, and not touched by others, is still the same one. */
  private void keepsConnections(Director director) {
    Set<ServiceKey> wanted = new HashSet<>();
    director.servers().forEach(one -> wanted.addAll(WantedServices.keys(one.service())));
    before.keySet().retainAll(wanted);
    for (Map.Entry<ServiceKey, SimulatedIpvs.Service> one : before.entrySet()) {
      if (kernel.services().get(one.getKey()) != one.getValue()) {
        throw new Violation(one.getKey() + " was made anew and has lost its connections");
      }
    }
    if (!kernel.isDisturbed() && kernel.isQuiet()) {
      kernel
          .services()
          .forEach(
              (key, service) -> {
                if (wanted.contains(key)) {
                  before.put(key, service);
                }
              });
    }
  }

  void told(LvsEvent event) {
    if (kernel.isKnownMissing()) {
      throw new Violation("somebody was told " + event + " without a table");
    }
    if (event instanceof LvsEvent.QuorumState state) {
      vague.remove(state.service());
    }
    if (unsure.contains(event.service())) {
      return;
    }
    if (event instanceof LvsEvent.ServerState state) {
      toldOfServer(new CheckedServer(state.server(), state.service()), state.up());
    } else if (event instanceof LvsEvent.ServerAtStart state) {
      introduced(new CheckedServer(state.server(), state.service()));
    } else if (event instanceof LvsEvent.QuorumState state) {
      Boolean last = toldQuorum.put(state.service(), state.up());
      if (last != null && last == state.up()) {
        throw new Violation(state.service() + " was told its quorum " + state.up() + " twice");
      }
    }
  }

  private void toldOfServer(CheckedServer name, boolean up) {
    Boolean last = toldAlive.put(name, up);
    boolean first = !introductions.contains(name) && introduced.contains(name);
    if (last != null && last == up && !(first && up)) {
      throw new Violation(name + " was told to be " + up + " twice");
    }
    introductions.add(name);
    if (!up && !alive.getOrDefault(name, true) && !kernel.isDisturbed() && !moving) {
      isOutOfTheTable(name);
    }
  }

  private void introduced(CheckedServer name) {
    if (!introductions.add(name)) {
      throw new Violation(name + " was told to be there twice, or late");
    }
    toldAlive.put(name, true);
  }

  /** Whoever is told that a server is down finds no weight for it in the table. */
  private void isOutOfTheTable(CheckedServer name) {
    for (VirtualServer service : configured.servers()) {
      for (ServiceKey key : WantedServices.keys(service.service())) {
        boolean alone = namedBy(configured, key).size() == 1;
        if (alone && service.service().text().equals(name.service())) {
          for (RealServer server : service.servers()) {
            ServerAddress address = at(service, key, server);
            if (name(service, server).equals(name) && kernel.weight(key, address) > 0) {
              throw new Violation(name + " was told to be down before the table was written");
            }
          }
        }
      }
    }
  }

  private static ServerAddress at(VirtualServer service, ServiceKey key, RealServer server) {
    return at(service, key, server.address(), server.forwarding());
  }

  /** The kernel has for each virtual server what it is to have, and everybody was told. */
  void isAsWanted(Director director, List<SimulatedChecks.One> checks, VirtualServers servers) {
    Map<ServiceKey, TableService> table = new LinkedHashMap<>();
    kernel.table().forEach(service -> table.put(service.key(), service));
    Set<ServiceKey> seen = new HashSet<>();
    for (VirtualServer service : director.servers()) {
      for (ServiceKey key : WantedServices.keys(service.service())) {
        if (!seen.add(key)) {
          continue;
        }
        TableService found = table.get(key);
        if (found == null) {
          throw new Violation(key + " is not in the table");
        }
        if (!found.settings().scheduler().equals(service.balancing().scheduler().text())
            || found.settings().schedulerFlags() != service.balancing().flags()
            || found.settings().persistence().isPresent()
                != service.balancing().persistence().isPresent()) {
          throw new Violation(key + " is otherwise in the table: " + found.settings());
        }
        compare(namedBy(director, key), key, found, checks, servers);
      }
      for (RealServer server : service.servers()) {
        CheckedServer name = name(service, server);
        if (!toldAlive.get(name).equals(alive.get(name))) {
          throw new Violation("nobody was told that " + name + " is alive: " + alive.get(name));
        }
      }
      quorumWasTold(service.service().text(), servers.hasQuorum(service.service()));
    }
  }

  /** Who begins without a quorum may say nothing. */
  private void quorumWasTold(String service, boolean up) {
    boolean told = toldQuorum.getOrDefault(service, false);
    if (told != up && !vague.contains(service)) {
      throw new Violation("nobody was told that the quorum of " + service + " is " + up);
    }
  }

  /** Several may name a service: it is the first one's, with the real servers of all. */
  private static List<VirtualServer> namedBy(Director director, ServiceKey key) {
    return director.servers().stream()
        .filter(one -> WantedServices.keys(one.service()).contains(key))
        .toList();
  }

  private void compare(
      List<VirtualServer> services,
      ServiceKey key,
      TableService found,
      List<SimulatedChecks.One> checks,
      VirtualServers servers) {
    Map<ServerAddress, Long> expected = new LinkedHashMap<>();
    for (VirtualServer service : services) {
      expected(service, key, checks, servers).forEach(expected::putIfAbsent);
    }
    for (ServerAddress address : expected.keySet()) {
      DestinationSettings settings = found.destinations().get(address);
      if (settings == null) {
        throw new Violation(address + " is not in the table for " + key);
      }
      // several servers may fall together on one address: the last one counts
      if (settings.weight() != expected.get(address)) {
        throw new Violation(
            address
                + " of "
                + key
                + " has weight "
                + settings.weight()
                + ", not "
                + expected.get(address));
      }
    }
    for (ServerAddress address : found.destinations().keySet()) {
      if (!expected.containsKey(address)) {
        throw new Violation(address + " is in the table for " + key);
      }
    }
  }

  private Map<ServerAddress, Long> expected(
      VirtualServer service,
      ServiceKey key,
      List<SimulatedChecks.One> checks,
      VirtualServers servers) {
    boolean sorry = service.sorry().isPresent() && !servers.hasQuorum(service.service());
    Map<ServerAddress, Long> expected = new LinkedHashMap<>();
    service
        .sorry()
        .filter(one -> one.inhibited() || sorry)
        .ifPresent(
            one -> expected.put(at(service, key, one.address(), one.forwarding()), sorry ? 1L : 0));
    for (RealServer server : service.servers()) {
      OptionalLong weight = expected(service, server, sorry, checks);
      ServerAddress address = at(service, key, server);
      if (weight.isPresent() && !(sorry && expected.containsKey(address))) {
        expected.put(address, weight.getAsLong());
      }
    }
    return expected;
  }

  private OptionalLong expected(
      VirtualServer service, RealServer server, boolean sorry, List<SimulatedChecks.One> checks) {
    if (alive.get(name(service, server)) && !sorry) {
      return OptionalLong.of(weight(service, server, checks));
    }
    return server.inhibited() ? OptionalLong.of(0) : OptionalLong.empty();
  }

  private static ServerAddress at(
      VirtualServer service, ServiceKey key, ServerAddress server, Forwarding forwarding) {
    if (key instanceof ServiceKey.ByAddress named) {
      return forwarding.keepsPort() || server.port() == 0
          ? server.withPort(named.address().port())
          : server;
    }
    return forwarding.method() == Forwarding.Method.DR ? server.withPort(0) : server;
  }

  /** None of ours is there any more, and all of the others'. */
  void isCleaned(Director director) {
    for (VirtualServer server : director.servers()) {
      for (ServiceKey key : WantedServices.keys(server.service())) {
        if (kernel.services().containsKey(key)) {
          throw new Violation(key + " is there after the stop");
        }
      }
    }
    look(Director.NONE, List.of(), null);
  }
}
