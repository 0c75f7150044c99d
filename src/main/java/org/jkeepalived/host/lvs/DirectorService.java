package org.jkeepalived.host.lvs;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jkeepalived.host.lvs.check.ServerChecks;
import org.jkeepalived.loop.EventLoop;
import org.jkeepalived.loop.WallClock;
import org.jkeepalived.lvs.VirtualServers;
import org.jkeepalived.lvs.sync.SyncRole;
import org.jkeepalived.lvs.table.ServiceKey;
import org.jkeepalived.lvs.table.WatchedTable;
import org.jkeepalived.model.Configuration;
import org.jkeepalived.model.lvs.Director;
import org.jkeepalived.notify.Event;
import org.jkeepalived.status.LvsSnapshot;
import org.jkeepalived.status.Snapshot;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Virtual servers as a running service: connects the pools, their checks and the kernel's table on
 * the thread that owns them.
 */
public final class DirectorService {

  private static final Logger LOG = LoggerFactory.getLogger(DirectorService.class);

  /** How long the stop waits for the table to be empty. */
  private static final long STOP_MILLIS = 5_000;

  private final EventLoop loop;
  private final TableAccess ipvs;
  private final ServerChecks checks;
  private final VirtualServers servers;
  private final WallClock clock;
  private final AddressWatch addresses;
  private final Optional<ConnectionSync> sync;
  private final boolean keepsTable;

  /**
   * @param loop the thread's that owns virtual servers
   * @param ipvs writes the kernel's table
   * @param checks makes checks that live on that thread
   * @param events hears, on that thread, what happens to virtual servers
   * @param states of the VRRP instances, which the sync daemon may follow
   * @param keepsTable {@code -I}: the table is left as it is in the end, and what an earlier run
   *     has left in it is left, too
   */
  public DirectorService(
      EventLoop loop,
      TableAccess ipvs,
      ServerChecks checks,
      Event.Listener events,
      InstanceStates states,
      boolean keepsTable) {
    this.loop = loop;
    clock = new WallClock(loop);
    this.ipvs = ipvs;
    this.checks = checks;
    this.keepsTable = keepsTable;
    DirectorLog log = new DirectorLog();
    servers =
        new VirtualServers(
            new VirtualServers.Surroundings(
                new WatchedTable(ipvs.table(loop), loop.timers(), loop, log),
                loop.timers(),
                loop,
                checks,
                events::happened,
                log));
    loop.atEndOfTurn(
        () -> {
          servers.endTurn();
          return false;
        });
    addresses = new AddressWatch(loop, present -> servers.addressesAre(present, loop.nowNanos()));
    sync = ipvs.syncDaemons(loop).map(daemons -> new ConnectionSync(loop, daemons, states));
    ipvs.whenItComes(
        loop,
        () -> {
          servers.tableIsBack();
          sync.ifPresent(ConnectionSync::tableIsBack);
        });
  }

  /** Begins. Callable from any thread. */
  public void start(Director director) {
    Collection<ServiceKey> left = keepsTable ? List.of() : ipvs.leftBehind();
    Set<SyncRole> running = ipvs.syncLeftBehind();
    if (!keepsTable) {
      ipvs.removeLeftTables(VirtualServers.markTables(director));
    }
    loop.execute(
        () -> {
          checks.use(director);
          watchAddresses(director);
          // before the table: of a large one the backup hears nothing until it listens
          sync.ifPresent(one -> one.start(director, running));
          servers.start(director, left, loop.nowNanos());
        });
  }

  /**
   * Goes on with another configuration. Callable from any thread.
   *
   * @return done when it is in force; the kernel may not have answered yet
   */
  public CompletableFuture<Void> reload(Director target) {
    CompletableFuture<Void> done = new CompletableFuture<>();
    loop.execute(
        () -> {
          try {
            checks.use(target);
            watchAddresses(target);
            sync.ifPresent(one -> one.reload(target));
            ipvs.makeRoom(target.table().sockets().command());
            servers.reload(target, loop.nowNanos());
          } finally {
            done.complete(null);
          }
        });
    return done;
  }

  /** Has the thread of the checks' sockets do something, as soon as there is one. */
  public void onThreadOfChecks(Runnable step) {
    loop.execute(() -> checks.onItsThread(step));
  }

  private void watchAddresses(Director director) {
    if (VirtualServers.needsAddresses(director)) {
      addresses.begin(director.table().sockets().monitor());
    }
  }

  /**
   * Where the operator says what is to become of real servers; what the file says holds from the
   * start on. Before that.
   */
  public WishDesk wishes(WishFile file) {
    WishDesk desk = new WishDesk(loop, servers, file);
    loop.execute(desk::restore);
    return desk;
  }

  /** Looks at everything. Callable from any thread. */
  public CompletableFuture<Snapshot> snapshot(Configuration configuration) {
    return CompletableFuture.supplyAsync(
        () -> new LvsSnapshot(clock.now(), configuration, servers.look()), loop);
  }

  /** Ends: checks end, and what is to go from the kernel's table goes. Waits for that. */
  public void stop() throws InterruptedException {
    CompletableFuture<Void> emptied = new CompletableFuture<>();
    CompletableFuture<Void> silent = new CompletableFuture<>();
    loop.execute(
        () -> {
          sync.ifPresentOrElse(
              one -> one.stop(() -> silent.complete(null)), () -> silent.complete(null));
          servers.stop(keepsTable, () -> emptied.complete(null));
        });
    try {
      emptied
          .thenCombine(silent, (table, daemons) -> table)
          .get(STOP_MILLIS, TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException e) {
      LOG.warn("The kernel's table is not empty yet: not waiting for it");
    }
    loop.execute(addresses::close);
    loop.execute(checks::close);
    ipvs.close(STOP_MILLIS);
  }
}
