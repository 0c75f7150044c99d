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
    for (int router = 1; router < routers.size(); router++) {
      if (mayShare(routers, router - 1, router) && !oneIn(3)) {
        shareIdentifier(routers, router - 1, router);
        break;
      }
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
    int members = (1 << multicast.nodes()) - 1;
    boolean complete = true;
    if (group.isPresent()) {
      complete = group.get().aligned() || oneIn(2);
    } else {
      switch (dice.nextInt(6)) {
        case 0 -> members = some(2);
        case 1 -> members = some(dice.nextInt(3, 5));
        case 2, 3 -> complete = false;
        default -> {
          // everybody with everybody
        }
      }
    }
    boolean elsewhere = multicast.segments() == 2 && oneIn(4);
    int sourceSegment = elsewhere ? 1 - old.segment() : old.segment();
    int hops = oneIn(2) ? 0 : dice.nextInt(1, 4);
    List<VrrpInstance> byNode = new ArrayList<>();
    for (int node = 0; node < multicast.nodes(); node++) {
      List<Integer> peers = complete ? of(members) : someOf(members, node);
      Unicast lists = bounded(lists(old.family(), peers, node, sourceSegment), hops);
      Optional<InetAddress> source = source(old.family(), node, sourceSegment, elsewhere);
      byNode.add(unicast(old.byNode().get(node), source, lists));
    }
    return new Scenario.Router(old.segment(), sourceSegment, hops, members, byNode);
  }

  private static VrrpInstance unicast(
      VrrpInstance was, Optional<InetAddress> source, Unicast lists) {
    return was.key(key(was, was.key().virtualRouterId()))
        .protocol(was.protocol().source(source).unicast(lists));
  }

  private static VrrpInstance.Key key(VrrpInstance instance, int virtualRouterId) {
    return new VrrpInstance.Key(
        instance.key().interfaceName(), instance.key().family(), Optional.empty(), virtualRouterId);
  }

  /** The file names it where it is not the first of the link. */
  private Optional<InetAddress> source(
      AddressFamily family, int node, int segment, boolean elsewhere) {
    return elsewhere || oneIn(2)
        ? Optional.of(ScenarioDice.nodeAddress(family, segment, node))
        : Optional.empty();
  }

  // ---- two of one VRID ----

  private boolean mayShare(List<Scenario.Router> routers, int a, int b) {
    return routers.get(a).isUnicast()
        && routers.get(b).isUnicast()
        && routers.get(a).segment() == routers.get(b).segment()
        && routers.get(a).family() == routers.get(b).family()
        && multicast.group(a).isEmpty()
        && multicast.group(b).isEmpty();
  }

  /**
   * Two virtual routers of one VRID, on one link of the one node that has both: only their peers
   * tell them apart, of whom they have none in common.
   */
  private void shareIdentifier(List<Scenario.Router> routers, int a, int b) {
    List<Integer> nodes = new ArrayList<>(of((1 << multicast.nodes()) - 1));
    Collections.shuffle(nodes, new Random(dice.nextLong()));
    int cut = dice.nextInt(1, nodes.size() - 1);
    int vrid = routers.get(a).byNode().get(0).key().virtualRouterId();
    routers.set(a, sharing(routers.get(a), nodes.subList(0, cut + 1), vrid));
    routers.set(b, sharing(routers.get(b), nodes.subList(cut, nodes.size()), vrid));
  }

  private Scenario.Router sharing(Scenario.Router old, List<Integer> nodes, int vrid) {
    List<VrrpInstance> byNode = new ArrayList<>();
    int members = 0;
    for (int node : nodes) {
      members |= 1 << node;
    }
    for (int node = 0; node < multicast.nodes(); node++) {
      VrrpInstance was = old.byNode().get(node);
      List<Unicast.Peer> peers = new ArrayList<>();
      for (int peer : nodes) {
        if (peer != node) {
          peers.add(
              new Unicast.Peer(ScenarioDice.nodeAddress(old.family(), old.sourceSegment(), peer)));
        }
      }
      Unicast lists = Unicast.NONE.peers(peers).checkSource(true).mentioned(true);
      byNode.add(was.key(key(was, vrid)).protocol(was.protocol().unicast(lists)));
    }
    return new Scenario.Router(old.segment(), old.sourceSegment(), old.hops(), members, byNode);
  }

  // ---- lists ----

  /** A list as operators write them: in any order, with ourselves in it, with one who is gone. */
  private Unicast lists(AddressFamily family, List<Integer> peers, int node, int segment) {
    List<Unicast.Peer> listed = new ArrayList<>();
    boolean oneFileForAll = oneIn(3);
    for (int peer : peers) {
      if (peer != node || oneFileForAll) {
        listed.add(new Unicast.Peer(ScenarioDice.nodeAddress(family, segment, peer)));
      }
    }
    if (oneIn(4)) {
      listed.add(new Unicast.Peer(ScenarioDice.goneAddress(family, segment)));
    }
    Collections.shuffle(listed, new Random(dice.nextLong()));
    return Unicast.NONE.peers(listed).checkSource(oneIn(2)).mentioned(true);
  }

  /** Some operators say how far away their peers are, and mean that others are not believed. */
  private Unicast bounded(Unicast lists, int hops) {
    if (!oneIn(3)) {
      return lists;
    }
    List<Unicast.Peer> bounded =
        lists.peers().stream()
            .map(
                peer ->
                    new Unicast.Peer(peer.address(), Unicast.MOST_HOPS - hops, Unicast.MOST_HOPS))
            .toList();
    return lists.peers(bounded).checkSource(true);
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
