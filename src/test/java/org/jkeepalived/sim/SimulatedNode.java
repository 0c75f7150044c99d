package org.jkeepalived.sim;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.SplittableRandom;
import org.jkeepalived.model.Configuration;
import org.jkeepalived.model.GlobalDefinitions;
import org.jkeepalived.model.VirtualAddress;
import org.jkeepalived.model.VrrpInstance;
import org.jkeepalived.time.TimerQueue;
import org.jkeepalived.vrrp.ReloadPlan;
import org.jkeepalived.vrrp.RunningRouter;
import org.jkeepalived.vrrp.State;
import org.jkeepalived.vrrp.VirtualRouter;
import org.jkeepalived.vrrp.VirtualRouters;

/**
 * One machine and the daemon on it: {@link VirtualRouters} as in production, in turns as the
 * daemon's loop takes them, on a simulated kernel.
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

  /** What the process has read. */
  private List<VrrpInstance> read = List.of();

  private Optional<Process> process = Optional.empty();
  private SimulatedAddresses addresses;
  private long lifeNumber;
  private Pause pause = Pause.NONE;
  private long pausedAtNanos;
  private long turnAtNanos = Long.MAX_VALUE;
  private int hearingFrom = -1;

  /** One run of the daemon. */
  private static final class Process {
    private final TimerQueue timers = new TimerQueue();
    private final Queue<Runnable> commands = new ArrayDeque<>();
    private final VirtualRouters routers;
    private boolean started;

    Process(List<VrrpInstance> instances, SimulatedNode node) {
      routers =
          new VirtualRouters(
              new Configuration(GLOBALS, instances),
              new RunningRouter.Surroundings(
                  timers,
                  node.links,
                  node.addresses,
                  node.addresses,
                  node.clock::nowNanos,
                  node::transition,
                  event -> {}),
              node.links);
    }
  }

  SimulatedNode(World world, int index, SplittableRandom random) {
    this.world = world;
    this.index = index;
    this.random = random;
    Scenario.Machine machine = world.scenario().machines().get(index);
    clock = new DriftingClock(world.time(), machine.clockOriginNanos(), machine.clockDriftPpm());
    links = new SimulatedLinks(this, world.scenario().segments());
    addresses = new SimulatedAddresses(this, world.scenario().routers().size());
    disguise = new Disguise(world.sabotage());
    world.scenario().routers().forEach(router -> written.add(router.byNode().get(index)));
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

  SimulatedAddresses addresses() {
    return addresses;
  }

  Cable cable(int segment) {
    return world.cables().get(segment);
  }

  VirtualRouters routers() {
    return process.orElseThrow().routers;
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

  /** What the operator wrote last. */
  VrrpInstance written(int router) {
    return written.get(router);
  }

  Optional<VirtualRouter> router(int router) {
    return process.flatMap(
        one ->
            one.routers.all().stream()
                .map(RunningRouter::router)
                .filter(it -> it.instance().name().equals(ScenarioDice.name(router)))
                .findFirst());
  }

  /** Which node's frame is being handled; -1 for none. */
  int hearingFrom() {
    return hearingFrom;
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
    addresses = new SimulatedAddresses(this, written.size());
    read = List.copyOf(written);
    process = Optional.of(new Process(file(), this));
    world.watcher().booted(this);
    process.get().commands.add(links::describe);
    allSurroundingsChanged();
    wakeSoon();
  }

  /** Without a word: the power is gone. */
  void crash() {
    if (isAlive()) {
      say("crashes");
      die();
    }
  }

  /** The daemon gets SIGTERM. */
  void stop() {
    if (isAlive() && !isPaused()) {
      say("is stopped");
      routers().stop(true);
      world.watcher().turnEnded(this);
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

  /** The operator changes the file and sends SIGHUP. */
  void reload(int router, VrrpInstance changed) {
    written.set(router, changed);
    say("file changes: " + changed.election() + " " + changed.protocol().advertIntervalNanos());
    if (isAlive()) {
      List<VrrpInstance> next = List.copyOf(written);
      List<VrrpInstance> file = file();
      command(
          () -> {
            read = next;
            world.watcher().reloaded(this);
            routers()
                .reload(ReloadPlan.of(routers().configuration(), new Configuration(GLOBALS, file)));
          });
    }
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

  private List<VrrpInstance> file() {
    List<VrrpInstance> present = new ArrayList<>();
    for (int router = 0; router < written.size(); router++) {
      if (!absent.get(router)) {
        present.add(written.get(router));
      }
    }
    return disguise.of(present);
  }

  void refuse(boolean refuses) {
    say(refuses ? "kernel refuses addresses" : "kernel accepts addresses");
    addresses.refuses(refuses);
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
      process.get().commands.add(step);
      wakeSoon();
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

  /** As the daemon's loop does it: what arrived, what others want, then what is due. */
  private void turn() {
    Process one = process.orElseThrow();
    if (sabotage() == Sabotage.TIMERS_FIRST) {
      fireTimers(one);
    }
    links.read();
    for (Runnable step = one.commands.poll(); step != null; step = one.commands.poll()) {
      step.run();
    }
    if (!one.started && one.routers.portsAnswered()) {
      one.started = true;
      one.routers.start();
    }
    fireTimers(one);
    addresses.flush();
    world.watcher().turnEnded(this);
    long untilNext = one.timers.nanosUntilNext(clock.nowNanos());
    if (untilNext != Long.MAX_VALUE) {
      wakeAt(
          clock.whenElapsed(untilNext)
              + random.nextLong(world.scenario().limits().wakeNanos() + 1));
    }
  }

  private void fireTimers(Process one) {
    while (one.timers.fireNext(clock.nowNanos())) {
      // all that matters happens in the condition
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
        && arrival.priority() > read.get(arrival.router()).election().priority();
  }

  // ---- what the process does ----

  void hears(Arrival arrival) {
    hearingFrom = arrival.from();
    world.watcher().hears(this, arrival);
  }

  void heardAll() {
    hearingFrom = -1;
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

  void announced(int router, List<VirtualAddress> announced) {
    if (!addresses.held(router).containsAll(announced) && addresses.stolen(router).isEmpty()) {
      throw new Violation(
          "node"
              + index
              + " announces an address of "
              + ScenarioDice.name(router)
              + " that it does not hold");
    }
    world.trace().say("node" + index, () -> ScenarioDice.name(router) + " announces");
    world.watcher().announced(this, router);
  }

  void addressesChanged(int router) {
    world.watcher().addressesChanged(this, router);
  }

  private void transition(RunningRouter running, State from, State to) {
    int router = ScenarioDice.router(running.router().instance().name());
    world.trace().say("node" + index, () -> ScenarioDice.name(router) + " " + from + " -> " + to);
    world.watcher().transition(this, router, from, to);
  }
}
