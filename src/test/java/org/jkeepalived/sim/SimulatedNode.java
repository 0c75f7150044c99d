package org.jkeepalived.sim;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import org.jkeepalived.kernel.JournalLines;
import org.jkeepalived.loop.EventLoop;
import org.jkeepalived.model.VrrpInstance;
import org.jkeepalived.vrrp.VirtualRouter;
import org.jkeepalived.vrrp.VirtualRouters;

/**
 * One machine: its kernel, its links, its clock, the file that its operator wrote, and perhaps a
 * {@link SimulatedProcess} that has read it.
 */
final class SimulatedNode {

  private final World world;
  private final int index;
  private final SplittableRandom random;
  private final DriftingClock clock;
  private final Turns turns;
  private final SimulatedLinks links;
  private final ConfigurationFile file;
  private final SimulatedScripts scripts;
  private final SimulatedMaintenance maintenance;
  private final Observations observations;
  private SimulatedKernel kernel;
  private Optional<SimulatedProcess> process = Optional.empty();

  /** What the process has read. */
  private ConfigurationReading reading;

  private Pause pause = Pause.NONE;
  private long pausedAtNanos;

  SimulatedNode(World world, int index, SplittableRandom random) {
    this.world = world;
    this.index = index;
    this.random = random;
    Scenario.Machine machine = world.scenario().machines().get(index);
    clock = new DriftingClock(world.time(), machine.clockOriginNanos(), machine.clockDriftPpm());
    turns = new Turns(this, clock, random);
    links = new SimulatedLinks(this, world.scenario().segments());
    kernel = newKernel();
    scripts = new SimulatedScripts(this, world.scenario().checks());
    maintenance = new SimulatedMaintenance(this, world.scenario().routers().size());
    file = new ConfigurationFile(world.scenario(), index, world.sabotage());
    reading = file.read();
    observations = new Observations(this);
  }

  private SimulatedKernel newKernel() {
    return new SimulatedKernel(this, world.scenario().routers().size());
  }

  // ---- the machine ----

  int index() {
    return index;
  }

  World world() {
    return world;
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

  SimulatedScripts scripts() {
    return scripts;
  }

  /** Whom its operator has taken out. */
  SimulatedMaintenance maintenance() {
    return maintenance;
  }

  /** What the watchers see of it. */
  Observations observations() {
    return observations;
  }

  Cable cable(int segment) {
    return world.cables().get(segment);
  }

  boolean oneIn(int times) {
    return random.nextInt(times) == 0;
  }

  long answerDelayNanos() {
    return random.nextLong(world.scenario().limits().answerNanos() / 10);
  }

  void say(String what) {
    world.trace().say("node" + index, () -> what);
  }

  // ---- the process ----

  SimulatedProcess process() {
    return process.orElseThrow();
  }

  boolean isAlive() {
    return process.isPresent();
  }

  boolean isPaused() {
    return pause != Pause.NONE;
  }

  /** Whether it has the address that a virtual router speaks from. */
  boolean hasSource(int router) {
    Scenario.Router spoken = world.scenario().routers().get(router);
    return links.hasAddress(spoken.family(), spoken.sourceSegment());
  }

  /**
   * Whether a virtual router may speak from another address than the machine's own: none is
   * configured, and the process has been told of one that its file does not name. Another run left
   * it behind, perhaps, and it is gone already.
   */
  boolean mayBorrowSource(int router) {
    return instance(router).protocol().source().isEmpty()
        && !process()
            .isOnlyOwn(
                ScenarioDice.device(world.scenario().routers().get(router).segment()), links);
  }

  /** Whether a virtual router that it has goes by what has arrived for it. */
  boolean believes(Arrival arrival) {
    return arrival.router() >= 0
        && arrival.from() != Arrival.COPY
        && reading.has(arrival.router())
        && Audibility.believes(instance(arrival.router()), arrival);
  }

  /** Whether it can take part in elections on a segment. */
  boolean takesPart(int segment) {
    return isAlive() && !isPaused() && links.isUsable(segment);
  }

  VirtualRouters routers() {
    return process().routers();
  }

  EventLoop loop() {
    return process().loop();
  }

  Optional<VirtualRouter> router(int router) {
    return process.flatMap(one -> one.router(router));
  }

  /** Whether the process runs that virtual router at all. */
  boolean runs(int router) {
    return router(router).isPresent();
  }

  /** Whether the process has asked the kernel for something that is not carried out yet. */
  boolean isKernelBusy() {
    return kernel.isBusy() || process.filter(SimulatedProcess::isKernelBusy).isPresent();
  }

  // ---- what the process has read ----

  ConfigurationReading reading() {
    return reading;
  }

  /** The configuration of a virtual router that the process acts on. */
  VrrpInstance instance(int router) {
    return reading.instances().get(router);
  }

  /** The effective priority that the process should have. */
  int priority(int router) {
    return scripts.priority(instance(router), router);
  }

  // ---- life ----

  void boot() {
    if (isAlive()) {
      return;
    }
    say("boots");
    turns.newLife();
    links.processIsNew();
    kernel.processIsNew();
    reading = file.read();
    SimulatedListener listener = new SimulatedListener(world.trace(), observations::transition);
    SimulatedProcess next = new SimulatedProcess(reading.configuration(), this, listener);
    process = Optional.of(next);
    world.watcher().booted(this);
    maintenance.boot();
    next.listen(links);
    command(links::describe);
    Set<String> leftBehind =
        sabotage() == Sabotage.FORGETS_JOURNAL ? Set.of() : kernel.journal().of(JournalLines.VRRP);
    command(() -> next.removeStaleObjects(leftBehind));
    allSurroundingsChanged();
    scripts.read(List.of(), reading.checks(), true);
    wakeSoon();
  }

  /** Without a word: the power is gone. */
  void crash() {
    if (isAlive()) {
      say("crashes");
      die();
    }
    kernel = newKernel();
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
      turns.turn();
      kernel.settle();
      world.watcher().stopped(this);
      die();
    }
  }

  private void die() {
    process = Optional.empty();
    pause = Pause.NONE;
    turns.newLife();
    allSurroundingsChanged();
  }

  void pause(Pause kind) {
    if (isAlive() && !isPaused()) {
      say("pauses " + kind);
      pause = kind;
      pausedAtNanos = now();
      turns.cancel();
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

  // ---- the operator ----

  /** What the operator wrote last. */
  VrrpInstance written(int router) {
    return file.instance(router);
  }

  /** The operator changes the file, to send SIGHUP later. */
  void write(int router, VrrpInstance changed) {
    file.write(router, changed);
  }

  /** The operator changes the file and sends SIGHUP. */
  void reload(int router, VrrpInstance changed) {
    file.write(router, changed);
    say("file changes: " + changed.election() + " " + changed.protocol().advertIntervalNanos());
    reload();
  }

  /** The operator removes a sync group from the file, or puts it back. */
  void toggleGroup(int group) {
    boolean present = file.toggleGroup(group);
    say("file " + (present ? "with " : "without ") + Scenario.Group.name(group));
    reload();
  }

  /** The operator removes a virtual router from the file, or puts it back. */
  void toggle(int router) {
    file.toggle(router);
    reload(router, written(router));
  }

  private void reload() {
    if (isAlive()) {
      ConfigurationReading next = file.read();
      command(() -> read(next));
    }
  }

  private void read(ConfigurationReading next) {
    final boolean renames = !reading.names().equals(next.names());
    final ConfigurationReading before = reading;
    reading = next;
    scripts.read(before.checks(), reading.checks(), false);
    maintenance.read(before, reading);
    world.watcher().reloaded(this);
    observations.reloads(Optional.of(before));
    if (renames && sabotage() == Sabotage.STOPS_WHAT_IT_RENAMES) {
      process().reload(ConfigurationFile.empty());
    }
    process().reload(next.configuration());
    observations.reloads(Optional.empty());
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
    process.ifPresent(one -> one.command(step));
  }

  void commandAfter(long delayNanos, Runnable step) {
    atWhileAlive(now() + delayNanos, () -> command(step));
  }

  /** Something that takes the process a while. */
  void soon(Runnable step) {
    commandAfter(random.nextLong(3 * Scenario.SECONDS), step);
  }

  /** Happens unless this run of the process has ended by then. */
  void atWhileAlive(long atNanos, Runnable step) {
    turns.atWhileAlive(atNanos, step);
  }

  void wakeSoon() {
    turns.wakeSoon();
  }

  /** The daemon's loop takes a turn. */
  void turn() {
    process().turn();
    observations.turnEnded();
  }

  // ---- what the process hears ----

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

  /** The process is about to hear what a script says. */
  void tracked(int router, int priorityBefore) {
    world.watcher().tracked(this, router, priorityBefore);
  }
}
