package org.jkeepalived.sim;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.Optional;
import org.jkeepalived.model.VrrpInstance;
import org.jkeepalived.vrrp.State;

/** A master steps back for a better one that it hears, and for nobody else. */
final class YieldRules implements Watcher {

  private final Scenario scenario;

  YieldRules(Scenario scenario) {
    this.scenario = scenario;
  }

  @Override
  public void transition(SimulatedNode node, int router, State from, State to) {
    boolean stepsBack = from == State.MASTER && to == State.BACKUP;
    if (!stepsBack || scenario.group(router).isPresent()) {
      // a group steps back for any of its members
      return;
    }
    VrrpInstance instance = node.instance(router);
    Optional<Arrival> hearing = node.observations().hearing();
    boolean right =
        hearing.isPresent()
            ? hearing.get().router() == router && isBetter(node, router, hearing.get())
            : instance.election().timerExpiredBackupNanos() > 0;
    if (!right) {
      throw new Violation(
          "node"
              + node.index()
              + " "
              + ScenarioDice.name(router)
              + " steps back for nobody better: "
              + hearing.map(arrival -> "" + arrival.priority()).orElse("nothing"));
    }
  }

  private boolean isBetter(SimulatedNode node, int router, Arrival arrival) {
    int ours = node.priority(router);
    InetAddress source = scenario.source(router, node.index());
    return arrival.priority() > ours
        || arrival.priority() == ours
            && Arrays.compareUnsigned(arrival.packet().source().getAddress(), source.getAddress())
                > 0;
  }
}
