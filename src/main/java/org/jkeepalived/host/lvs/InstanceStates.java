package org.jkeepalived.host.lvs;

import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jkeepalived.notify.Event;
import org.jkeepalived.notify.Subject;
import org.jkeepalived.notify.VrrpEvent;

/**
 * Which VRRP instances are master, by what is told of them, for whoever acts by one of them on
 * another thread. VRRP's thread tells, and is not held up: any thread may ask.
 */
public final class InstanceStates implements Event.Listener {

  private final Set<String> masters = ConcurrentHashMap.newKeySet();
  private volatile Follower follower = new Follower("", () -> {});

  private record Follower(String instance, Runnable step) {}

  /**
   * Has a step run whenever one instance may have become master, or may be it no longer. There is
   * one such step.
   *
   * @param step may not block; runs on the thread that tells
   */
  void follow(Optional<String> instance, Runnable step) {
    follower = new Follower(instance.orElse(""), step);
  }

  boolean isMaster(String instance) {
    return masters.contains(instance);
  }

  /** Of a stop nothing is to be followed: what follows ends with everything else. */
  @Override
  public void happened(Event event) {
    if (!(event instanceof VrrpEvent) || event.subject().kind() != Subject.Kind.INSTANCE) {
      return;
    }
    String name = event.subject().name();
    boolean changed =
        isEntry(event) && ((VrrpEvent) event).word().equals(VrrpEvent.Entered.MASTER.name())
            ? masters.add(name)
            : (isEntry(event) || isEnd(event)) && masters.remove(name);
    Follower told = follower;
    if (changed && told.instance().equals(name)) {
      told.step().run();
    }
  }

  private static boolean isEntry(Event event) {
    return event.standing() == Event.Standing.STATE;
  }

  private static boolean isEnd(Event event) {
    return event.standing() == Event.Standing.END && !(event instanceof VrrpEvent.Stopped);
  }
}
