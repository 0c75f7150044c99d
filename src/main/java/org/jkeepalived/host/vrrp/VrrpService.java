package org.jkeepalived.host.vrrp;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jkeepalived.host.kernel.KernelSession;
import org.jkeepalived.host.kernel.KernelThread;
import org.jkeepalived.kernel.HeldObjects;
import org.jkeepalived.kernel.JournalLines;
import org.jkeepalived.kernel.KernelAddress;
import org.jkeepalived.kernel.KernelObject;
import org.jkeepalived.kernel.PlacedObject;
import org.jkeepalived.kernel.StaleObjects;
import org.jkeepalived.link.LinkBeat;
import org.jkeepalived.link.LinkState;
import org.jkeepalived.link.Links;
import org.jkeepalived.linux.SystemCallException;
import org.jkeepalived.linux.netlink.route.RouteMonitor;
import org.jkeepalived.linux.packet.LinkPort;
import org.jkeepalived.linux.process.ThreadPriority;
import org.jkeepalived.loop.EventLoop;
import org.jkeepalived.loop.FailureRule;
import org.jkeepalived.loop.OwnerThread;
import org.jkeepalived.loop.Owners;
import org.jkeepalived.model.AddressFamily;
import org.jkeepalived.model.Configuration;
import org.jkeepalived.model.LinkWatch;
import org.jkeepalived.model.ProcessSettings;
import org.jkeepalived.model.TrackTarget;
import org.jkeepalived.notify.Event;
import org.jkeepalived.status.TrackerStatus;
import org.jkeepalived.status.VrrpSnapshot;
import org.jkeepalived.track.Condition;
import org.jkeepalived.vrrp.Effects;
import org.jkeepalived.vrrp.ReloadPlan;
import org.jkeepalived.vrrp.VirtualRouters;
import org.jkeepalived.vrrp.VrrpContext;
import org.jkeepalived.vrrp.WarmUp;
import org.jkeepalived.vrrp.address.AnnouncementSender;
import org.jkeepalived.vrrp.address.PacedAnnouncer;
import org.jkeepalived.vrrp.transport.GratuitousArp;
import org.jkeepalived.vrrp.transport.NeighbourAdvertisement;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * VRRP as a running service: builds the rooms, connects them, and runs the thread that owns them.
 * All wiring of VRRP stands here.
 */
public final class VrrpService implements Executor, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(VrrpService.class);

  /** How long the kernel may take to remove the addresses, of ten thousand instances perhaps. */
  private static final long STOP_DEADLINE_NANOS = 5_000_000_000L;

  private static final long SETTINGS_DEADLINE_NANOS = 1_000_000_000L;
  private static final long JOIN_MILLIS = 7_000;
  private static final long BACKGROUND_MILLIS = 1_000;
  private static final int DATAGRAMS_AT_ONCE = 64;
  private static final int WARM_UP_FRAMES = 100;

  /** The owner would be in doubt, and nobody else advertises: another machine must take over. */
  private static final FailureRule RULE = FailureRule.endProcess("the VRRP thread cannot go on");

  private static final FailureRule BACKGROUND_RULE =
      FailureRule.goOnOrHang(
          "no link is opened any more, nor are links read anew; restart the daemon");

  private final Owners owners;
  private final OwnerThread thread;
  private final EventLoop loop;

  /** Opens and closes links and reads them anew, which may take its time. */
  private final OwnerThread background;

  private final HeldObjects objects;
  private final Links links = new Links();
  private final LinkPortSet ports;
  private final PacedAnnouncer announcer;
  private final VirtualRouters routers;
  private final RouteMonitor monitor;
  private final PacketTransport transport;
  private final Settings settings;
  private final VrrpSnapshots snapshots;
  private final MadeLinks madeLinks;
  private final VrrpStart start;
  private final ReloadApproach approach;
  private final RoutingReports routing;
  private final WantedSettings wantedSettings;
  private final RepeatedLook repeatedLook;
  private final RisingPriority priority;
  private final MaintenanceDesk maintenance;
  private final KernelThread kernel;
  private LinkWatch.Buffers buffers;

  /**
   * What the configuration does not say.
   *
   * @param startupDelay how long to wait before the first instance starts
   * @param logAddresses {@code -a}: log every address that comes or goes
   * @param keepAddresses {@code -V}: leave the addresses where they are in the end
   * @param maintenance the file in which stands what is to stay out over a restart
   */
  public record Settings(
      StartupDelay startupDelay,
      boolean logAddresses,
      boolean keepAddresses,
      MaintenanceFile maintenance) {}

  /**
   * @param settings what the configuration does not say
   * @param kernel writes what virtual routers hold
   * @param events hears, on the VRRP thread, what happens to instances and groups
   * @param owners makes the threads
   * @throws SystemCallException the kernel refuses what nothing works without
   */
  public VrrpService(
      Configuration configuration,
      Settings settings,
      KernelThread kernel,
      Event.Listener events,
      Owners owners)
      throws SystemCallException {
    this.owners = owners;
    this.settings = settings;
    this.kernel = kernel;
    thread = owners.make("vrrp", RULE);
    loop = thread.loop();
    background = owners.make("links", BACKGROUND_RULE).start();
    priority = new RisingPriority(configuration.globals().autoPriority(), RisingPriority.KERNEL);
    loop.whenLate(priority);
    VrrpLog log = new VrrpLog(events);
    KernelSession session = kernel.session(JournalLines.VRRP, loop);
    objects = new HeldObjects(session, links, complaint -> log.log(Effects.Level.ERROR, complaint));
    ports = new LinkPortSet(loop, background, LinkPortSet.KERNEL);
    transport = PacketTransport.open(ports);
    announcer =
        new PacedAnnouncer(
            new Announcements(),
            links::named,
            loop.timers(),
            loop,
            line -> log.log(Effects.Level.DETAIL, line));
    if (settings.logAddresses()) {
      links.addListener(new AddressLog(links));
    }
    VrrpContext context = new VrrpContext(loop.timers(), loop, transport, objects, announcer, log);
    routers = new VirtualRouters(configuration, context, links, ports);
    madeLinks = new MadeLinks(loop, background, context, links);
    repeatedLook = new RepeatedLook(loop.timers(), loop, this::lookAgain);
    wantedSettings = new WantedSettings(objects, session.leftBehind(), repeatedLook::soon);
    setBeforePortsOpen(configuration);
    ports.prepare(routers.portDemands());
    snapshots = new VrrpSnapshots(loop, routers, new VrrpFigures(ports, transport, owners));
    routing = new RoutingReports(loop, routers, objects);
    start =
        new VrrpStart(
            loop,
            routers,
            new Leftovers(session, objects, wantedSettings),
            madeLinks,
            settings.startupDelay());
    approach = new ReloadApproach(loop, routers);
    maintenance = new MaintenanceDesk(loop, routers, background, settings.maintenance());
    ports.listener(new PortListener());
    links.addListener(new KernelReports(links, objects, wantedSettings, start));
    monitor = RouteMonitor.open(background, loop, links);
    monitor.whenRefused(repeatedLook::soon);
    buffers = configuration.links().buffers();
    if (!buffers.equals(LinkWatch.Buffers.STANDARD)) {
      makeRoom();
    }
    loop.atEndOfTurn(routers::settleRouting);
    loop.atEndOfTurn(objects::flush);
    loop.atEndOfTurn(announcer::step);
    loop.atEndOfTurn(this::endWhenStopped);
  }

  /** Announcements leave through the ports of links. */
  private final class Announcements implements AnnouncementSender {
    @Override
    public void announce(LinkState link, InetAddress address) {
      byte[] frame =
          AddressFamily.of(address) == AddressFamily.IPV4
              ? GratuitousArp.encode(link.mac(), address)
              : NeighbourAdvertisement.encode(
                  link.mac(), address, links.forwardsIpv6(link.index()));
      ports.send(link.index(), frame, frame.length);
    }

    @Override
    public boolean isOpening(LinkState link) {
      return ports.isOpening(link.index());
    }
  }

  // ---- life ----

  /**
   * A machine that has more to do than it can, and a garbage collection among it that the checks of
   * real servers make necessary, must not look like the death of a master.
   */
  private static void prefer() {
    try {
      ThreadPriority.prefer(ProcessSettings.VRRP.nice());
    } catch (SystemCallException e) {
      LOG.debug("VRRP runs like everything else: {}", e.getMessage());
    }
  }

  /**
   * Begins.
   *
   * @return completed on the VRRP thread: empty when all is up, or why it is not
   */
  public CompletableFuture<Optional<String>> start() {
    maintenance.restore();
    loop.execute(VrrpService::prefer);
    loop.execute(this::begin);
    start.ready().thenRun(ports::closeUnused);
    thread.start();
    return start.ready();
  }

  /**
   * Runs a failover against nothing while links are opened, on the thread that calls this, so that
   * no class is loaded in the first real one.
   */
  public void warmUp() {
    WarmUp warmUp = new WarmUp();
    byte[] frame = warmUp.play((link, address) -> GratuitousArp.encode(link.mac(), address));
    background.execute(() -> LinkPort.warmUp(frame, WARM_UP_FRAMES, (bytes, length) -> {}));
  }

  /**
   * {@code vrrp_rt_priority}, as {@code max_auto_priority} knows it. To be called on the VRRP
   * thread.
   *
   * @param realTime 1 to 99; 0 for an ordinary thread
   */
  public void setPriority(int realTime) throws SystemCallException {
    priority.begin(realTime);
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

  /** Where virtual routers are taken out and back. */
  public MaintenanceDesk maintenance() {
    return maintenance;
  }

  private void begin() {
    try {
      if (start.concernsIpv6()) {
        monitor.listenToIpv6();
        transport.listenToIpv6(loop, routers::received);
        NeighbourAdvertisement.rehearse();
      }
      monitor.start();
      loop.watch(monitor.fd(), () -> monitor.drain(DATAGRAMS_AT_ONCE));
      transport.listen(loop, routers::received);
    } catch (SystemCallException e) {
      start.refuse(e.error().toString());
      return;
    }
    routing.listenIfWanted();
    start.removeStaleObjects();
  }

  private void lookAgain() {
    routers.retryPorts();
    wantedSettings.lookAgain(links);
    monitor
        .problem()
        .ifPresent(
            problem -> {
              LOG.warn("{}: reading links and addresses again", problem);
              monitor.resynchronise();
            });
  }

  /**
   * Carries a reload out. One thread calls it.
   *
   * @return completed on the VRRP thread when the new configuration is in force
   */
  public CompletableFuture<Void> reload(ReloadPlan plan) {
    CompletableFuture<Void> done = new CompletableFuture<>();
    loop.execute(
        () -> {
          priority.allow(plan.target().globals().autoPriority());
          listenToIpv6(plan.target());
          madeLinks.make(
              plan.target(),
              () ->
                  approach.await(
                      plan,
                      () -> {
                        carryOut(plan);
                        done.complete(null);
                      }));
        });
    return done;
  }

  /** Whoever joins a group has the kernel report it, unless that is forbidden by then. */
  private void setBeforePortsOpen(Configuration configuration) {
    wantedSettings.want(configuration, links);
    if (objects.isBusy()) {
      objects.flush();
      kernel.awaitAll(SETTINGS_DEADLINE_NANOS);
    }
  }

  private void carryOut(ReloadPlan plan) {
    if (start.isStopped()) {
      return; // a stop has overtaken the reload while that waited for links: nothing comes back
    }
    routers.reload(plan);
    madeLinks.keepOnly(plan.target());
    routing.listenIfWanted();
    removeObjectsOfOthers(plan);
    start.whenPossible();
    wantedSettings.want(plan.target(), links);
    if (!buffers.equals(plan.target().links().buffers())) {
      buffers = plan.target().links().buffers();
      makeRoom();
    }
  }

  private void makeRoom() {
    monitor.makeRoom(buffers.monitor(), buffers.command());
    kernel.makeRoom(buffers.command());
  }

  /**
   * A reload may be the first to name an IPv6 address: those that there are come as news, and until
   * then whoever speaks IPv6 waits for an address to speak from.
   */
  private void listenToIpv6(Configuration target) {
    try {
      if (target.speaksIpv6()) {
        transport.listenToIpv6(loop, routers::received);
        NeighbourAdvertisement.rehearse();
        if (monitor.listenToIpv6()) {
          monitor.resynchronise();
        }
      }
    } catch (SystemCallException e) {
      LOG.error("{}: no IPv6 address is heard of", e.error());
    }
  }

  /**
   * What the kernel has already, and a reload makes a virtual router's, is removed as at the start:
   * it may be another machine's now. A master has taken it by now, so that somebody holds it.
   */
  private void removeObjectsOfOthers(ReloadPlan plan) {
    List<PlacedObject> there =
        StaleObjects.among(KernelAddress.present(links), Set.of(), plan.newObjects());
    Set<String> former =
        plan.formerObjects().stream().map(KernelObject::journalText).collect(Collectors.toSet());
    for (PlacedObject removed : objects.removeUnheld(there)) {
      if (former.contains(removed.object().journalText())) {
        continue; // ours: whoever held it lets go of it in these moments
      }
      LOG.info(
          "{} was there before this reload, removing it: it is a virtual router's now",
          removed.object().name());
    }
  }

  /**
   * Looks at everything. Callable from any thread.
   *
   * @param clear set the statistics to zero once they are copied
   * @param watchers those who know more of what is tracked, each on a thread of its own
   */
  public CompletableFuture<VrrpSnapshot> snapshot(
      boolean clear, List<Supplier<CompletableFuture<TrackerStatus>>> watchers) {
    return snapshots.take(clear, watchers);
  }

  /** Stops all instances and waits until the kernel has heard of it. */
  public void stop() throws InterruptedException {
    loop.execute(
        () -> {
          routers.stop(!settings.keepAddresses());
          stopLinks();
          wantedSettings.stop();
          start.stop();
          loop.timers()
              .timer(
                  (deadline, now) -> {
                    LOG.warn("The kernel is still busy with the addresses, not waiting for it");
                    loop.stop();
                  })
              .arm(loop.nowNanos() + STOP_DEADLINE_NANOS);
        });
    if (!thread.awaitEnd(JOIN_MILLIS)) {
      owners.endProcess(
          "the VRRP thread does not stop", new IllegalStateException(thread.state().toString()));
    }
    close();
  }

  /** They keep what is to be kept: an address goes with its link. */
  private void stopLinks() {
    if (!settings.keepAddresses()) {
      madeLinks.stop();
    }
  }

  /**
   * Before the process ends in the middle of everything: others are told to take over, and what is
   * held is asked back of the kernel. Called on a thread that waits for nothing else.
   *
   * @param failed does nothing any more; where it is VRRP's, this thread does it in its place
   * @param mostNanos how long to wait for the VRRP thread otherwise
   */
  public void resign(Thread failed, long mostNanos) {
    CountDownLatch done = new CountDownLatch(1);
    Runnable step =
        () -> {
          try {
            routers.stop(!settings.keepAddresses());
            stopLinks();
            wantedSettings.stop();
          } finally {
            objects.flush();
            done.countDown();
          }
        };
    if (thread.is(failed)) {
      step.run();
      return;
    }
    loop.execute(step);
    try {
      done.await(mostNanos, TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean endWhenStopped() {
    if (start.isStopped() && !objects.isBusy()) {
      loop.stop();
    }
    return false;
  }

  @Override
  public void close() {
    ports.closeAll();
    monitor.close();
    routing.close();
    transport.close();
    if (!background.endWithin(BACKGROUND_MILLIS)) {
      LOG.warn("links are still being closed, not waiting for it");
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
      start.whenPossible();
      approach.goOnWhenAnswered();
    }

    @Override
    public void portFailed(int linkIndex, String reason) {
      announcer.goOn();
      routers.portFailed(linkIndex, reason);
      start.whenPossible();
      approach.goOnWhenAnswered();
      repeatedLook.soon();
    }

    @Override
    public void portLacks(int linkIndex) {
      repeatedLook.soon();
    }
  }
}
