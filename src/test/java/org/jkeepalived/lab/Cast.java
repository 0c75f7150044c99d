package org.jkeepalived.lab;

/** How the two nodes of {@link TwoNodes} speak to each other. */
enum Cast {
  MULTICAST {
    @Override
    InstanceText first(int priority) {
      return TwoNodes.instance(priority);
    }

    @Override
    InstanceText second(int priority) {
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
      node.deafen(InstanceText.DEVICE);
    }

    @Override
    void undeafen(Node node) {
      node.undeafen(InstanceText.DEVICE);
    }
  },

  UNICAST {
    @Override
    InstanceText first(int priority) {
      return TwoNodes.instance(priority).toPeers(TwoNodes.ADDRESS_2);
    }

    @Override
    InstanceText second(int priority) {
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
      node.deafenToPeers(InstanceText.DEVICE);
    }

    @Override
    void undeafen(Node node) {
      node.undeafenToPeers(InstanceText.DEVICE);
    }
  };

  /** The first node's instance, with the virtual address. */
  abstract InstanceText first(int priority);

  /** The second node's. */
  abstract InstanceText second(int priority);

  /** Waits until a daemon hears what the other node says. */
  abstract void awaitListens(Node node);

  /** Has each node speak to the other even when that is dead, and does not answer ARP any more. */
  abstract void introduce(TwoNodes nodes);

  /** Lets nothing through to a node that the other one says, with its carrier left up. */
  abstract void deafen(TwoNodes nodes, Node node);

  /** Undoes {@link #deafen}. */
  abstract void undeafen(Node node);
}
