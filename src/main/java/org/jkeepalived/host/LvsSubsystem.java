package org.jkeepalived.host;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jkeepalived.host.kernel.JournalPath;
import org.jkeepalived.host.kernel.Released;
import org.jkeepalived.host.lvs.DirectorService;
import org.jkeepalived.host.lvs.InstanceStates;
import org.jkeepalived.host.lvs.TableAccess;
import org.jkeepalived.host.lvs.UnwrittenTable;
import org.jkeepalived.host.lvs.WishDesk;
import org.jkeepalived.host.lvs.WishFile;
import org.jkeepalived.host.lvs.ipvs.IpvsThread;
import org.jkeepalived.linux.SystemCallException;
import org.jkeepalived.loop.FailureRule;
import org.jkeepalived.loop.OwnerThread;
import org.jkeepalived.loop.Owners;
import org.jkeepalived.lvs.DirectorChange;
import org.jkeepalived.model.Configuration;
import org.jkeepalived.model.lvs.Director;
import org.jkeepalived.model.lvs.TableSockets;
import org.jkeepalived.notify.Event;
import org.jkeepalived.status.LvsSnapshot;
import org.jkeepalived.status.Snapshot;
import org.jkeepalived.time.Moment;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Virtual servers. Without any there is no thread for them; the first reload that brings one makes
 * it.
 */
final class LvsSubsystem implements Subsystem {

  private static final Logger LOG = LoggerFactory.getLogger(LvsSubsystem.class);

  // connections go on without it, and so does VRRP
  private static final FailureRule RULE =
      FailureRule.goOn("real servers are not checked any more, and the IPVS table stays as it is");

  private final Owners owners;
  private final Settings settings;
  private final CheckSources sources;
  private final Event.Listener events;
  private final InstanceStates states;

  /** As the thread that plans and applies reloads knows it. */
  private volatile Configuration current;

  /** What the running service does, whatever later configurations say. */
  private boolean writes = true;

  private Optional<ThreadConduct> conduct = Optional.empty();
  private Optional<OwnerThread> thread = Optional.empty();
  private volatile Optional<DirectorService> service = Optional.empty();
  private volatile Optional<WishDesk> wishes = Optional.empty();

  /**
   * What the configuration does not say.
   *
   * @param journal where it is written down what is in the kernel's table
   * @param places where it is written down what is in the kernel's table, and what the operator
   *     wishes
   * @param keepsTable {@code -I}
   * @param checkers virtual servers run
   * @param vrrp virtual routers run
   */
  record Settings(DaemonPlaces places, boolean keepsTable, boolean checkers, boolean vrrp) {

    JournalPath journal() {
      return places.journal();
    }

    /**
     * What runs of a configuration. COMPAT: a sync daemon that follows an instance belongs to VRRP,
     * and runs without any virtual server; another one belongs to these.
     */
    Configuration running(Configuration whole) {
      Director director = checkers ? whole.director() : whole.director().syncOnly();
      boolean synchronised =
          director.sync().filter(one -> one.instance().isPresent() ? vrrp : checkers).isPresent();
      return whole.director(synchronised ? director : director.withoutSync());
    }
  }

  /**
   * @param owners makes the thread
   * @param events hears what happens to virtual servers
   * @param states of the VRRP instances
   */
  LvsSubsystem(
      Owners owners,
      Configuration configuration,
      Settings settings,
      CheckSources sources,
      Event.Listener events,
      InstanceStates states) {
    this.owners = owners;
    this.settings = settings;
    this.sources = sources;
    this.events = events;
    this.states = states;
    current = settings.running(configuration);
  }

  /** VRRP does not wait for it, nor does it fail for want of IPVS. */
  @Override
  public CompletableFuture<Optional<String>> start() {
    if (isNeeded(current.director())) {
      begin();
    }
    return CompletableFuture.completedFuture(Optional.empty());
  }

  /** What a killed run left is removed even where there are no virtual servers any more. */
  private boolean isNeeded(Director director) {
    return !director.isNothing()
        || settings.journal().services().toFile().exists()
        || settings.journal().tables().toFile().exists();
  }

  private void begin() {
    try {
      OwnerThread made = owners.make("lvs", RULE);
      writes = current.director().table().written();
      TableAccess ipvs = writes ? withTable(current.director().table().sockets()) : withoutTable();
      DirectorService director =
          new DirectorService(
              made.loop(), ipvs, sources.on(made.loop()), events, states, settings.keepsTable());
      made.start();
      wishes = Optional.of(director.wishes(new WishFile(settings.places().wishes())));
      Configuration first = current;
      sources.read(first, made.loop()).thenRun(() -> director.start(first.director()));
      thread = Optional.of(made);
      service = Optional.of(director);
      conduct =
          Optional.of(
              new ThreadConduct(
                  "checker",
                  made.name(),
                  made,
                  List.of(ipvs::onItsThread, director::onThreadOfChecks),
                  LOG));
      behave(first);
    } catch (SystemCallException e) {
      LOG.error("Virtual servers do not work: {}", e.getMessage());
    }
  }

  private void behave(Configuration configuration) {
    conduct.ifPresent(threads -> threads.become(configuration.globals().processes().checker()));
  }

  private TableAccess withTable(TableSockets sockets) throws SystemCallException {
    if (!settings.keepsTable() && IpvsThread.isElsewhere(settings.journal(), sockets.namespace())) {
      removeLeft();
    }
    return IpvsThread.start(owners, settings.journal(), sockets);
  }

  /** What an earlier run has left goes all the same: nobody would keep it as it must be. */
  private TableAccess withoutTable() throws SystemCallException {
    LOG.info(
        "ipvs no: the kernel's IPVS table is not written; real servers are checked all the same");
    if (!settings.keepsTable()) {
      removeLeft();
    }
    return new UnwrittenTable();
  }

  private void removeLeft() throws SystemCallException {
    Released released = new LeftBehind(settings.journal()).release(false, true);
    released.removed().forEach(one -> LOG.info("Removed {}: a former run had left it", one));
    released.refused().forEach(reason -> LOG.warn("What a former run has left: {}", reason));
  }

  @Override
  public void warmUp() {}

  @Override
  public Reload plan(Configuration whole) {
    Configuration target = settings.running(whole);
    Director next = target.director();
    Director before = current.director();
    DirectorChange change = DirectorChange.between(before, next);
    return new Reload() {
      @Override
      public String summary() {
        return change.summary();
      }

      @Override
      public List<String> details() {
        return DirectorChange.details(before, next);
      }

      @Override
      public CompletableFuture<Void> apply() {
        if (service.isPresent() && next.table().written() != writes) {
          LOG.warn(
              "ipvs {} takes effect at the next start: restart the daemon",
              next.table().written() ? "yes" : "no");
        }
        current = target;
        behave(target);
        if (service.isPresent()) {
          DirectorService running = service.get();
          return sources
              .read(target, thread.orElseThrow().loop())
              .thenCompose(known -> running.reload(next));
        }
        if (isNeeded(next)) {
          begin();
        }
        return CompletableFuture.completedFuture(null);
      }
    };
  }

  @Override
  public String title() {
    return "checker";
  }

  @Override
  public String fileInfix() {
    return "_check";
  }

  @Override
  public boolean isRunning() {
    // COMPAT: for a sync daemon alone keepalived has no process that tells of virtual servers
    return service.isPresent() && !current.director().equals(current.director().syncOnly());
  }

  @Override
  public CompletableFuture<Snapshot> snapshot(boolean clear) {
    Configuration now = current;
    return service
        .map(running -> running.snapshot(now))
        .orElseGet(
            () ->
                CompletableFuture.completedFuture(
                    new LvsSnapshot(new Moment(0, Instant.now()), now, List.of())));
  }

  @Override
  public List<Order> orders(Executor files) {
    return List.of(new WishWords(() -> wishes, files));
  }

  @Override
  public void stop() throws InterruptedException {
    if (service.isPresent()) {
      service.get().stop();
    }
    thread.ifPresent(OwnerThread::close);
  }
}
