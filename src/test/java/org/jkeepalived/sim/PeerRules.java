package org.jkeepalived.sim;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jkeepalived.model.Unicast;

/**
 * Whom a virtual router that speaks to peers tells of itself, and where from: each of its peers
 * once, nobody else, and from the address that they know it by.
 */
final class PeerRules implements Watcher {

  private final Scenario scenario;

  /** The lists that each process has gone by in this turn, by node and virtual router. */
  private final List<List<Set<Set<InetAddress>>>> known = new ArrayList<>();

  PeerRules(Scenario scenario) {
    this.scenario = scenario;
    for (int node = 0; node < scenario.nodes(); node++) {
      List<Set<Set<InetAddress>>> of = new ArrayList<>();
      scenario.routers().forEach(router -> of.add(new LinkedHashSet<>()));
      known.add(of);
    }
  }

  @Override
  public void sentToPeers(
      SimulatedNode node, int router, InetAddress source, Set<InetAddress> destinations) {
    if (!node.hasSource(router)) {
      return; // it is about to hear that it has none
    }
    if (!source.equals(scenario.source(router, node.index()))) {
      throw violation(node, router, "speaks from " + source.getHostAddress());
    }
    if (!known.get(node.index()).get(router).contains(destinations)) {
      throw violation(node, router, "tells " + destinations + " and not its peers");
    }
  }

  @Override
  public void booted(SimulatedNode node) {
    known.get(node.index()).forEach(Set::clear);
    reloaded(node);
  }

  /** One that a reload removes says farewell to the peers that it had. */
  @Override
  public void reloaded(SimulatedNode node) {
    for (int router = 0; router < scenario.routers().size(); router++) {
      known.get(node.index()).get(router).add(peers(node, router));
    }
  }

  @Override
  public void turnEnded(SimulatedNode node) {
    for (int router = 0; router < scenario.routers().size(); router++) {
      Set<Set<InetAddress>> lists = known.get(node.index()).get(router);
      if (lists.size() != 1) {
        lists.clear();
        lists.add(peers(node, router));
      }
    }
  }

  private Set<InetAddress> peers(SimulatedNode node, int router) {
    Set<InetAddress> others = new LinkedHashSet<>();
    for (Unicast.Peer peer : node.instance(router).protocol().unicast().peers()) {
      if (!peer.address().equals(scenario.source(router, node.index()))) {
        others.add(peer.address());
      }
    }
    return others;
  }

  private static Violation violation(SimulatedNode node, int router, String what) {
    return new Violation("node" + node.index() + " " + ScenarioDice.name(router) + " " + what);
  }
}
