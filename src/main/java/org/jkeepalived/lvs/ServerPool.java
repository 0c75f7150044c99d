package org.jkeepalived.lvs;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jkeepalived.lvs.check.CheckedServer;
import org.jkeepalived.lvs.table.ServiceKey;
import org.jkeepalived.lvs.table.TableService;
import org.jkeepalived.model.lvs.RealServer;
import org.jkeepalived.model.lvs.ServerAddress;
import org.jkeepalived.model.lvs.VirtualServer;

/**
 * A virtual server as it runs: which of its real servers are alive, whether they are enough, and
 * what the kernel's table is to hold for it. A plain object on one thread: what checks find out and
 * other configurations come in; log lines and events go out.
 */
final class ServerPool {

  private final PoolEffects effects;
  private final Map<ServerAddress, PoolServer> servers = new LinkedHashMap<>();
  private final QuorumState quorum;
  private final SlowSteps slowSteps;
  private final PoolTidings tidings;
  private VirtualServer configured;
  private boolean started;

  /** Whether its servers are checked, unless that is {@link #suspended}. */
  private boolean checking;

  private boolean ended;
  private boolean suspended;

  ServerPool(VirtualServer configured, PoolEffects effects) {
    this.effects = effects;
    this.configured = configured;
    for (RealServer server : configured.servers()) {
      servers.put(server.address(), new PoolServer(this, server, effects));
    }
    tidings = new PoolTidings(effects, configured.service());
    slowSteps =
        new SlowSteps(
            effects.timers(),
            servers.values(),
            () -> effects.changed(this),
            tidings::slowStartIsOver);
    quorum = new QuorumState(configured.quorum(), weight(), effects.nowNanos());
  }

  VirtualServer configured() {
    return configured;
  }

  /** As keepalived names it: {@code [10.0.0.1]:tcp:80}, {@code [web]:0}, {@code FWM 5}. */
  String text() {
    return configured.service().text();
  }

  /** A server of this pool as keepalived names it. */
  String textOf(ServerAddress server) {
    return server.text(configured.service().protocolText());
  }

  /** The mark of its packets, if it is a group's; empty where each address is a service. */
  OptionalLong mark() {
    return effects.markOf(configured.service());
  }

  boolean hasQuorum() {
    return quorum.isUp();
  }

  /** What all servers that are alive weigh together. */
  long weight() {
    return servers.values().stream()
        .filter(PoolServer::isAlive)
        .mapToLong(PoolServer::weight)
        .sum();
  }

  /** Begins: the table is filled, the quorum told of; checks wait for {@link #check}. */
  void start() {
    started = true;
    effects.changed(this);
    servers.values().forEach(tidings::tellFirst);
    tidings.begins(configured, quorum.isUp(), quorum.text(weight()));
  }

  /** Has checks run from now on, unless it has ended meanwhile. */
  void check(long nowNanos) {
    if (ended) {
      return;
    }
    checking = true;
    suspended = !hasItsAddress();
    servers.values().forEach(server -> begin(server, nowNanos));
  }

  private void begin(PoolServer server, long nowNanos) {
    if (suspended) {
      server.startSuspended();
    } else {
      server.start(nowNanos);
    }
  }

  void serverUp(PoolServer server, String reason) {
    tidings.serverComes(server);
    if (server.slowStart().isRunning()) {
      tidings.slowStartBegins(server);
      slowSteps.arm(effects.nowNanos());
    }
    changed(server, reason);
  }

  /** What the operator wishes of a server, by its name in the log; empty for nothing. */
  void wish(String name, OptionalLong weight) {
    servers.values().stream()
        .filter(server -> server.text().equals(name))
        .forEach(server -> server.wish(weight));
  }

  /** Its servers, as the log names them. */
  List<CheckedServer> names() {
    return servers.values().stream()
        .map(server -> new CheckedServer(server.text(), text()))
        .toList();
  }

  void serverDown(PoolServer server, String reason) {
    tidings.serverGoes(server);
    changed(server, reason);
  }

  /** One of several checks has changed, and the server is what it was because of another one. */
  void checkChanged(PoolServer server, boolean up, String reason) {
    tidings.checkChanges(server, up, reason);
  }

  private void changed(PoolServer server, String reason) {
    effects.changed(this);
    tidings.tellServer(server, server.isAlive(), server.configured().tidings().mail(), reason);
    judge();
  }

  void weightChanged(PoolServer server, long before) {
    tidings.weightChanges(server, before);
    effects.changed(this);
    judge();
  }

  private void judge() {
    long weight = weight();
    if (!quorum.weighs(weight, effects.nowNanos())) {
      return;
    }
    tidings.quorumChanges(configured, quorum.isUp(), quorum.text(weight));
    effects.changed(this);
    tidings.tellQuorum(
        configured, quorum.isUp(), PoolTidings.quorumReason(quorum.isUp(), quorum.text(weight)));
  }

  /**
   * Goes on otherwise: what did not change does not notice.
   *
   * @param next of the same service
   */
  void reconfigure(VirtualServer next, long nowNanos) {
    if (!quorum.isUp()) {
      tidings.sorryServerIsExchanged(configured.sorry(), next.sorry());
    }
    configured = next;
    quorum.reconfigure(next.quorum());
    Map<ServerAddress, PoolServer> before = new LinkedHashMap<>(servers);
    servers.clear();
    Map<PoolServer, PoolServer.Turn> turns = new LinkedHashMap<>();
    List<PoolServer> fresh = new ArrayList<>();
    for (RealServer wanted : next.servers()) {
      PoolServer server = before.remove(wanted.address());
      if (server == null) {
        server = new PoolServer(this, wanted, effects);
        fresh.add(server);
      } else {
        turns.put(server, reconfigured(server, wanted, nowNanos));
      }
      servers.put(wanted.address(), server);
    }
    for (PoolServer gone : before.values()) {
      gone.end();
      tidings.serverIsNoMore(gone);
    }
    effects.changed(this);
    turns.forEach(this::turned);
    if (started) {
      fresh.forEach(tidings::tellFirst);
      judge();
      if (checking) {
        fresh.forEach(server -> begin(server, nowNanos));
      }
    }
  }

  private void turned(PoolServer server, PoolServer.Turn turn) {
    switch (turn) {
      case BACK:
        serverUp(server, "no check of it fails any more");
        break;
      case LOST:
        serverDown(server, "a new check of it fails");
        break;
      default:
        break;
    }
  }

  /** What has become of the server by that. */
  private PoolServer.Turn reconfigured(PoolServer server, RealServer wanted, long nowNanos) {
    long before = server.weight();
    PoolServer.Turn turn = server.reconfigure(wanted, checking && !suspended, nowNanos);
    if (server.weight() != before) {
      tidings.weightChanges(server, before);
    }
    return turn;
  }

  /**
   * {@code ha_suspend}: checks run only while this machine has the service's address; of a group
   * one is enough.
   */
  private boolean hasItsAddress() {
    return !configured.conduct().suspended()
        || WantedServices.keys(configured.service()).stream()
            .anyMatch(
                key ->
                    key instanceof ServiceKey.ByAddress named
                        && effects.addresses().contains(named.address().address()));
  }

  /** This machine has other addresses, or the configuration is another one. */
  void addressesChanged(long nowNanos) {
    boolean held = hasItsAddress();
    if (!checking || held != suspended) {
      return;
    }
    suspended = !held;
    for (PoolServer server : servers.values()) {
      if (suspended) {
        server.suspend();
      } else {
        server.resume(nowNanos);
      }
    }
  }

  /** Ends with the daemon: nothing more is checked; with {@code omega} all is told to be down. */
  void stop() {
    end("Shutting down ");
  }

  /** Ends because no configuration names it any more. */
  void remove() {
    tidings.isRemoved();
    end("Removing ");
  }

  /** Ends with the daemon, and what serves goes on to serve: there is nothing to tell. */
  void leave() {
    ended = true;
    slowSteps.end();
    servers.values().forEach(PoolServer::end);
  }

  private void end(String how) {
    ended = true;
    slowSteps.end();
    boolean omega = configured.conduct().omega();
    for (PoolServer server : servers.values()) {
      server.end();
      tidings.serverEnds(server, how);
      if (omega && server.isAlive()) {
        tidings.tellServer(server, false, false, "Shutting down");
      }
    }
    if (omega && quorum.isUp()) {
      tidings.tellQuorumEnds(configured);
    }
  }

  /**
   * As it is now.
   *
   * @param refusal why the kernel does not have all of it, if it has refused something
   */
  ServiceSnapshot look(Optional<String> refusal) {
    boolean sorryServes = sorryServes();
    return new ServiceSnapshot(
        configured,
        quorum.look(weight()),
        suspended,
        sorryServes,
        new ServiceSnapshot.Entry(mark(), refusal),
        servers.values().stream()
            .map(
                server ->
                    server.look(
                        refusal.isEmpty()
                            && (server.isAlive() && !sorryServes
                                || server.configured().inhibited())))
            .toList());
  }

  private boolean sorryServes() {
    return configured.sorry().isPresent() && !quorum.isUp();
  }

  /** What the kernel's table is to hold. */
  List<TableService> wanted() {
    return WantedServices.of(
        configured.service(),
        mark(),
        configured.balancing(),
        PoolMembers.of(configured, servers.values(), sorryServes()));
  }
}
