package org.jkeepalived.sim;

import java.util.List;
import java.util.Set;
import org.jkeepalived.model.VirtualAddress;
import org.jkeepalived.vrrp.State;

/**
 * Where everybody hears everybody and the election is over, one node holds each address: looked at
 * in the kernels, at the end of quiet times.
 */
final class HolderRules {

  private final Scenario scenario;
  private final VirtualTime time;
  private final List<SimulatedNode> nodes;
  private final List<Topology> topologies;
  private final Seats seats;

  HolderRules(
      Scenario scenario,
      VirtualTime time,
      List<SimulatedNode> nodes,
      List<Topology> topologies,
      Seats seats) {
    this.scenario = scenario;
    this.time = time;
    this.nodes = nodes;
    this.topologies = topologies;
    this.seats = seats;
  }

  /**
   * @param settleNanos how long the election of a virtual router may last
   */
  void require(int router, long settleNanos) {
    long answered = scenario.limits().answerNanos() + 4 * scenario.limits().wakeNanos();
    for (int node = 0; node < scenario.nodes(); node++) {
      Topology topology = topologies.get(router);
      Topology.Component component = topology.componentOf(node);
      State state = seats.at(node, router).state();
      boolean over = time.nowNanos() > topology.quietSinceNanos(component) + settleNanos + answered;
      if (component.healthy() && over && (state == State.MASTER || state == State.BACKUP)) {
        requireOneHolder(router, component, nodes.get(node).reading().named(router));
      }
    }
  }

  private void requireOneHolder(
      int router, Topology.Component component, List<VirtualAddress> addresses) {
    for (VirtualAddress address : addresses) {
      int holders = 0;
      for (int node = 0; node < scenario.nodes(); node++) {
        if (component.contains(node)) {
          SimulatedKernel kernel = nodes.get(node).kernel();
          if (kernel.isRobbed(router) || nodes.get(node).isKernelBusy()) {
            return;
          }
          Set<VirtualAddress> held = kernel.held(router);
          held.removeAll(kernel.byHand(router));
          holders |= held.contains(address) ? 1 << node : 0;
        }
      }
      if (Integer.bitCount(holders) > 1 || holders == 0 && isCommon(router, component, address)) {
        throw new Violation(
            ScenarioDice.name(router)
                + ": "
                + address.address().getHostAddress()
                + " is held by "
                + Integer.bitCount(holders)
                + " nodes, not by one");
      }
    }
  }

  /** Whether every file names it: others may be on one node only. */
  private boolean isCommon(int router, Topology.Component component, VirtualAddress address) {
    for (int node = 0; node < scenario.nodes(); node++) {
      if (component.contains(node) && !nodes.get(node).reading().named(router).contains(address)) {
        return false;
      }
    }
    return true;
  }
}
