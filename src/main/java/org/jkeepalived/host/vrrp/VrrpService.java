package org.jkeepalived.host.vrrp;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jkeepalived.host.kernel.KernelSession;
import org.jkeepalived.host.kernel.KernelThread;
import org.jkeepalived.kernel.HeldObjects;
import org.jkeepalived.kernel.JournalLines;
import org.jkeepalived.kernel.KernelAddress;
import org.jkeepalived.kernel.KernelObject;
import org.jkeepalived.kernel.PlacedObject;
import org.jkeepalived.kernel.StaleObjects;
import org.jkeepalived.link.LinkAddress;
import org.jkeepalived.link.LinkBeat;
import org.jkeepalived.link.LinkEvents;
import org.jkeepalived.link.LinkState;
import org.jkeepalived.linux.Poller;
import org.jkeepalived.linux.SystemCallException;
import org.jkeepalived.linux.netlink.route.RouteMonitor;
import org.jkeepalived.linux.packet.LinkPort;
import org.jkeepalived.loop.EventLoop;
import org.jkeepalived.loop.FatalExit;
import org.jkeepalived.model.Configuration;
import org.jkeepalived.model.TrackTarget;
import org.jkeepalived.model.VrrpInstance;
import org.jkeepalived.notify.Event;
import org.jkeepalived.status.Snapshot;
import org.jkeepalived.status.TrackerStatus;
import org.jkeepalived.track.Condition;
import org.jkeepalived.vrrp.Effects;
import org.jkeepalived.vrrp.ReloadPlan;
import org.jkeepalived.vrrp.VirtualRouters;
import org.jkeepalived.vrrp.VrrpContext;
import org.jkeepalived.vrrp.WarmUp;
import org.jkeepalived.vrrp.address.AnnouncementSender;
import org.jkeepalived.vrrp.address.InstanceObjects;
import org.jkeepalived.vrrp.address.PacedAnnouncer;
import org.jkeepalived.vrrp.transport.GratuitousArp;
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
  private static final int DATAGRAMS_AT_ONCE = 64;
  private static final int WARM_UP_FRAMES = 100;
  private static final long STACK_BYTES = 512 * 1024L;

  private final EventLoop loop;
  private final ExecutorService background;
  private final KernelThread kernelThread;
  private final KernelSession kernel;
  private final HeldObjects objects;
  private final LinkPortSet ports;
  private final PacedAnnouncer announcer;
  private final VirtualRouters routers;
  private final RouteMonitor monitor;
  private final PacketTransport transport;
  private final Settings settings;
  private final FatalExit fatalExit;
  private final VrrpSnapshots snapshots;
  private final Thread thread;

  private final CompletableFuture<Optional<String>> ready = new CompletableFuture<>();
  private final SecondaryPromotion promotion = new SecondaryPromotion();

  private Set<String> promotedLinks;
  private boolean staleObjectsGone;
  private boolean starting;
  private boolean stopping;

  /**
   * What the configuration does not say.
   *
   * @param startupDelay how long to wait before the first instance starts
   * @param logAddresses {@code -a}: log every address that comes or goes
   * @param keepAddresses {@code -V}: leave the addresses where they are in the end
   */
  public record Settings(StartupDelay startupDelay, boolean logAddresses, boolean keepAddresses) {}

  /**
   * @param settings what the configuration does not say
   * @param kernel writes what virtual routers hold
   * @param events hears, on the VRRP thread, what happens to instances and groups
   * @param fatalExit what a thread does that cannot go on
   * @throws SystemCallException the kernel refuses what nothing works without
   */
  public VrrpService(
      Configuration configuration,
      Settings settings,
      KernelThread kernel,
      Event.Listener events,
      FatalExit fatalExit)
      throws SystemCallException {
    this.fatalExit = fatalExit;
    this.settings = settings;
    promotedLinks = SecondaryPromotion.links(configuration);
    loop = new EventLoop("vrrp", new Poller());
    background =
        Executors.newSingleThreadExecutor(
            step -> {
              Thread made = new Thread(null, step, "links", STACK_BYTES);
              made.setDaemon(true);
              return made;
            });
    VrrpLog log = new VrrpLog(events);
    kernelThread = kernel;
    this.kernel = kernel.session(JournalLines.VRRP, loop);
    objects = new HeldObjects(this.kernel, complaint -> log.log(Effects.Level.ERROR, complaint));
    ports = new LinkPortSet(loop, background, LinkPortSet.KERNEL);
    transport = PacketTransport.open(ports);
    LinkNames names = new LinkNames();
    announcer =
        new PacedAnnouncer(
            new Announcements(),
            names,
            loop.timers(),
            loop,
            line -> log.log(Effects.Level.DETAIL, line));
    routers =
        new VirtualRouters(
            configuration,
            new VrrpContext(loop.timers(), loop, transport, objects, announcer, log),
            ports);
    names.routers = Optional.of(routers);
    objects.links(routers.links());
    snapshots = new VrrpSnapshots(loop, routers, transport::sockets);
    ports.listener(new PortListener());
    monitor = RouteMonitor.open(background, loop, new Events());
    loop.atEndOfTurn(objects::flush);
    loop.atEndOfTurn(announcer::step);
    loop.atEndOfTurn(this::endWhenStopped);
    thread = new Thread(null, this::run, "vrrp", STACK_BYTES);
  }

  /** Announcements leave through the ports of links. */
  private final class Announcements implements AnnouncementSender {
    @Override
    public void announce(LinkState link, InetAddress address) {
      byte[] frame = GratuitousArp.encode(link.mac(), address);
      ports.send(link.index(), frame, frame.length);
    }

    @Override
    public boolean isOpening(LinkState link) {
      return ports.isOpening(link.index());
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

  /**
   * Begins.
   *
   * @return completed on the VRRP thread: empty when all is up, or why it is not
   */
  public CompletableFuture<Optional<String>> start() {
    loop.execute(this::begin);
    thread.start();
    return ready;
  }

  /**
   * Runs a failover against nothing while links are opened, on the thread that calls this, so that
   * no class is loaded in the first real one.
   */
  public void warmUp() {
    kernelThread.warmUp();
    WarmUp warmUp = new WarmUp();
    byte[] frame = warmUp.play((link, address) -> GratuitousArp.encode(link.mac(), address));
    background.execute(() -> LinkPort.warmUp(frame, WARM_UP_FRAMES, (bytes, length) -> {}));
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
      ready.complete(Optional.of(e.error().toString()));
      return;
    }
    removeStaleObjects();
    armRetry();
  }

  /** What the last run put into the kernel, and what the configuration names. */
  private void removeStaleObjects() {
    List<KernelObject> configured = new ArrayList<>();
    for (VrrpInstance instance : routers.configuration().instances()) {
      LOG.debug("({}) removing VIPs.", instance.name());
      configured.addAll(InstanceObjects.of(instance));
    }
    List<PlacedObject> stale =
        StaleObjects.among(KernelAddress.present(routers.links()), kernel.leftBehind(), configured);
    // What was written down and is gone may come back as somebody else's.
    kernel.forgetAllBut(StaleObjects.journalTexts(stale));
    objects.removeStale(
        stale,
        () -> {
          staleObjectsGone = true;
          startWhenPossible();
        });
  }

  private void startWhenPossible() {
    if (starting || stopping || !staleObjectsGone || !routers.portsAnswered()) {
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
    ready.complete(Optional.empty());
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
   * Carries a reload out. One thread calls it.
   *
   * @return completed on the VRRP thread when the new configuration is in force
   */
  public CompletableFuture<Void> reload(ReloadPlan plan) {
    CompletableFuture<Void> done = new CompletableFuture<>();
    Set<String> promoted = SecondaryPromotion.links(plan.target());
    loop.execute(
        () -> {
          routers.reload(plan);
          startWhenPossible();
          promotedLinks = promoted;
          promoted.forEach(name -> routers.links().named(name).ifPresent(this::promoteSecondaries));
          done.complete(null);
        });
    return done;
  }

  private void promoteSecondaries(LinkState link) {
    if (promotedLinks.contains(link.name())) {
      background.execute(() -> promotion.set(link.index()));
    }
  }

  /**
   * Looks at everything. Callable from any thread.
   *
   * @param clear set the statistics to zero once they are copied
   * @param watchers those who know more of what is tracked, each on a thread of its own
   */
  public CompletableFuture<Snapshot> snapshot(
      boolean clear, List<Supplier<CompletableFuture<TrackerStatus>>> watchers) {
    return snapshots.take(clear, watchers);
  }

  /** Stops all instances and waits until the kernel has heard of it. */
  public void stop() throws InterruptedException {
    loop.execute(
        () -> {
          routers.stop(!settings.keepAddresses());
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
    if (stopping && !objects.isBusy()) {
      loop.stop();
    }
    return false;
  }

  @Override
  public void close() {
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
      announcer.goOn();
      routers.portOpened(linkIndex);
      startWhenPossible();
    }

    @Override
    public void portFailed(int linkIndex, String reason) {
      announcer.goOn();
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
      objects.removed(KernelAddress.key(address));
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
      objects.resynchronised(KernelObject.Kind.ADDRESS, KernelAddress.presentKeys(routers.links()));
      startWhenPossible();
    }
  }
}
