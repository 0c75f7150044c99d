package org.jkeepalived.sim;

import java.net.InetAddress;
import java.util.List;
import java.util.Set;
import org.jkeepalived.model.VirtualAddress;
import org.jkeepalived.vrrp.State;

/** All watchers as one, in their order. */
record Watchers(List<Watcher> all) implements Watcher {

  @Override
  public void booted(SimulatedNode node) {
    for (Watcher watcher : all) {
      watcher.booted(node);
    }
  }

  @Override
  public void transition(SimulatedNode node, int router, State from, State to) {
    for (Watcher watcher : all) {
      watcher.transition(node, router, from, to);
    }
  }

  @Override
  public void sent(SimulatedNode node, int router, int priority, boolean taken) {
    for (Watcher watcher : all) {
      watcher.sent(node, router, priority, taken);
    }
  }

  @Override
  public void sentToPeers(
      SimulatedNode node, int router, InetAddress source, Set<InetAddress> destinations) {
    for (Watcher watcher : all) {
      watcher.sentToPeers(node, router, source, destinations);
    }
  }

  @Override
  public void hears(SimulatedNode node, Arrival arrival) {
    for (Watcher watcher : all) {
      watcher.hears(node, arrival);
    }
  }

  @Override
  public void announced(SimulatedNode node, int router) {
    for (Watcher watcher : all) {
      watcher.announced(node, router);
    }
  }

  @Override
  public void asked(SimulatedNode node, int router, VirtualAddress address) {
    for (Watcher watcher : all) {
      watcher.asked(node, router, address);
    }
  }

  @Override
  public void addressesChanged(SimulatedNode node, int router) {
    for (Watcher watcher : all) {
      watcher.addressesChanged(node, router);
    }
  }

  @Override
  public void reloaded(SimulatedNode node) {
    for (Watcher watcher : all) {
      watcher.reloaded(node);
    }
  }

  @Override
  public void stopped(SimulatedNode node) {
    for (Watcher watcher : all) {
      watcher.stopped(node);
    }
  }

  @Override
  public void turnEnded(SimulatedNode node) {
    for (Watcher watcher : all) {
      watcher.turnEnded(node);
    }
  }

  @Override
  public void tracked(SimulatedNode node, int router, int priorityBefore) {
    for (Watcher watcher : all) {
      watcher.tracked(node, router, priorityBefore);
    }
  }

  @Override
  public void surroundingsChanged(SimulatedNode node, int segment) {
    for (Watcher watcher : all) {
      watcher.surroundingsChanged(node, segment);
    }
  }
}
