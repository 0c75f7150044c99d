package org.jkeepalived.sim;

import java.net.InetAddress;
import java.util.Set;
import org.jkeepalived.model.VirtualAddress;
import org.jkeepalived.vrrp.State;

/**
 * Looks over the shoulders of the nodes, and throws a {@link Violation} where one breaks a rule.
 */
interface Watcher {

  /** The process runs, its virtual routers are in INIT. */
  default void booted(SimulatedNode node) {}

  /** A virtual router's state changed; its effects have been asked for. */
  default void transition(SimulatedNode node, int router, State from, State to) {}

  /** An advertisement was handed to the kernel, which was able to send it or was not. */
  default void sent(SimulatedNode node, int router, int priority, boolean taken) {}

  /** An advertisement was sent to peers, each of whom got one packet. */
  default void sentToPeers(
      SimulatedNode node, int router, InetAddress source, Set<InetAddress> destinations) {}

  /** A frame is about to be handed to the process. */
  default void hears(SimulatedNode node, Arrival arrival) {}

  /** A gratuitous ARP for each of the addresses was sent. */
  default void announced(SimulatedNode node, int router) {}

  /** The process asks the kernel for an address, and does not take that back at once. */
  default void asked(SimulatedNode node, int router, VirtualAddress address) {}

  /** The kernel carried out what was asked for a virtual router's addresses. */
  default void addressesChanged(SimulatedNode node, int router) {}

  /** The process took a new configuration. */
  default void reloaded(SimulatedNode node) {}

  /** The process was stopped, and the kernel has done what it asked for. */
  default void stopped(SimulatedNode node) {}

  /** The process did all that there was to do. */
  default void turnEnded(SimulatedNode node) {}

  /**
   * The process is about to hear what something that it tracks is like now.
   *
   * @param priorityBefore its effective priority so far
   */
  default void tracked(SimulatedNode node, int router, int priorityBefore) {}

  /** Something about the node's place on a segment changed: alive, connected, refusing. */
  default void surroundingsChanged(SimulatedNode node, int segment) {}
}
