package org.jkeepalived.sim;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.function.Supplier;
import org.jkeepalived.link.LinkAddress;
import org.jkeepalived.link.Links;

/**
 * What a kernel tells of its addresses: in order, a little before or after it answers who caused
 * it. Some of it may be lost; then everything is read anew, as {@code RouteMonitor} does it.
 */
final class KernelNews {

  private final SimulatedNode node;
  private final Queue<Runnable> onTheirWay = new ArrayDeque<>();

  KernelNews(SimulatedNode node) {
    this.node = node;
  }

  /** A new process has heard of nothing. */
  void processIsNew() {
    onTheirWay.clear();
  }

  void added(LinkAddress address) {
    later(() -> node.routers().links().addressAdded(address));
  }

  void removed(LinkAddress address) {
    later(() -> node.routers().links().addressRemoved(address));
  }

  private void later(Runnable step) {
    onTheirWay.add(step);
    long delayNanos = node.oneIn(4) ? node.answerDelayNanos() / 4 : 0;
    node.atWhileAlive(node.now() + delayNanos, this::arrive);
  }

  private void arrive() {
    if (!onTheirWay.isEmpty()) {
      node.command(onTheirWay.remove());
    }
  }

  /** Tells of something else, at once: links and addresses are told of in one order. */
  void tellAfterAll(Runnable step) {
    while (!onTheirWay.isEmpty()) {
      arrive();
    }
    node.command(step);
  }

  /** What is on its way is lost; what differs then is told. */
  void lost(Supplier<List<LinkAddress>> virtual) {
    onTheirWay.clear();
    later(() -> readAnew(virtual.get()));
  }

  /** News of links are never lost: only virtual addresses can differ from what is known. */
  private void readAnew(List<LinkAddress> virtual) {
    Links known = node.routers().links();
    Links present = new Links();
    known.all().forEach(present::linkChanged);
    known.allAddresses().stream().filter(node.links()::isOwn).forEach(present::addressAdded);
    virtual.forEach(present::addressAdded);
    known.become(present);
  }
}
