package org.jkeepalived.lvs;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jkeepalived.lvs.WantedServices.Member;
import org.jkeepalived.lvs.table.DestinationSettings;
import org.jkeepalived.lvs.table.ServiceKey;
import org.jkeepalived.lvs.table.TableService;
import org.jkeepalived.model.Command;
import org.jkeepalived.model.lvs.RealServer;
import org.jkeepalived.model.lvs.ServerAddress;
import org.jkeepalived.model.lvs.VirtualServer;
import org.jkeepalived.model.lvs.VirtualServer.SorryServer;
import org.jkeepalived.notify.LvsEvent;
import org.jkeepalived.time.TimerQueue;

/**
 * A virtual server as it runs: which of its real servers are alive, whether they are enough, and
 * what the kernel's table is to hold for it. A plain object on one thread: what checks find out and
 * other configurations come in; log lines and events go out.
 *
 * <p>COMPAT: all words are keepalived's, to the letter.
 */
final class ServerPool {

  private static final int SORRY_WEIGHT = 1;

  private final PoolEffects effects;
  private final Map<ServerAddress, PoolServer> servers = new LinkedHashMap<>();
  private final QuorumState quorum;
  private final TimerQueue.Timer slowStep;
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
    slowStep = effects.timers().timer((deadline, now) -> slowStep(now));
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
    servers.values().forEach(this::tellFirst);
    String state = quorum.text(weight());
    if (quorum.isUp()) {
      // COMPAT: the log and the mail have words of their own
      effects.log("Gained quorum " + state + " for VS " + text());
      tellQuorum("Starting with quorum up " + state);
    } else if (configured.sorry().isPresent()) {
      // COMPAT: without a sorry server nobody is told
      effects.log("Starting with quorum down " + state + " for VS " + text());
      logSorryServer(configured.sorry().get());
      tellQuorum("Starting with quorum down " + state);
    }
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
    effects.log(
        server.configured().inhibited()
            ? "Enabling service " + server.text() + " of VS " + text()
            : "Adding service " + server.text() + " to VS " + text());
    if (server.slowStart().isRunning()) {
      effects.log(
          "Slow start of service "
              + server.text()
              + " of VS "
              + text()
              + ": weight "
              + server.shareOfTable()
              + " of "
              + server.weight()
              + " at first");
      armSlowStep(effects.nowNanos());
    }
    changed(server, reason);
  }

  private void armSlowStep(long nowNanos) {
    servers.values().stream()
        .map(server -> server.slowStart().nextNanos(nowNanos))
        .flatMapToLong(OptionalLong::stream)
        // by difference: the clock may wrap
        .map(next -> next - nowNanos)
        .min()
        .ifPresent(inNanos -> slowStep.arm(nowNanos + inNanos));
  }

  private void slowStep(long nowNanos) {
    effects.changed(this);
    for (PoolServer server : servers.values()) {
      if (server.slowStart().passes(nowNanos)) {
        effects.log(
            "Slow start of service "
                + server.text()
                + " of VS "
                + text()
                + " is over: weight "
                + server.weight());
      }
    }
    armSlowStep(nowNanos);
  }

  /**
   * What the operator wishes of a server.
   *
   * @return whether there is such a server
   */
  boolean drain(ServerAddress address, boolean drained) {
    PoolServer server = servers.get(address);
    if (server != null) {
      server.drain(drained);
    }
    return server != null;
  }

  void serverDown(PoolServer server, String reason) {
    effects.log(
        server.configured().inhibited()
            ? "Disabling service " + server.text() + " of VS " + text()
            : "Removing service " + server.text() + " from VS " + text());
    changed(server, reason);
  }

  /** One of several checks has changed, and the server is what it was because of another one. */
  void checkChanged(PoolServer server, boolean up, String reason) {
    if (server.configured().tidings().checkMail()) {
      effects.happened(new LvsEvent.CheckState(server.text(), text(), up, reason));
    }
  }

  private void changed(PoolServer server, String reason) {
    effects.changed(this);
    tellServer(server, server.isAlive(), server.configured().tidings().mail(), reason);
    judge();
  }

  void weightChanged(PoolServer server, long before) {
    logWeight(server, before);
    effects.changed(this);
    judge();
  }

  private void logWeight(PoolServer server, long before) {
    effects.log(
        "Changing weight from "
            + before
            + " to "
            + server.weight()
            + (server.isAlive() ? " for active service " : " for inactive service ")
            + server.text()
            + " of VS "
            + text());
  }

  private void judge() {
    long weight = weight();
    if (!quorum.weighs(weight, effects.nowNanos())) {
      return;
    }
    String reason = (quorum.isUp() ? "Gained quorum " : "Lost quorum ") + quorum.text(weight);
    effects.log(reason + " for VS " + text());
    configured.sorry().ifPresent(this::logSorryServer);
    effects.changed(this);
    tellQuorum(reason);
  }

  private void logSorryServer(SorryServer sorry) {
    if (quorum.isUp()) {
      effects.log(leaving(sorry));
      effects.log("Adding alive servers to the pool for VS " + text());
    } else {
      effects.log(coming(sorry));
      effects.log("Removing alive servers from the pool for VS " + text());
    }
  }

  private String coming(SorryServer sorry) {
    String what = sorry.inhibited() ? "Enabling sorry server " : "Adding sorry server ";
    return what + textOf(sorry.address()) + " to VS " + text();
  }

  private String leaving(SorryServer sorry) {
    String what = sorry.inhibited() ? "Disabling sorry server " : "Removing sorry server ";
    return what + textOf(sorry.address()) + " from VS " + text();
  }

  private void tellServer(PoolServer server, boolean up, boolean mail, String reason) {
    RealServer.Tidings tidings = server.configured().tidings();
    Optional<Command> script = up ? tidings.up() : tidings.down();
    effects.happened(new LvsEvent.ServerState(server.text(), text(), up, script, mail, reason));
  }

  /** {@code rs_init_notifies}: a server that is up without having come up. */
  private void tellFirst(PoolServer server) {
    if (server.isAlive() && server.configured().tidings().fromStart()) {
      effects.happened(
          new LvsEvent.ServerAtStart(server.text(), text(), server.configured().tidings().up()));
    }
  }

  private void tellQuorum(String reason) {
    tellQuorum(quorum.isUp(), configured.conduct().mail(), reason);
  }

  private void tellQuorum(boolean up, boolean mail, String reason) {
    Optional<Command> script = up ? configured.quorum().up() : configured.quorum().down();
    effects.happened(new LvsEvent.QuorumState(text(), up, script, mail, reason));
  }

  /**
   * Goes on otherwise: what did not change does not notice.
   *
   * @param next of the same service
   */
  void reconfigure(VirtualServer next, long nowNanos) {
    if (!quorum.isUp()) {
      exchange(configured.sorry(), next.sorry());
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
      effects.log("service " + gone.text() + " no longer exist");
      effects.log(gone.ending("Removing ") + " from VS " + text());
    }
    effects.changed(this);
    turns.forEach(this::turned);
    if (started) {
      fresh.forEach(this::tellFirst);
      judge();
      if (checking) {
        fresh.forEach(server -> begin(server, nowNanos));
      }
    }
  }

  private void exchange(Optional<SorryServer> before, Optional<SorryServer> after) {
    if (!before.equals(after)) {
      before.ifPresent(sorry -> effects.log(leaving(sorry)));
      after.ifPresent(sorry -> effects.log(coming(sorry)));
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
      logWeight(server, before);
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
    effects.log("Removing Virtual Server " + text());
    end("Removing ");
  }

  /** Ends with the daemon, and what serves goes on to serve: there is nothing to tell. */
  void leave() {
    ended = true;
    slowStep.disarm();
    servers.values().forEach(PoolServer::end);
  }

  private void end(String how) {
    ended = true;
    slowStep.disarm();
    boolean omega = configured.conduct().omega();
    for (PoolServer server : servers.values()) {
      server.end();
      effects.log(server.ending(how) + " from VS " + text());
      if (omega && server.isAlive()) {
        tellServer(server, false, false, "Shutting down");
      }
    }
    if (omega && quorum.isUp()) {
      tellQuorum(false, false, "Shutting down");
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
    List<Member> members = new ArrayList<>();
    boolean sorryServes = sorryServes();
    if (!sorryServes) {
      configured
          .sorry()
          .filter(SorryServer::inhibited)
          .ifPresent(sorry -> members.add(member(sorry, 0)));
    }
    for (PoolServer server : servers.values()) {
      boolean serves = server.isAlive() && !sorryServes;
      if (serves || server.configured().inhibited()) {
        members.add(member(server.configured(), serves ? server.shareOfTable() : 0));
      }
    }
    if (sorryServes) {
      configured.sorry().ifPresent(sorry -> members.add(member(sorry, SORRY_WEIGHT)));
    }
    return WantedServices.of(configured.service(), mark(), configured.balancing(), members);
  }

  private static Member member(SorryServer sorry, long weight) {
    return new Member(sorry.address(), new DestinationSettings(sorry.forwarding(), weight, 0, 0));
  }

  private static Member member(RealServer server, long weight) {
    RealServer.Load load = server.load();
    return new Member(
        server.address(),
        new DestinationSettings(
            server.forwarding(), weight, load.upperThreshold(), load.lowerThreshold()));
  }
}
