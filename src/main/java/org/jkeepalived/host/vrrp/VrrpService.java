package org.jkeepalived.host.vrrp;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jkeepalived.link.LinkAddress;
import org.jkeepalived.link.LinkBeat;
import org.jkeepalived.link.LinkEvents;
import org.jkeepalived.link.LinkState;
import org.jkeepalived.linux.Poller;
import org.jkeepalived.linux.SystemCallException;
import org.jkeepalived.linux.file.FileError;
import org.jkeepalived.linux.netlink.route.AddressWriter;
import org.jkeepalived.linux.netlink.route.RouteMonitor;
import org.jkeepalived.linux.packet.LinkPort;
import org.jkeepalived.loop.EventLoop;
import org.jkeepalived.loop.FatalExit;
import org.jkeepalived.loop.WallClock;
import org.jkeepalived.model.Configuration;
import org.jkeepalived.model.TrackTarget;
import org.jkeepalived.notify.Event;
import org.jkeepalived.status.SnapshotInParts;
import org.jkeepalived.status.VrrpSnapshot;
import org.jkeepalived.track.Condition;
import org.jkeepalived.vrrp.ReloadPlan;
import org.jkeepalived.vrrp.VirtualRouters;
import org.jkeepalived.vrrp.VrrpContext;
import org.jkeepalived.vrrp.WarmUp;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * VRRP as a running service: builds the rooms, connects them, and runs the thread that owns them.
 * All wiring of VRRP stands here.
 */
public final class VrrpService implements Executor, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(VrrpService.class);

  private static final long RETRY_NANOS = 5_000_000_000L;

  /** How long the kernel may take to remove the addresses, of ten thousand instances perhaps. */
  private static final long STOP_DEADLINE_NANOS = 5_000_000_000L;

  private static final long JOIN_MILLIS = 7_000;
  private static final long BACKGROUND_SECONDS = 1;
  private static final long SNAPSHOT_PAUSE_NANOS = 1_000_000L;
  private static final int DATAGRAMS_AT_ONCE = 64;
  private static final int WARM_UP_FRAMES = 100;
  private static final long STACK_BYTES = 512 * 1024L;

  private final EventLoop loop;
  private final ExecutorService background;
  private final AddressThread addressThread;
  private final KernelAddresses addresses;
  private final LinkPortSet ports;
  private final VirtualRouters routers;
  private final RouteMonitor monitor;
  private final PacketTransport transport;
  private final StaleAddresses staleAddresses;
  private final Settings settings;
  private final FatalExit fatalExit;
  private final Consumer<Optional<String>> whenReady;
  private final Thread thread;

  private final WallClock wallClock = new WallClock();
  private final SecondaryPromotion promotion = new SecondaryPromotion();

  /** The configuration as the caller of {@link #reload} knows it. */
  private Configuration current;

  private Set<String> promotedLinks;
  private boolean staleAddressesGone;
  private boolean starting;
  private boolean stopping;

  /**
   * What the configuration does not say.
   *
   * @param journalFile where the addresses in the kernel are written down
   * @param startupDelay how long to wait before the first instance starts
   * @param logAddresses {@code -a}: log every address that comes or goes
   */
  public record Settings(Path journalFile, StartupDelay startupDelay, boolean logAddresses) {}

  /**
   * @param settings what the configuration does not say
   * @param events hears, on the VRRP thread, what happens to instances and groups
   * @param whenReady called once, on the VRRP thread: empty when all is up, or why it is not
   * @param fatalExit what a thread does that cannot go on
   * @throws SystemCallException the kernel refuses what nothing works without
   */
  public VrrpService(
      Configuration configuration,
      Settings settings,
      Event.Listener events,
      Consumer<Optional<String>> whenReady,
      FatalExit fatalExit)
      throws SystemCallException {
    this.fatalExit = fatalExit;
    this.settings = settings;
    current = configuration;
    promotedLinks = SecondaryPromotion.links(configuration);
    this.whenReady = whenReady;
    loop = new EventLoop("vrrp", new Poller());
    background =
        Executors.newSingleThreadExecutor(
            step -> {
              Thread made = new Thread(null, step, "links", STACK_BYTES);
              made.setDaemon(true);
              return made;
            });
    Optional<AddressJournal> journal = openJournal(settings.journalFile());
    staleAddresses = new StaleAddresses(journal.map(AddressJournal::present).orElse(Set.of()));
    addressThread = new AddressThread(AddressWriter.open(), journal, loop, fatalExit);
    addresses = new KernelAddresses(addressThread);
    ports = new LinkPortSet(loop, background);
    transport = PacketTransport.open(ports);
    LinkNames names = new LinkNames();
    PacedAnnouncer announcer = new PacedAnnouncer(ports, names, loop.timers(), loop);
    routers =
        new VirtualRouters(
            configuration,
            new VrrpContext(
                loop.timers(), loop, transport, addresses, announcer, new VrrpLog(events)),
            ports);
    names.routers = Optional.of(routers);
    addresses.links(routers.links());
    ports.listener(new PortListener());
    monitor = RouteMonitor.open(background, loop, new Events());
    loop.atEndOfTurn(addresses::flush);
    loop.atEndOfTurn(announcer::step);
    loop.atEndOfTurn(this::endWhenStopped);
    thread = new Thread(null, this::run, "vrrp", STACK_BYTES);
  }

  private static Optional<AddressJournal> openJournal(Path file) {
    try {
      return Optional.of(AddressJournal.open(file));
    } catch (IOException e) {
      LOG.warn(
          "{}: should this daemon be killed, only addresses that the configuration names are"
              + " removed at the next start",
          FileError.text(e, file));
      return Optional.empty();
    }
  }

  /** Breaks the circle: links are looked up in the routers, which need the announcer first. */
  private static final class LinkNames implements PacedAnnouncer.LinkNames {
    private Optional<VirtualRouters> routers = Optional.empty();

    @Override
    public Optional<LinkState> named(String name) {
      return routers.flatMap(known -> known.links().named(name));
    }
  }

  // ---- life ----

  public void start() {
    addressThread.start();
    loop.execute(this::begin);
    thread.start();
  }

  /**
   * Runs a failover against nothing while links are opened, on the thread that calls this, so that
   * no class is loaded in the first real one.
   */
  public void warmUp() {
    addressThread.warmUp();
    WarmUp warmUp = new WarmUp();
    byte[] frame = warmUp.play(new WarmUpStage(warmUp));
    background.execute(() -> LinkPort.warmUp(frame, WARM_UP_FRAMES, (bytes, length) -> {}));
  }

  /** Watches a descriptor on the VRRP thread; {@code whenReadable} must not block. */
  public void watch(int fd, Runnable whenReadable) {
    loop.execute(
        () -> {
          try {
            loop.watch(fd, whenReadable);
          } catch (SystemCallException e) {
            LOG.error("{}", e.error());
          }
        });
  }

  /** Has the VRRP thread do something soon. Callable from any thread. */
  @Override
  public void execute(Runnable step) {
    loop.execute(step);
  }

  /** Something that is tracked is well, or not. To be called on the VRRP thread. */
  public void changed(TrackTarget thing, Condition condition) {
    routers.changed(thing, condition);
  }

  /** Hears, on the VRRP thread, how polled links are. */
  public LinkBeat beats() {
    return routers.beats();
  }

  private void run() {
    try {
      loop.run();
    } catch (Throwable failure) {
      // The owner is in doubt, and nobody else advertises: another machine must take over.
      fatalExit.end("the VRRP thread cannot go on", failure);
    }
  }

  private void begin() {
    try {
      monitor.start();
      loop.watch(monitor.fd(), () -> monitor.drain(DATAGRAMS_AT_ONCE));
      transport.listen(loop, routers::received);
    } catch (SystemCallException e) {
      whenReady.accept(Optional.of(e.error().toString()));
      return;
    }
    List<LinkAddress> found = staleAddresses.find(routers);
    // What was written down and is gone may come back as somebody else's.
    addressThread.forgetAllBut(StaleAddresses.lines(found, routers.links()));
    addresses.removeStale(
        found,
        () -> {
          staleAddressesGone = true;
          startWhenPossible();
        });
    armRetry();
  }

  private void startWhenPossible() {
    if (starting || stopping || !staleAddressesGone || !routers.portsAnswered()) {
      return;
    }
    starting = true;
    long delayNanos = settings.startupDelay().remainingNanos();
    if (delayNanos > 0) {
      LOG.info(
          "Delaying startup for {} seconds",
          String.format(java.util.Locale.ROOT, "%.2f", delayNanos / 1e9));
      loop.timers()
          .timer((deadline, now) -> startUnlessStopping())
          .arm(loop.nowNanos() + delayNanos);
    } else {
      routers.start();
    }
    whenReady.accept(Optional.empty());
  }

  private void startUnlessStopping() {
    if (!stopping) {
      routers.start();
    }
  }

  private void armRetry() {
    loop.timers()
        .timer(
            (deadline, now) -> {
              routers.retryPorts();
              if (monitor.problem().isPresent()) {
                LOG.warn("{}: reading links and addresses again", monitor.problem().get());
                monitor.resynchronise();
              }
              armRetry();
            })
        .arm(loop.nowNanos() + RETRY_NANOS);
  }

  /**
   * Takes a new configuration. One thread calls it.
   *
   * @param done what was changed
   */
  public void reload(Configuration changed, Consumer<ReloadPlan> done) {
    ReloadPlan plan = ReloadPlan.of(current, changed);
    current = changed;
    Set<String> promoted = SecondaryPromotion.links(changed);
    loop.execute(
        () -> {
          routers.reload(plan);
          startWhenPossible();
          promotedLinks = promoted;
          promoted.forEach(name -> routers.links().named(name).ifPresent(this::promoteSecondaries));
          done.accept(plan);
        });
  }

  private void promoteSecondaries(LinkState link) {
    if (promotedLinks.contains(link.name())) {
      background.execute(() -> promotion.set(link.index()));
    }
  }

  /**
   * Looks at everything, on the VRRP thread, a part of it at a time.
   *
   * @param clear set the statistics to zero once they are copied
   */
  public CompletableFuture<VrrpSnapshot> snapshot(boolean clear) {
    CompletableFuture<VrrpSnapshot> taken = new CompletableFuture<>();
    loop.execute(() -> takePart(new SnapshotInParts(routers, clear), taken));
    return taken;
  }

  private void takePart(SnapshotInParts snapshot, CompletableFuture<VrrpSnapshot> taken) {
    try {
      if (snapshot.takePart()) {
        loop.timers()
            .timer((deadline, now) -> takePart(snapshot, taken))
            .arm(loop.nowNanos() + SNAPSHOT_PAUSE_NANOS);
      } else {
        taken.complete(snapshot.whole(transport.sockets(), wallClock.now()));
      }
    } catch (RuntimeException bug) {
      // whoever only looks must not end what it looks at
      taken.completeExceptionally(bug);
    }
  }

  /**
   * Stops all instances and waits until the kernel has heard of it.
   *
   * @param keepAddresses leave the addresses where they are (--dont-release-vrrp)
   */
  public void stop(boolean keepAddresses) throws InterruptedException {
    loop.execute(
        () -> {
          routers.stop(!keepAddresses);
          stopping = true;
          loop.timers()
              .timer(
                  (deadline, now) -> {
                    LOG.warn("The kernel is still busy with the addresses, not waiting for it");
                    loop.stop();
                  })
              .arm(loop.nowNanos() + STOP_DEADLINE_NANOS);
        });
    thread.join(JOIN_MILLIS);
    if (thread.isAlive()) {
      fatalExit.end(
          "the VRRP thread does not stop", new IllegalStateException(thread.getState().toString()));
    }
    close();
  }

  private boolean endWhenStopped() {
    if (stopping && !addresses.isBusy()) {
      loop.stop();
    }
    return false;
  }

  @Override
  public void close() {
    addressThread.close();
    ports.closeAll();
    monitor.close();
    transport.close();
    background.execute(promotion::close);
    background.shutdown();
    awaitBackground();
  }

  private void awaitBackground() {
    try {
      if (!background.awaitTermination(BACKGROUND_SECONDS, TimeUnit.SECONDS)) {
        LOG.warn("links are still being closed, not waiting for it");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private final class PortListener implements LinkPortSet.Listener {
    @Override
    public void received(int linkIndex, byte[] frame, int ipAt, int end) {
      routers.received(linkIndex, frame, ipAt, end);
    }

    @Override
    public void portOpened(int linkIndex) {
      routers.portOpened(linkIndex);
      startWhenPossible();
    }

    @Override
    public void portFailed(int linkIndex, String reason) {
      routers.portFailed(linkIndex, reason);
      startWhenPossible();
    }
  }

  /** Links first learn what happened; then who holds the address that went. */
  private final class Events implements LinkEvents {
    @Override
    public void linkChanged(LinkState link) {
      routers.links().linkChanged(link);
      promoteSecondaries(link);
    }

    @Override
    public void linkRemoved(LinkState link) {
      routers.links().linkRemoved(link);
      startWhenPossible();
    }

    @Override
    public void addressAdded(LinkAddress address) {
      report(address, "added to");
      routers.links().addressAdded(address);
    }

    @Override
    public void addressRemoved(LinkAddress address) {
      report(address, "removed from");
      routers.links().addressRemoved(address);
      addresses.addressRemoved(address);
    }

    private void report(LinkAddress address, String what) {
      if (settings.logAddresses()) {
        LOG.info(
            "Netlink reflector reports IP {} {} {}",
            address.local().getHostAddress(),
            what,
            routers.links().numbered(address.linkIndex()).map(LinkState::name).orElse("?"));
      }
    }

    @Override
    public void resynchronised() {
      routers.links().resynchronised();
      addresses.resynchronised();
      startWhenPossible();
    }
  }
}
