package org.jkeepalived.lvs;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jkeepalived.kernel.KernelError;
import org.jkeepalived.lvs.check.CheckedServer;
import org.jkeepalived.lvs.check.RunningCheck;
import org.jkeepalived.lvs.mark.MarkTableName;
import org.jkeepalived.lvs.table.IpvsTable;
import org.jkeepalived.lvs.table.ServiceKey;
import org.jkeepalived.lvs.table.TableKeeper;
import org.jkeepalived.model.lvs.Check;
import org.jkeepalived.model.lvs.Director;
import org.jkeepalived.model.lvs.TableSettings.AtStop;
import org.jkeepalived.model.lvs.TableSettings.Timeouts;
import org.jkeepalived.model.lvs.VirtualServer;
import org.jkeepalived.model.lvs.VirtualService;
import org.jkeepalived.notify.LvsEvent;
import org.jkeepalived.time.NanoClock;
import org.jkeepalived.time.TimerQueue;

/**
 * All virtual servers, and the kernel's table for them. The door to this room; lives on one thread,
 * whose turns it ends with {@link #endTurn}.
 */
public final class VirtualServers implements PoolEffects {

  private final Surroundings surroundings;
  private final TableKeeper keeper;
  private final KernelTimeouts timeouts;
  private final ServiceOwners owners;
  private final GroupMarking marking;
  private final Map<Object, ServerPool> pools = new LinkedHashMap<>();
  private final Set<ServerPool> changed = new LinkedHashSet<>();
  private final Comparison comparison;
  private Director configured = Director.NONE;
  private final List<LvsEvent> pending = new ArrayList<>();
  private final List<ServerPool> begun = new ArrayList<>();

  /** Services that nobody names any more, and that go once no packet is marked for them. */
  private final Set<ServiceKey> unnamed = new LinkedHashSet<>();

  /** Which services there are has changed, and with them which packets are marked. */
  private boolean assigned;

  private long marksPassedOn;

  private boolean started;

  /** Whether there is a table to compare; another configuration does not change that. */
  private boolean written;

  private final HeldTidings held = new HeldTidings();
  private Set<InetAddress> addresses = Set.of();
  private final Map<CheckedServer, Wish> wishes = new LinkedHashMap<>();

  /**
   * What virtual servers live in.
   *
   * @param table the kernel's
   * @param timers fire on the thread that this lives on
   * @param clock that thread's
   * @param checks makes checks
   * @param events hears, in their order, of what has happened and is in the table
   */
  public record Surroundings(
      IpvsTable table,
      TimerQueue timers,
      NanoClock clock,
      RunningCheck.Maker checks,
      Consumer<LvsEvent> events,
      LvsLog log) {}

  public VirtualServers(Surroundings surroundings) {
    this.surroundings = surroundings;
    keeper = new TableKeeper(surroundings.table(), surroundings.log());
    owners = new ServiceOwners(keeper, surroundings.log());
    timeouts = new KernelTimeouts(surroundings.table(), this::complain);
    marking = new GroupMarking(surroundings.table().marks(), surroundings.log(), this::markAnew);
    comparison = new Comparison(keeper, marking, surroundings.timers());
  }

  /**
   * Begins.
   *
   * @param leftBehind the services that an earlier run has put into the table, and that are to go
   *     unless they are wanted
   */
  public void start(Director director, Collection<ServiceKey> leftBehind, long nowNanos) {
    configured = director;
    started = true;
    written = director.table().written();
    if (director.table().flushedAtStart()) {
      surroundings.table().flush(error -> complain("flush the table", error));
    }
    timeouts.set(Timeouts.KERNEL, director.table().timeouts());
    ServiceIdentity.all(director)
        .forEach((identity, server) -> pools.put(identity, new ServerPool(server, this)));
    Map<CheckedServer, Wish> before = wishes();
    forgetUnnamed();
    before.forEach(this::tellOfWish);
    marking.configure(director.table().marking());
    assign();
    pools.values().forEach(this::begin);
    refreshChanged();
    passOn();
    keeper.start(leftBehind);
    compareRegularly(nowNanos);
  }

  private void compareRegularly(long nowNanos) {
    if (written) {
      comparison.everyNanos(configured.table().comparisonNanos(), nowNanos);
    }
  }

  /** Goes on with another configuration; what did not change does not notice. */
  public void reload(Director target, long nowNanos) {
    timeouts.set(configured.table().timeouts(), target.table().timeouts());
    configured = target;
    Map<Object, ServerPool> before = new LinkedHashMap<>(pools);
    pools.clear();
    List<ServerPool> fresh = new ArrayList<>();
    for (Map.Entry<Object, VirtualServer> one : ServiceIdentity.all(target).entrySet()) {
      Object identity = one.getKey();
      VirtualServer server = one.getValue();
      ServerPool pool = before.remove(identity);
      if (pool == null) {
        pool = new ServerPool(server, this);
        fresh.add(pool);
      } else if (!pool.configured().equals(server)) {
        pool.reconfigure(server, nowNanos);
      }
      pools.put(identity, pool);
    }
    forgetUnnamed();
    held.retain(target);
    before.values().forEach(ServerPool::remove);
    marking.configure(target.table().marking());
    assign();
    fresh.forEach(this::begin);
    pools.values().forEach(pool -> pool.addressesChanged(nowNanos));
    changed.addAll(pools.values());
    compareRegularly(nowNanos);
  }

  /** What the operator has wished before, to hold from the start on; see {@link #wish}. */
  public void wishAtFirst(Map<CheckedServer, Wish> first) {
    wishes.putAll(first);
  }

  /**
   * What the operator wishes of a real server, beside what its checks say. The wish holds, over
   * reloads, as long as the configuration names the server.
   *
   * @param wish empty for none any more
   */
  public void wish(CheckedServer server, Optional<Wish> wish) {
    wishes.remove(server);
    wish.ifPresent(one -> wishes.put(server, one));
    pools.values().stream()
        .filter(pool -> pool.text().equals(server.service()))
        .forEach(pool -> pool.wish(server.server(), wished(server)));
  }

  /** What is wished. */
  public Map<CheckedServer, Wish> wishes() {
    return new LinkedHashMap<>(wishes);
  }

  @Override
  public OptionalLong wished(CheckedServer server) {
    return Stream.ofNullable(wishes.get(server)).mapToLong(Wish::weight).findFirst();
  }

  /** All real servers, as the log names them. */
  public List<CheckedServer> names() {
    return pools.values().stream().flatMap(pool -> pool.names().stream()).toList();
  }

  private void tellOfWish(CheckedServer name, Wish wish) {
    String server = "Real server " + name.server() + " of VS " + name.service();
    surroundings
        .log()
        .info(
            wishes.containsKey(name)
                ? server + " is to have weight " + wish.weight() + ", as the operator has wished"
                : server
                    + " is not configured: the saved wish that it have weight "
                    + wish.weight()
                    + " has no effect");
  }

  private void forgetUnnamed() {
    if (!wishes.isEmpty()) {
      wishes.keySet().retainAll(new LinkedHashSet<>(names()));
    }
  }

  /** {@code ha_suspend}: whether a virtual server wants to know what addresses there are. */
  public static boolean needsAddresses(Director director) {
    return director.servers().stream().anyMatch(server -> server.conduct().suspended());
  }

  /** The tables of the kernel's packet filter that a configuration makes use of. */
  public static Set<MarkTableName> markTables(Director director) {
    return GroupMarking.tables(director);
  }

  /**
   * Which addresses this machine has now; until this is called, none. Where they are {@linkplain
   * #needsAddresses needed}, call it before the configuration is in force, too.
   */
  public void addressesAre(Set<InetAddress> present, long nowNanos) {
    addresses = Set.copyOf(present);
    if (started) {
      pools.values().forEach(pool -> pool.addressesChanged(nowNanos));
    }
  }

  /** IPVS has come to a kernel that had none: what it refused is tried again at once. */
  public void tableIsBack() {
    timeouts.set(Timeouts.KERNEL, configured.table().timeouts());
    if (configured.table().marking().isPresent() && !marking.isInUse()) {
      // packets could not be marked where there was no table
      marking.configure(configured.table().marking());
      markAnew();
    }
    keeper.compare();
    keeper.afterwards(this::tellWhatWasHeld);
  }

  /**
   * Ends: checks end, scripts are told, and what is to go from the table goes.
   *
   * @param keepTable {@code -I}: nothing goes, and nobody is told that something does
   */
  public void stop(boolean keepTable, Runnable done) {
    comparison.end();
    pools.values().forEach(keepTable ? ServerPool::leave : ServerPool::stop);
    started = false;
    passOn();
    if (keepTable) {
      log("The IPVS table stays as it is (-I)");
      keeper.afterwards(done);
      keeper.settle();
      return;
    }
    pools.clear();
    // asked for before the services go
    marking.end();
    unnamed.addAll(owners.assign(List.of()));
    letGo();
    timeouts.set(configured.table().timeouts(), Timeouts.KERNEL);
    if (configured.table().atStop() == AtStop.FLUSH) {
      surroundings.table().hurry();
      surroundings
          .table()
          .flush(
              error -> {
                complain("flush the table", error);
                done.run();
              });
    } else {
      keeper.afterwards(done);
      keeper.settle();
    }
  }

  /** Sends to the kernel what the turn has changed. */
  public void endTurn() {
    if (started) {
      refreshChanged();
      passOn();
      keeper.settle();
      if (!held.isEmpty() && keeper.isAsWanted()) {
        tellWhatWasHeld();
      }
    }
  }

  /** Tells apart which services there are to be, and whose they are. */
  private void assign() {
    marking.assign(pools.values());
    unnamed.addAll(owners.assign(pools.values()));
    assigned = true;
  }

  private void letGo() {
    owners.forget(unnamed);
    unnamed.clear();
  }

  /** No packet is marked: each address of a group becomes a service of its own. */
  private void markAnew() {
    if (started) {
      assign();
      changed.addAll(pools.values());
    }
  }

  private void begin(ServerPool pool) {
    pool.start();
    begun.add(pool);
  }

  /**
   * What has happened in this turn is told once the kernel has what came of it. COMPAT: checks
   * begin after that, too: what serves does not wait for ten thousand of them to be made ready.
   */
  private void passOn() {
    if (assigned) {
      assigned = false;
      passOnMarks();
    }
    for (LvsEvent event : pending) {
      keeper.afterwards(() -> tell(event));
    }
    pending.clear();
    for (ServerPool pool : begun) {
      keeper.afterwards(() -> pool.check(nowNanos()));
    }
    begun.clear();
  }

  /** Packets are marked once there is a service for them, and a service goes after its mark. */
  private void passOnMarks() {
    if (!marking.isInUse()) {
      letGo();
      return;
    }
    marksPassedOn++;
    long number = marksPassedOn;
    keeper.afterwards(
        () -> {
          // what was wanted later may need services that are not there yet
          if (number == marksPassedOn) {
            marking.send();
            letGo();
          }
        });
  }

  private void refreshChanged() {
    changed.forEach(owners::refresh);
    changed.clear();
  }

  /** Whether enough of a service's real servers are alive; not where there is no such service. */
  boolean hasQuorum(VirtualService service) {
    return Optional.ofNullable(pools.get(ServiceIdentity.of(service)))
        .filter(ServerPool::hasQuorum)
        .isPresent();
  }

  private void complain(String what, Optional<KernelError> error) {
    error.ifPresent(
        reason -> surroundings.log().error("IPVS: cannot " + what + ": " + reason.text()));
  }

  /** All of them as they are now, in the configuration's order. */
  public List<ServiceSnapshot> look() {
    return pools.values().stream().map(pool -> pool.look(refusal(pool))).toList();
  }

  private Optional<String> refusal(ServerPool pool) {
    return WantedServices.keys(pool.configured().service(), pool.mark()).stream()
        .flatMap(key -> keeper.refusal(key).stream())
        .findFirst();
  }

  @Override
  public long nowNanos() {
    return surroundings.clock().nowNanos();
  }

  @Override
  public Set<InetAddress> addresses() {
    return addresses;
  }

  @Override
  public TimerQueue timers() {
    return surroundings.timers();
  }

  @Override
  public void log(String line) {
    surroundings.log().info(line);
  }

  @Override
  public OptionalLong markOf(VirtualService service) {
    return marking.markOf(service);
  }

  /** What is told first is what was wanted first: the event waits for the table. */
  @Override
  public void happened(LvsEvent event) {
    pending.add(event);
  }

  /** Without a table nothing serves, and nobody is told that something does. */
  private void tell(LvsEvent event) {
    if (keeper.isThere() && !held.holds(event.service())) {
      held.told(event);
      surroundings.events().accept(event);
    } else {
      held.hold(event);
    }
  }

  private void tellWhatWasHeld() {
    if (keeper.isThere()) {
      held.release().forEach(this::tell);
    }
  }

  @Override
  public void changed(ServerPool pool) {
    changed.add(pool);
  }

  @Override
  public RunningCheck check(
      CheckedServer server, Check check, boolean up, RunningCheck.Listener listener) {
    return surroundings.checks().make(server, check, up, listener);
  }
}
