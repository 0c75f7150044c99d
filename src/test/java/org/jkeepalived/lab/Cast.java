package org.jkeepalived.lab;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** How the two nodes of {@link TwoNodes} speak to each other. */
enum Cast {
  MULTICAST {
    @Override
    InstanceBlock first(int priority) {
      return TwoNodes.instance(priority);
    }

    @Override
    InstanceBlock second(int priority) {
      return TwoNodes.instance(priority);
    }

    @Override
    void awaitListens(Node node) {
      node.awaitListensTo("224.0.0.18");
    }

    @Override
    void introduce(TwoNodes nodes) {
      // a group needs nobody's hardware address
    }

    @Override
    void deafen(TwoNodes nodes, Node node) {
      node.deafen(InstanceBlock.DEVICE);
    }

    @Override
    void undeafen(Node node) {
      node.undeafen(InstanceBlock.DEVICE);
    }
  },

  MULTICAST_6 {
    @Override
    TwoNodes stage(Pair pair) {
      return ofIpv6(pair);
    }

    @Override
    InstanceBlock first(int priority) {
      return TwoNodes.instance6(priority);
    }

    @Override
    InstanceBlock second(int priority) {
      return TwoNodes.instance6(priority);
    }

    @Override
    void awaitListens(Node node) {
      node.awaitListensToIpv6("ff020000000000000000000000000012");
    }

    @Override
    void introduce(TwoNodes nodes) {
      // a group needs nobody's hardware address
    }

    @Override
    void deafen(TwoNodes nodes, Node node) {
      node.deafen(InstanceBlock.DEVICE);
    }

    @Override
    void undeafen(Node node) {
      node.undeafen(InstanceBlock.DEVICE);
    }
  },

  UNICAST {
    @Override
    InstanceBlock first(int priority) {
      return TwoNodes.instance(priority).toPeers(TwoNodes.ADDRESS_2);
    }

    @Override
    InstanceBlock second(int priority) {
      return TwoNodes.instance(priority).toPeers(TwoNodes.ADDRESS_1);
    }

    @Override
    void awaitListens(Node node) {
      node.awaitListensToPeers();
    }

    @Override
    void introduce(TwoNodes nodes) {
      nodes.introduce();
    }

    @Override
    void deafen(TwoNodes nodes, Node node) {
      introduce(nodes); // who does not hear the answers to ARP would not even speak
      node.deafenToPeers(InstanceBlock.DEVICE);
    }

    @Override
    void undeafen(Node node) {
      node.undeafenToPeers(InstanceBlock.DEVICE);
    }
  },

  UNICAST_6 {
    @Override
    TwoNodes stage(Pair pair) {
      return ofIpv6(pair);
    }

    @Override
    InstanceBlock first(int priority) {
      return TwoNodes.instance6(priority).toPeers(TwoNodes.LINK_LOCAL_2);
    }

    @Override
    InstanceBlock second(int priority) {
      return TwoNodes.instance6(priority).toPeers(TwoNodes.LINK_LOCAL_1);
    }

    @Override
    void awaitListens(Node node) {
      node.awaitListensToIpv6Peers();
    }

    @Override
    void introduce(TwoNodes nodes) {
      nodes.introduceIpv6();
    }

    @Override
    void deafen(TwoNodes nodes, Node node) {
      introduce(nodes); // who does not hear the answers of neighbours would not even speak
      node.deafenToPeers(InstanceBlock.DEVICE);
    }

    @Override
    void undeafen(Node node) {
      node.undeafenToPeers(InstanceBlock.DEVICE);
    }
  };

  /** The two nodes and their wire. */
  TwoNodes stage(Pair pair) {
    return new TwoNodes();
  }

  /** What two of a kind do among themselves, they do with IPv4 as well. */
  private static TwoNodes ofIpv6(Pair pair) {
    assumeTrue(pair.first() != pair.second(), "shown with IPv4");
    return TwoNodes.ofIpv6();
  }

  /** The first node's instance, with the virtual address. */
  abstract InstanceBlock first(int priority);

  /** The second node's. */
  abstract InstanceBlock second(int priority);

  /** Waits until a daemon hears what the other node says. */
  abstract void awaitListens(Node node);

  /** Has each node speak to the other even when that is dead, and does not answer ARP any more. */
  abstract void introduce(TwoNodes nodes);

  /** Lets nothing through to a node that the other one says, with its carrier left up. */
  abstract void deafen(TwoNodes nodes, Node node);

  /** Undoes {@link #deafen}. */
  abstract void undeafen(Node node);
}
