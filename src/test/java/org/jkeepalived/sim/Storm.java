package org.jkeepalived.sim;

import static org.jkeepalived.sim.Scenario.MILLIS;
import static org.jkeepalived.sim.Scenario.SECONDS;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.IntConsumer;
import org.jkeepalived.link.LinkAddress.DuplicateCheck;
import org.jkeepalived.model.AddressFamily;
import org.jkeepalived.model.VirtualAddress;
import org.jkeepalived.model.VrrpInstance;

/**
 * What happens to a cluster: bad times, in which anything breaks, and quiet times after them, long
 * enough to see whether the cluster recovers from whatever is left broken.
 */
final class Storm {

  private final Scenario scenario;
  private final VirtualTime time;
  private final List<SimulatedNode> nodes;
  private final List<Cable> cables;
  private final ClusterPromises promises;
  private final Trace trace;
  private final SplittableRandom dice;
  private final FileDice files;
  private long untilNanos;

  Storm(
      Scenario scenario,
      VirtualTime time,
      List<SimulatedNode> nodes,
      List<Cable> cables,
      ClusterPromises promises,
      Trace trace,
      SplittableRandom dice) {
    this.scenario = scenario;
    this.time = time;
    this.nodes = nodes;
    this.cables = cables;
    this.promises = promises;
    this.trace = trace;
    this.dice = dice;
    files = new FileDice(scenario, dice);
  }

  void begin() {
    for (SimulatedNode node : nodes) {
      time.after(dice.nextLong(oneIn(2) ? 10 * SECONDS : MILLIS), node::boot);
    }
    time.after(11 * SECONDS, this::calm);
  }

  private void storm() {
    promises.quietTimesEnd();
    say("bad times");
    // One single fault in a quiet cluster shows another thing than many at once.
    long lastsNanos = oneIn(2) ? 1 : dice.nextLong(5 * SECONDS, 120 * SECONDS);
    untilNanos = time.nowNanos() + lastsNanos;
    strike();
  }

  private void strike() {
    if (time.nowNanos() >= untilNanos) {
      calm();
      return;
    }
    breakSomething();
    time.after(dice.nextLong(MILLIS, 6 * SECONDS), this::strike);
  }

  /** Everything that swings stops; what is broken may stay broken. */
  private void calm() {
    say("quiet times");
    for (SimulatedNode node : nodes) {
      node.resume();
      if (node.kernel().refuses() && !oneIn(8)) {
        node.refuse(false);
      }
      if (!oneIn(4)) {
        node.boot();
      }
      if (!oneIn(4)) {
        node.maintenance().endForAll();
      }
      for (int segment = 0; segment < cables.size(); segment++) {
        if (!oneIn(6)) {
          node.links().create(segment);
          node.links().carrier(segment, true);
          node.links().addressed(segment, true);
          node.links().checked(segment, DuplicateCheck.PASSED);
        }
      }
      for (int router = 0; router < scenario.routers().size(); router++) {
        if (!oneIn(4)) {
          int one = router;
          files.mended(node, one).ifPresent(mended -> node.reload(one, mended));
        }
      }
    }
    for (int segment = 0; segment < cables.size(); segment++) {
      weather(segment, scenario.calm());
      if (oneIn(4)) {
        separate(segment, dice.nextInt(1 << nodes.size()), true);
      } else {
        separate(segment, 0, true);
      }
    }
    long longest = 0;
    for (int router = 0; router < scenario.routers().size(); router++) {
      longest = Math.max(longest, promises.restNanos(router));
    }
    time.after(longest + dice.nextLong(10 * SECONDS), this::storm);
  }

  private void breakSomething() {
    SimulatedNode node = nodes.get(dice.nextInt(nodes.size()));
    int segment = dice.nextInt(cables.size());
    int router = dice.nextInt(scenario.routers().size());
    switch (dice.nextInt(28)) {
      case 0 -> {
        node.crash();
        later(60 * SECONDS, () -> node.boot());
      }
      case 1 -> {
        node.stop();
        later(30 * SECONDS, () -> node.boot());
      }
      case 17 -> {
        node.kill();
        if (scenario.routers().get(router).isOn(node.index()) && oneIn(2)) {
          // the next run does not find in the file what the killed one left behind
          node.toggle(router);
          later(60 * SECONDS, () -> node.toggle(router));
        }
        later(30 * SECONDS, () -> node.boot());
      }
      case 18 -> {
        if (oneIn(2)) {
          node.kernel().steal(router);
        }
        node.kernel().losesNews();
      }
      case 2 -> pause(node, Pause.PROCESS);
      case 3 -> pause(node, oneIn(2) ? Pause.MACHINE : Pause.MACHINE_AND_CLOCK);
      case 4, 5 -> {
        node.links().carrier(segment, false);
        later(20 * SECONDS, () -> node.links().carrier(segment, true));
      }
      case 6 -> {
        node.links().delete(segment);
        later(20 * SECONDS, () -> node.links().create(segment));
      }
      case 13 -> {
        node.refuse(true);
        later(60 * SECONDS, () -> node.refuse(false));
      }
      case 7 -> {
        if (!scenario.groups().isEmpty() && oneIn(2)) {
          node.toggleGroup(0);
          later(20 * SECONDS, () -> node.toggleGroup(0));
          return;
        }
        if (scenario.routers().get(router).isOn(node.index())) {
          node.toggle(router);
          later(20 * SECONDS, () -> node.toggle(router));
        }
      }
      case 8, 9 -> reload(node, router);
      case 10 -> node.kernel().steal(router);
      case 15, 16 -> script(node);
      case 22, 23 -> putByHand(node, router);
      case 24 -> files.otherKind(node, router).ifPresent(changed -> speakTo(node, changed));
      case 19 -> {
        if (node.kernel().hasAnythingByHand()) {
          return; // which of them it speaks from then is not the matter here
        }
        node.links().addressed(segment, false);
        later(20 * SECONDS, () -> node.links().addressed(segment, true));
      }
      case 27 -> duplicate(node, segment);
      case 25, 26 -> maintenance(node, router);
      case 20, 21 -> strangers(node, router);
      case 11 -> separate(segment, dice.nextInt(1 << nodes.size()), oneIn(2));
      case 12 -> separate(segment, 0, true);
      default -> {
        weather(segment, rough());
        later(30 * SECONDS, () -> weather(segment, scenario.calm()));
      }
    }
  }

  /** The neighbours are asked for the machine's IPv6 address, which one of them may have, too. */
  private void duplicate(SimulatedNode node, int segment) {
    if (node.kernel().hasAnythingByHand()) {
      return; // which of them it speaks from then is not the matter here
    }
    boolean found = oneIn(2);
    say("node" + node.index() + " looks for duplicates on eth" + segment + ", finds " + found);
    node.links().checked(segment, DuplicateCheck.RUNNING);
    long askedNanos = dice.nextLong(MILLIS, 3 * SECONDS);
    time.after(
        askedNanos,
        () -> node.links().checked(segment, found ? DuplicateCheck.FAILED : DuplicateCheck.PASSED));
    time.after(
        askedNanos + dice.nextLong(MILLIS, 20 * SECONDS),
        () -> node.links().checked(segment, DuplicateCheck.PASSED));
  }

  /** The operator takes one out, or the whole machine, and may forget about it for a while. */
  private void maintenance(SimulatedNode node, int router) {
    boolean kept = oneIn(2);
    if (oneIn(3)) {
      node.maintenance().beginForAll(kept);
    } else {
      node.maintenance().begin(router, kept);
    }
    if (oneIn(2)) {
      later(60 * SECONDS, () -> node.maintenance().end(router));
    }
  }

  private void script(SimulatedNode node) {
    if (scenario.checks().isEmpty()) {
      return;
    }
    int check = dice.nextInt(scenario.checks().size());
    say("node" + node.index() + " check " + check + " says " + !node.scripts().isWell(check));
    node.scripts().says(check, !node.scripts().isWell(check));
    if (oneIn(2)) {
      later(20 * SECONDS, () -> node.scripts().says(check, true));
    }
  }

  /**
   * Some machine that is no peer claims to be a better master for a while, or resigns; it may say
   * that it is a peer where only how far away it is tells the two apart.
   */
  private void strangers(SimulatedNode node, int router) {
    Scenario.Router spoken = scenario.routers().get(router);
    int priority = oneIn(4) ? 0 : dice.nextInt(1, 256);
    int times = dice.nextInt(1, 12);
    say("a stranger tells node" + node.index() + " " + times + " times of " + priority);
    InetAddress self = scenario.source(router, node.index());
    InetAddress from =
        files
            .boundedPeer(node, router)
            .orElseGet(() -> ScenarioDice.strangersAddress(spoken.family(), spoken.segment()));
    if (oneIn(3)) {
      copy(node, router, times, priority);
      return;
    }
    for (int i = 0; i < times; i++) {
      later(
          10 * SECONDS,
          () ->
              node.arrived(
                  Stranger.says(node.written(router), spoken.segment(), from, self, priority)));
    }
  }

  /** A copy of a machine says that it is the master of what both have. */
  private void copy(SimulatedNode node, int router, int times, int priority) {
    Scenario.Router spoken = scenario.routers().get(router);
    InetAddress from =
        node.sabotage() == Sabotage.BELIEVES_ITS_COPY
            ? ScenarioDice.strangersAddress(spoken.family(), spoken.segment())
            : scenario.source(router, node.index());
    for (int i = 0; i < times; i++) {
      later(
          10 * SECONDS,
          () -> {
            if (node.isAlive() && !node.mayBorrowSource(router) && node.hasSource(router)) {
              node.arrived(Stranger.copies(node.written(router), spoken.segment(), from, priority));
            }
          });
    }
  }

  private void pause(SimulatedNode node, Pause kind) {
    node.pause(kind);
    later(oneIn(2) ? 5 * SECONDS : 60 * SECONDS, node::resume);
  }

  private void later(long withinNanos, Runnable step) {
    time.after(dice.nextLong(MILLIS, withinNanos), step);
  }

  // ---- cables ----

  /**
   * @param side the nodes on one side of the cut; none for no cut
   * @param bothWays or only from that side to the other
   */
  private void separate(int segment, int side, boolean bothWays) {
    say(
        "segment "
            + segment
            + " cut "
            + Integer.toBinaryString(side)
            + (bothWays ? "" : " one way"));
    Cable cable = cables.get(segment);
    forEachNode(
        a ->
            forEachNode(
                b -> {
                  boolean across = (side >> a & 1) != (side >> b & 1);
                  boolean outward = (side >> a & 1) == 1;
                  cable.cut(a, b, across && (bothWays || outward));
                }));
    promises.disturbed(segment, (1 << nodes.size()) - 1, scenario.limits().delayNanos());
  }

  private void forEachNode(IntConsumer step) {
    for (int node = 0; node < nodes.size(); node++) {
      step.accept(node);
    }
  }

  private Weather rough() {
    long slowest = oneIn(2) ? scenario.calm().maxDelayNanos() : dice.nextLong(2 * SECONDS);
    return new Weather(
        oneIn(3) ? 0 : dice.nextInt(1, 700),
        oneIn(2) ? 0 : dice.nextInt(1, 500),
        oneIn(2) ? 0 : dice.nextInt(1, 300),
        MILLIS / 10,
        Math.max(slowest, MILLIS));
  }

  private void weather(int segment, Weather weather) {
    Cable cable = cables.get(segment);
    long echoNanos = cable.weather().maxDelayNanos();
    say("segment " + segment + " " + weather);
    cable.weather(weather);
    promises.disturbed(segment, (1 << nodes.size()) - 1, echoNanos);
  }

  // ---- files ----

  /** Whoever has aligned a sync group keeps it so. */
  private void reload(SimulatedNode node, int router) {
    VrrpInstance changed = files.changed(node, router);
    if (scenario.group(router).map(Scenario.Group::aligned).orElse(false)) {
      for (int each : scenario.syncPeers(router)) {
        if (each != router) {
          node.write(each, ScenarioDice.like(changed, node.written(each)));
        }
      }
    }
    node.reload(router, changed);
  }

  private void speakTo(SimulatedNode node, VrrpInstance changed) {
    String whom = changed.key().isUnicast() ? "peers" : "a group";
    say("node" + node.index() + " " + changed.name() + " is to speak to " + whom);
    node.reload(ScenarioDice.router(changed.name()), changed);
  }

  /** An operator puts an address onto the machine, and perhaps into the file a little later. */
  private void putByHand(SimulatedNode node, int router) {
    Optional<VirtualAddress> free = files.unnamed(node, router);
    if (free.isEmpty()
        || !node.links().hasAddress(AddressFamily.IPV6, scenario.routers().get(router).segment())) {
      return;
    }
    VirtualAddress one = free.get();
    say("node" + node.index() + " is given " + one.address().getHostAddress() + " by hand");
    node.kernel().addByHand(one);
    if (oneIn(2)) {
      later(10 * SECONDS, () -> node.reload(router, FileDice.with(node.written(router), one)));
    }
  }

  private boolean oneIn(int times) {
    return dice.nextInt(times) == 0;
  }

  private void say(String what) {
    trace.say("", () -> what);
  }
}
