package org.jkeepalived.sim;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.SplittableRandom;
import org.jkeepalived.model.AddressFamily;
import org.jkeepalived.model.Unicast;
import org.jkeepalived.model.VrrpInstance;

/**
 * Has some virtual routers of a cluster speak to peers instead of a group. Each gets a graph of its
 * own: everybody with everybody, a few of them with one another while the others do not have it, or
 * lists that somebody forgot to complete.
 */
final class PeerDice {

  private final Scenario multicast;
  private final SplittableRandom dice;

  PeerDice(Scenario multicast, SplittableRandom dice) {
    this.multicast = multicast;
    this.dice = dice;
  }

  Scenario throwThem() {
    if (oneIn(2)) {
      return multicast;
    }
    List<Scenario.Router> routers = new ArrayList<>();
    boolean together = !oneIn(4);
    for (int router = 0; router < multicast.routers().size(); router++) {
      Optional<Scenario.Group> group = multicast.group(router);
      boolean speaksToPeers = group.isPresent() ? together : !oneIn(4);
      Scenario.Router old = multicast.routers().get(router);
      routers.add(speaksToPeers ? unicast(old, group) : old);
    }
    return new Scenario(
        multicast.seed(),
        multicast.nodes(),
        multicast.segments(),
        routers,
        multicast.groups(),
        multicast.checks(),
        multicast.machines(),
        multicast.calm(),
        multicast.limits());
  }

  private Scenario.Router unicast(Scenario.Router old, Optional<Scenario.Group> group) {
    int everybody = (1 << multicast.nodes()) - 1;
    int members = everybody;
    boolean complete = true;
    if (group.isEmpty()) {
      switch (dice.nextInt(6)) {
        case 0 -> members = some(2);
        case 1 -> members = some(dice.nextInt(3, 5));
        case 2, 3 -> complete = false;
        default -> {
          // everybody with everybody
        }
      }
    } else {
      complete = group.get().aligned() || oneIn(2);
    }
    boolean elsewhere = multicast.segments() == 2 && oneIn(4);
    int sourceSegment = elsewhere ? 1 - old.segment() : old.segment();
    List<VrrpInstance> byNode = new ArrayList<>();
    for (int node = 0; node < multicast.nodes(); node++) {
      List<Integer> peers = complete ? of(members) : someOf(members, node);
      VrrpInstance was = old.byNode().get(node);
      Optional<InetAddress> source =
          elsewhere || oneIn(2)
              ? Optional.of(ScenarioDice.nodeAddress(sourceSegment, node))
              : Optional.empty();
      byNode.add(
          was.key(
                  new VrrpInstance.Key(
                      was.key().interfaceName(),
                      AddressFamily.IPV4,
                      Optional.empty(),
                      was.key().virtualRouterId()))
              .protocol(was.protocol().source(source).unicast(lists(peers, node, sourceSegment))));
    }
    return new Scenario.Router(old.segment(), sourceSegment, members, byNode);
  }

  /** A list as operators write them: in any order, with ourselves in it, with one who is gone. */
  private Unicast lists(List<Integer> peers, int node, int segment) {
    List<Unicast.Peer> listed = new ArrayList<>();
    boolean oneFileForAll = oneIn(3);
    for (int peer : peers) {
      if (peer != node || oneFileForAll) {
        listed.add(new Unicast.Peer(ScenarioDice.nodeAddress(segment, peer)));
      }
    }
    if (oneIn(4)) {
      listed.add(new Unicast.Peer(ScenarioDice.goneAddress(segment)));
    }
    Collections.shuffle(listed, new Random(dice.nextLong()));
    return Unicast.NONE.peers(listed).checkSource(oneIn(2)).mentioned(true);
  }

  private int some(int count) {
    List<Integer> all = of((1 << multicast.nodes()) - 1);
    Collections.shuffle(all, new Random(dice.nextLong()));
    int members = 0;
    for (int node : all.subList(0, count)) {
      members |= 1 << node;
    }
    return members;
  }

  private List<Integer> of(int members) {
    List<Integer> nodes = new ArrayList<>();
    for (int node = 0; node < multicast.nodes(); node++) {
      if ((members >> node & 1) == 1) {
        nodes.add(node);
      }
    }
    return nodes;
  }

  /** At least one that is not the node itself. */
  private List<Integer> someOf(int members, int node) {
    List<Integer> others = of(members & ~(1 << node));
    Collections.shuffle(others, new Random(dice.nextLong()));
    return others.subList(0, dice.nextInt(1, others.size() + 1));
  }

  private boolean oneIn(int times) {
    return dice.nextInt(times) == 0;
  }
}
