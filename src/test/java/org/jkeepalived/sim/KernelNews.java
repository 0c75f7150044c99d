package org.jkeepalived.sim;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.function.Supplier;
import org.jkeepalived.kernel.KernelAddress;
import org.jkeepalived.kernel.KernelObject;
import org.jkeepalived.link.LinkAddress;

/**
 * What a kernel tells of its addresses: in order, a little before or after it answers who caused
 * it. Some of it may be lost; then what differs is told, as {@code RouteMonitor} does it.
 */
final class KernelNews {

  private final SimulatedNode node;

  /** What the process has heard of. */
  private final Map<LinkAddress.Key, LinkAddress> told = new LinkedHashMap<>();

  private final Queue<Runnable> onTheirWay = new ArrayDeque<>();

  KernelNews(SimulatedNode node) {
    this.node = node;
  }

  /** A new process has heard of nothing. */
  void processIsNew() {
    told.clear();
    onTheirWay.clear();
  }

  void added(LinkAddress address) {
    later(() -> tell(address, true));
  }

  void removed(LinkAddress address) {
    later(() -> tell(address, false));
  }

  /** Tells of an address unless the process has heard of it. */
  void tell(LinkAddress address, boolean present) {
    boolean known = told.containsKey(address.key());
    if (present && !known) {
      told.put(address.key(), address);
      node.process().heardOf(address, true);
    } else if (!present && known) {
      told.remove(address.key());
      node.process().heardOf(address, false);
    }
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
  void lost(Supplier<List<LinkAddress>> present) {
    onTheirWay.clear();
    later(() -> becomes(present.get()));
  }

  private void becomes(List<LinkAddress> present) {
    Set<LinkAddress.Key> there = new LinkedHashSet<>();
    present.forEach(address -> there.add(address.key()));
    for (LinkAddress address : new ArrayList<>(told.values())) {
      if (!there.contains(address.key())) {
        tell(address, false);
      }
    }
    present.forEach(address -> tell(address, true));
    Set<KernelObject.Key> keys = new LinkedHashSet<>();
    present.forEach(address -> keys.add(KernelAddress.key(address)));
    node.process().resynchronised(keys);
  }
}
