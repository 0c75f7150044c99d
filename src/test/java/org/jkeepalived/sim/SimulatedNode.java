package org.jkeepalived.sim;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import org.jkeepalived.kernel.HeldObjects;
import org.jkeepalived.kernel.JournalLines;
import org.jkeepalived.kernel.KernelAddress;
import org.jkeepalived.kernel.KernelObject;
import org.jkeepalived.kernel.Refusal;
import org.jkeepalived.kernel.StaleObjects;
import org.jkeepalived.link.LinkAddress;
import org.jkeepalived.link.LinkEvents;
import org.jkeepalived.link.Links;
import org.jkeepalived.linux.SystemCallException;
import org.jkeepalived.loop.EventLoop;
import org.jkeepalived.model.Configuration;
import org.jkeepalived.model.GlobalDefinitions;
import org.jkeepalived.model.LifeScripts;
import org.jkeepalived.model.LinkWatch;
import org.jkeepalived.model.Notifications;
import org.jkeepalived.model.Reporting;
import org.jkeepalived.model.SyncGroup;
import org.jkeepalived.model.Tracked;
import org.jkeepalived.model.Trackers;
import org.jkeepalived.model.Tracking;
import org.jkeepalived.model.VirtualAddress;
import org.jkeepalived.model.VrrpInstance;
import org.jkeepalived.vrrp.ReloadPlan;
import org.jkeepalived.vrrp.RunningRouter;
import org.jkeepalived.vrrp.State;
import org.jkeepalived.vrrp.VirtualRouter;
import org.jkeepalived.vrrp.VirtualRouters;
import org.jkeepalived.vrrp.VrrpContext;
import org.jkeepalived.vrrp.address.InstanceObjects;

/**
 * One machine and the daemon on it: {@link VirtualRouters} as in production, in turns of the
 * daemon's own {@link EventLoop}, on a simulated kernel.
 */
final class SimulatedNode {

  /** What everything on one machine shares with the simulation. */
  record World(
      Scenario scenario,
      VirtualTime time,
      List<Cable> cables,
      Watcher watcher,
      Trace trace,
      Sabotage sabotage) {}

  /** What a machine that does not run still does. */
  enum Pause {
    NONE,
    /** The process does not get the CPU; the kernel keeps frames for it. */
    PROCESS,
    /** The machine is paused: frames are lost, the clock goes on. */
    MACHINE,
    /** The machine is paused, and its clock with it. */
    MACHINE_AND_CLOCK
  }

  private static final GlobalDefinitions GLOBALS =
      new GlobalDefinitions("sim", Optional.empty(), Optional.empty(), false, 0, 0, false);

  private final World world;
  private final int index;
  private final SplittableRandom random;
  private final DriftingClock clock;
  private final SimulatedLinks links;
  private final Disguise disguise;

  /** What the operator wrote; the process may not have read it yet. */
  private final List<VrrpInstance> written = new ArrayList<>();

  /** Which virtual routers are left out of the file. */
  private final BitSet absent = new BitSet();

  /** Which sync groups are left out of the file. */
  private final BitSet ungrouped = new BitSet();

  /** What the process has read. */
  private List<VrrpInstance> read = List.of();

  /** Which virtual routers that does not include. */
  private BitSet readAbsent = new BitSet();

  /** Whether the process is reading the file again. */
  private boolean reloading;

  private List<Scenario.Check> readChecks = List.of();

  /** The sync groups that the process has read. */
  private List<SyncGroup> readGroups = List.of();

  private final List<Set<VirtualAddress>> refused = new ArrayList<>();
  private Optional<Process> process = Optional.empty();
  private SimulatedKernel kernel;
  private final SimulatedScripts scripts;
  private long lifeNumber;
  private Pause pause = Pause.NONE;
  private long pausedAtNanos;
  private long turnAtNanos = Long.MAX_VALUE;
  private Optional<Arrival> hearing = Optional.empty();

  /** One run of the daemon. */
  private static final class Process {
    private final EventLoop loop;
    private final Links links = new Links();
    private final HeldObjects objects;
    private final WatchedAnnouncer announcer;
    private final VirtualRouters routers;
    private boolean staleObjectsGone;
    private boolean started;

    Process(Configuration configuration, SimulatedNode node) {
      loop = new EventLoop(new VirtualWait(node));
      objects = new HeldObjects(node.kernel, node::say);
      announcer = new WatchedAnnouncer(node, node.written.size(), loop.timers());
      routers =
          new VirtualRouters(
              configuration,
              new VrrpContext(
                  loop.timers(),
                  loop,
                  node.links,
                  new SabotagedBook(node, objects),
                  announcer,
                  new SimulatedListener(node.world.trace(), node::transition)),
              links,
              node.links);
      objects.links(links);
      links.addListener(new Reports());
      loop.atEndOfTurn(objects::flush);
      loop.atEndOfTurn(announcer::step);
    }

    /** As production's service passes them on. */
    private final class Reports implements LinkEvents {
      @Override
      public void addressRemoved(LinkAddress address) {
        objects.removed(KernelAddress.key(address));
      }

      @Override
      public void resynchronised() {
        objects.resynchronised(KernelObject.Kind.ADDRESS, KernelAddress.presentKeys(links));
      }
    }

    /** As production's service does it. */
    void removeStaleObjects(Set<String> leftBehind) {
      objects.removeStale(
          StaleObjects.among(
              KernelAddress.present(links),
              leftBehind,
              InstanceObjects.of(routers.configuration())),
          () -> staleObjectsGone = true);
    }

    void startWhenPossible() {
      if (!started && staleObjectsGone && routers.portsAnswered()) {
        started = true;
        routers.start();
      }
    }
  }

  SimulatedNode(World world, int index, SplittableRandom random) {
    this.world = world;
    this.index = index;
    this.random = random;
    Scenario.Machine machine = world.scenario().machines().get(index);
    clock = new DriftingClock(world.time(), machine.clockOriginNanos(), machine.clockDriftPpm());
    links = new SimulatedLinks(this, world.scenario().segments());
    kernel = new SimulatedKernel(this, world.scenario().routers().size());
    scripts = new SimulatedScripts(this, world.scenario().checks());
    disguise = new Disguise(world.sabotage());
    world.scenario().routers().forEach(router -> written.add(router.byNode().get(index)));
    written.forEach(router -> refused.add(new LinkedHashSet<>()));
  }

  int index() {
    return index;
  }

  long now() {
    return world.time().nowNanos();
  }

  long clockNanos() {
    return clock.nowNanos();
  }

  Sabotage sabotage() {
    return world.sabotage();
  }

  SimulatedLinks links() {
    return links;
  }

  SimulatedKernel kernel() {
    return kernel;
  }

  /** What the process wants to hold for a virtual router. */
  Set<VirtualAddress> claimed(int router) {
    Set<VirtualAddress> claimed = new LinkedHashSet<>();
    for (KernelObject object : process.orElseThrow().objects.all()) {
      VirtualAddress address = ((KernelAddress) object).address();
      if (ScenarioDice.router(address) == router) {
        claimed.add(address);
      }
    }
    return claimed;
  }

  /** Whether the process has asked the kernel for something that is not carried out yet. */
  boolean isKernelBusy() {
    return kernel.isBusy() || process.filter(one -> one.objects.isBusy()).isPresent();
  }

  SimulatedScripts scripts() {
    return scripts;
  }

  Cable cable(int segment) {
    return world.cables().get(segment);
  }

  VirtualRouters routers() {
    return process.orElseThrow().routers;
  }

  EventLoop loop() {
    return process.orElseThrow().loop;
  }

  boolean isAlive() {
    return process.isPresent();
  }

  boolean isPaused() {
    return pause != Pause.NONE;
  }

  /** Whether it can take part in elections on a segment. */
  boolean takesPart(int segment) {
    return isAlive() && !isPaused() && links.isUsable(segment);
  }

  /** The configuration of a virtual router that the process acts on. */
  VrrpInstance instance(int router) {
    return read.get(router);
  }

  /** The effective priority that the process should have. */
  int priority(int router) {
    return scripts.priority(instance(router), router);
  }

  /** The checks that the process has read of. */
  List<Scenario.Check> readChecks() {
    return readChecks;
  }

  /** The process is about to hear what a script says. */
  void tracked(int router, int priorityBefore) {
    world.watcher().tracked(this, router, priorityBefore);
  }

  /** Something that takes the process a while. */
  void soon(Runnable step) {
    commandAfter(random.nextLong(3 * Scenario.SECONDS), step);
  }

  /** What the operator wrote last. */
  VrrpInstance written(int router) {
    return written.get(router);
  }

  Optional<VirtualRouter> router(int router) {
    return process.flatMap(
        one ->
            one.routers.all().stream()
                .map(RunningRouter::router)
                .filter(it -> ScenarioDice.router(it.instance().name()) == router)
                .findFirst());
  }

  /** Which node's frame is being handled; -1 for none. */
  int hearingFrom() {
    return hearing.map(Arrival::from).orElse(-1);
  }

  /** The frame that is being handled. */
  Optional<Arrival> hearing() {
    return hearing;
  }

  /** Which virtual router's advertisement is being handled; -1 for none. */
  int hearingOf() {
    return hearing.map(Arrival::router).orElse(-1);
  }

  boolean oneIn(int times) {
    return random.nextInt(times) == 0;
  }

  long answerDelayNanos() {
    return random.nextLong(world.scenario().limits().answerNanos() / 10);
  }

  boolean linkExists(String device) {
    return process.isPresent() && routers().links().named(device).isPresent();
  }

  private void say(String what) {
    world.trace().say("node" + index, () -> what);
  }

  // ---- life ----

  void boot() {
    if (isAlive()) {
      return;
    }
    say("boots");
    lifeNumber++;
    links.processIsNew();
    kernel.processIsNew();
    read = List.copyOf(written);
    readAbsent = (BitSet) absent.clone();
    readGroups = groups();
    readChecks = checks(readGroups);
    Process next = new Process(file(), this);
    process = Optional.of(next);
    world.watcher().booted(this);
    watch(next.loop);
    command(links::describe);
    Set<String> leftBehind =
        sabotage() == Sabotage.FORGETS_JOURNAL ? Set.of() : kernel.journal().of(JournalLines.VRRP);
    command(() -> next.removeStaleObjects(leftBehind));
    allSurroundingsChanged();
    scripts.read(List.of(), readChecks, true);
    wakeSoon();
  }

  private void watch(EventLoop loop) {
    try {
      loop.watch(VirtualWait.LINKS, links::read);
    } catch (SystemCallException e) {
      throw new AssertionError("there is no system to call", e);
    }
  }

  /** Without a word: the power is gone. */
  void crash() {
    if (isAlive()) {
      say("crashes");
      die();
    }
    kernel = new SimulatedKernel(this, written.size());
  }

  /** The daemon gets SIGKILL: what it put into the kernel stays there. */
  void kill() {
    if (isAlive()) {
      say("is killed");
      die();
    }
  }

  /** The daemon gets SIGTERM. */
  void stop() {
    if (isAlive() && !isPaused()) {
      say("is stopped");
      command(() -> routers().stop(true));
      turn();
      kernel.settle();
      world.watcher().stopped(this);
      die();
    }
  }

  private void die() {
    process = Optional.empty();
    pause = Pause.NONE;
    lifeNumber++;
    turnAtNanos = Long.MAX_VALUE;
    allSurroundingsChanged();
  }

  void pause(Pause kind) {
    if (isAlive() && !isPaused()) {
      say("pauses " + kind);
      pause = kind;
      pausedAtNanos = now();
      turnAtNanos = Long.MAX_VALUE;
      allSurroundingsChanged();
    }
  }

  void resume() {
    if (isPaused()) {
      if (pause == Pause.MACHINE_AND_CLOCK) {
        clock.stoodStill(now() - pausedAtNanos);
      }
      pause = Pause.NONE;
      say("resumes");
      allSurroundingsChanged();
      wakeSoon();
    }
  }

  /** The operator changes the file, to send SIGHUP later. */
  void write(int router, VrrpInstance changed) {
    written.set(router, changed);
  }

  /** The operator changes the file and sends SIGHUP. */
  void reload(int router, VrrpInstance changed) {
    written.set(router, changed);
    say("file changes: " + changed.election() + " " + changed.protocol().advertIntervalNanos());
    reload();
  }

  private void reload() {
    if (isAlive()) {
      List<VrrpInstance> next = List.copyOf(written);
      BitSet nextAbsent = (BitSet) absent.clone();
      List<SyncGroup> nextGroups = groups();
      List<Scenario.Check> nextChecks = checks(nextGroups);
      Configuration file = file();
      command(
          () -> {
            boolean renames = !names(read).equals(names(next));
            read = next;
            readAbsent = nextAbsent;
            readGroups = nextGroups;
            List<Scenario.Check> checksBefore = readChecks;
            readChecks = nextChecks;
            scripts.read(checksBefore, readChecks, false);
            world.watcher().reloaded(this);
            reloading = true;
            if (renames && sabotage() == Sabotage.STOPS_WHAT_IT_RENAMES) {
              load(file(List.of(), List.of()));
            }
            load(file);
            reloading = false;
          });
    }
  }

  private void load(Configuration file) {
    routers().reload(ReloadPlan.of(routers().configuration(), file));
  }

  private static List<String> names(List<VrrpInstance> instances) {
    return instances.stream().map(VrrpInstance::name).toList();
  }

  /** The operator removes a sync group from the file, or puts it back. */
  void toggleGroup(int group) {
    ungrouped.flip(group);
    say("file " + (ungrouped.get(group) ? "without " : "with ") + Scenario.Group.name(group));
    reload();
  }

  /** The operator removes a virtual router from the file, or puts it back. */
  void toggle(int router) {
    absent.flip(router);
    reload(router, written.get(router));
  }

  /** Whether the process runs that virtual router at all. */
  boolean runs(int router) {
    return router(router).isPresent();
  }

  /** The sync groups that the process has read, and knows of unless it is sabotaged. */
  List<SyncGroup> readGroups() {
    return readGroups;
  }

  /** Whether the process has read of all these, and that they are a group if they are several. */
  boolean isWhole(List<Integer> routers) {
    return routers.size() == 1
        || readGroups.stream()
            .map(group -> group.members().stream().map(ScenarioDice::router).toList())
            .anyMatch(routers::equals);
  }

  private List<SyncGroup> groups() {
    List<SyncGroup> present = new ArrayList<>();
    for (int group = 0; group < world.scenario().groups().size(); group++) {
      List<String> members =
          world.scenario().groups().get(group).routers().stream()
              .filter(router -> !absent.get(router))
              .map(router -> written.get(router).name())
              .toList();
      if (!ungrouped.get(group) && !members.isEmpty()) {
        List<Tracked> things =
            check(world.scenario().groups().get(group).routers().get(0)).stream()
                .map(Scenario.Check::tracked)
                .toList();
        present.add(new SyncGroup(Scenario.Group.name(group), members, things, Notifications.NONE));
      }
    }
    return present;
  }

  private Optional<Scenario.Check> check(int router) {
    return world.scenario().checks().stream()
        .filter(check -> check.routers().contains(router))
        .findFirst();
  }

  /** Those that somebody in the file tracks. */
  private List<Scenario.Check> checks(List<SyncGroup> groups) {
    return world.scenario().checks().stream()
        .filter(
            check ->
                world.scenario().group(check.routers().get(0)).isPresent()
                    ? groups.stream().anyMatch(group -> group.things().contains(check.tracked()))
                    : !absent.get(check.routers().get(0)))
        .toList();
  }

  private VrrpInstance tracking(VrrpInstance instance) {
    int router = ScenarioDice.router(instance.name());
    return world.scenario().group(router).isPresent()
        ? instance
        : check(router)
            .map(check -> instance.tracking(new Tracking(List.of(check.tracked()), true, false)))
            .orElse(instance);
  }

  private Configuration file() {
    List<VrrpInstance> present = new ArrayList<>();
    for (int router = 0; router < written.size(); router++) {
      if (!absent.get(router)) {
        present.add(written.get(router));
      }
    }
    return file(
        disguise.of(present).stream().map(this::tracking).toList(), disguise.groups(groups()));
  }

  private static Configuration file(List<VrrpInstance> instances, List<SyncGroup> groups) {
    return new Configuration(
        GLOBALS,
        instances,
        groups,
        Trackers.NONE,
        LinkWatch.KERNEL,
        Reporting.NONE,
        LifeScripts.NONE);
  }

  void refuse(boolean refuses) {
    say(refuses ? "kernel refuses addresses" : "kernel accepts addresses");
    kernel.refuses(refuses);
    allSurroundingsChanged();
  }

  void surroundingsChanged(int segment) {
    say(ScenarioDice.device(segment) + (links.isUsable(segment) ? " usable" : " not usable"));
    world.watcher().surroundingsChanged(this, segment);
  }

  private void allSurroundingsChanged() {
    for (int segment = 0; segment < world.scenario().segments(); segment++) {
      world.watcher().surroundingsChanged(this, segment);
    }
  }

  // ---- turns ----

  /** Another thread of the process, or the kernel, has something for the loop. */
  void command(Runnable step) {
    if (isAlive()) {
      Process one = process.get();
      one.loop.execute(
          () -> {
            step.run();
            one.startWhenPossible();
          });
    }
  }

  void commandAfter(long delayNanos, Runnable step) {
    atWhileAlive(now() + delayNanos, () -> command(step));
  }

  /** Happens unless this run of the process has ended by then. */
  void atWhileAlive(long atNanos, Runnable step) {
    long life = lifeNumber;
    world
        .time()
        .at(
            atNanos,
            () -> {
              if (life == lifeNumber) {
                step.run();
              }
            });
  }

  void wakeSoon() {
    wakeAt(now() + random.nextLong(world.scenario().limits().wakeNanos() + 1));
  }

  private void wakeAt(long atNanos) {
    if (!isAlive() || isPaused() || turnAtNanos <= atNanos) {
      return;
    }
    turnAtNanos = atNanos;
    world
        .time()
        .at(
            atNanos,
            () -> {
              if (turnAtNanos == atNanos) {
                turnAtNanos = Long.MAX_VALUE;
                turn();
              }
            });
  }

  /** The daemon's loop takes a turn; the next one comes when it has something to do. */
  private void turn() {
    EventLoop loop = loop();
    try {
      loop.turn();
    } catch (SystemCallException e) {
      throw new AssertionError("there is no system to call", e);
    }
    world.watcher().turnEnded(this);
    long waitNanos = links.hasQueued() ? 0 : loop.nanosToWait();
    if (waitNanos == 0) {
      wakeAt(now());
    } else if (waitNanos != Long.MAX_VALUE) {
      wakeAt(
          clock.whenElapsed(waitNanos)
              + random.nextLong(world.scenario().limits().wakeNanos() + 1));
    }
  }

  /** A frame comes in from the cable. */
  void arrived(Arrival arrival) {
    boolean processMayReadLater = pause == Pause.NONE || pause == Pause.PROCESS;
    if (isAlive() && processMayReadLater && !isDeafTo(arrival)) {
      links.arrived(arrival);
    }
  }

  private boolean isDeafTo(Arrival arrival) {
    return sabotage() == Sabotage.DEAF_TO_BETTER
        && arrival.router() >= 0
        && arrival.priority() > priority(arrival.router());
  }

  // ---- what the process does ----

  void hears(Arrival arrival) {
    hearing = Optional.of(arrival);
    world.watcher().hears(this, arrival);
  }

  void heardAll() {
    hearing = Optional.empty();
  }

  void sent(int router, int priority, boolean taken) {
    world
        .trace()
        .say(
            "node" + index,
            () ->
                ScenarioDice.name(router) + " advertises " + priority + (taken ? "" : ", in vain"));
    world.watcher().sent(this, router, priority, taken);
  }

  /** A gratuitous ARP was sent. */
  void announced(int router, InetAddress address) {
    boolean held = kernel.held(router).stream().anyMatch(there -> there.address().equals(address));
    if (!held && !kernel.isRobbed(router)) {
      throw new Violation(
          "node"
              + index
              + " announces an address of "
              + ScenarioDice.name(router)
              + " that it does not hold: "
              + address.getHostAddress());
    }
  }

  /** A gratuitous ARP was sent for each address that was to be announced. */
  void announcedAll(int router) {
    world.trace().say("node" + index, () -> ScenarioDice.name(router) + " announces");
    world.watcher().announced(this, router);
  }

  void asks(VirtualAddress address) {
    world.watcher().asked(this, ScenarioDice.router(address), address);
  }

  /** The process hears that objects could not be added. */
  void hearsRefusals(int router, List<Refusal> refusals) {
    refusals.forEach(one -> refused.get(router).add(((KernelAddress) one.object()).address()));
  }

  /** What could not be added since the virtual router last became master. */
  Set<VirtualAddress> refused(int router) {
    return refused.get(router);
  }

  void addressesChanged(int router) {
    world.watcher().addressesChanged(this, router);
  }

  private void transition(RunningRouter running, State from, State to) {
    int router = ScenarioDice.router(running.router().instance().name());
    if (to == State.MASTER) {
      refused.get(router).clear();
    }
    world.trace().say("node" + index, () -> ScenarioDice.name(router) + " " + from + " -> " + to);
    if (to == State.INIT && reloading && !readAbsent.get(router)) {
      throw new Violation(
          "node"
              + index
              + " "
              + ScenarioDice.name(router)
              + " is stopped by a reload that keeps it");
    }
    world.watcher().transition(this, router, from, to);
  }
}
