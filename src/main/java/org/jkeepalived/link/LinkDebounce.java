package org.jkeepalived.link;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jkeepalived.model.LinkWatch;
import org.jkeepalived.time.TimerQueue;

/**
 * Which links count as up. That is what the kernel tells, or polling where it was asked for, once
 * it has lasted as long as {@code interface_up_down_delays} says: a link that comes back earlier
 * was never gone.
 */
public final class LinkDebounce implements LinkBeat {

  private final TimerQueue timers;
  private final Listener listener;
  private final Map<String, DelayedLink> links = new LinkedHashMap<>();
  private final Map<String, Boolean> polled = new HashMap<>();
  private LinkWatch watch;

  /** Hears of the changes that count, and of those that do not yet. */
  public interface Listener {
    /**
     * A change has lasted long enough, or polling found the link otherwise: {@link #update} tells
     * how it counts now.
     */
    void changed(String link);

    /** A change is held back until it has lasted. */
    void heldBack(String link, boolean up, long delayNanos);

    /** A change that was held back is undone: it never counted. */
    void undone(String link, boolean up);
  }

  /** How one link that has delays counts. */
  private final class DelayedLink {
    private final String name;
    private final TimerQueue.Timer timer;
    private boolean up;

    DelayedLink(String name, boolean up) {
      this.name = name;
      this.up = up;
      timer = timers.timer((deadline, now) -> turn());
    }

    private void turn() {
      up = !up;
      listener.changed(name);
    }
  }

  public LinkDebounce(LinkWatch watch, TimerQueue timers, Listener listener) {
    this.watch = watch;
    this.timers = timers;
    this.listener = listener;
  }

  /** Takes other delays; those that are under way end as the old ones said. */
  public void reconfigure(LinkWatch other) {
    watch = other;
    polled.keySet().retainAll(other.polled().keySet());
  }

  /** Polling found a link running, or not. */
  @Override
  public void beat(String link, boolean running) {
    if (watch.polled().containsKey(link)
        && !Optional.of(running).equals(Optional.ofNullable(polled.put(link, running)))) {
      listener.changed(link);
    }
  }

  /**
   * Takes a link as the kernel tells of it; a change that is to last begins to count its time.
   *
   * @return the link as it counts
   */
  public LinkState update(LinkState link, long nowNanos) {
    return counting(link, count(link.name(), link.adminUp() && running(link), nowNanos));
  }

  /** The link as it delayed when it was {@linkplain #update updated} last; changes nothing. */
  public LinkState shown(LinkState link) {
    DelayedLink delayed = links.get(link.name());
    return counting(link, delayed == null ? link.adminUp() && running(link) : delayed.up);
  }

  /** Whether the link has changed, but does not count as changed yet. */
  public boolean isDelayed(String name) {
    DelayedLink delayed = links.get(name);
    return delayed != null && delayed.timer.isArmed();
  }

  private boolean running(LinkState link) {
    return watch.polled().containsKey(link.name())
        ? Optional.ofNullable(polled.get(link.name())).orElse(link.running())
        : link.running();
  }

  private static LinkState counting(LinkState link, boolean up) {
    return up ? link.flags(true, true) : link.flags(link.adminUp(), false);
  }

  private boolean count(String name, boolean up, long nowNanos) {
    LinkWatch.Delays delays = watch.delays().get(name);
    DelayedLink delayed = links.get(name);
    if (delays == null && delayed == null) {
      return up;
    }
    if (delayed == null) {
      // how a link is when it is first seen counts at once
      links.put(name, new DelayedLink(name, up));
      return up;
    }
    if (delayed.up == up) {
      if (delayed.timer.isArmed()) {
        delayed.timer.disarm();
        listener.undone(name, up);
      }
      return up;
    }
    long delayNanos = delays == null ? 0 : up ? delays.upNanos() : delays.downNanos();
    if (delayNanos == 0) {
      delayed.timer.disarm();
      delayed.up = up;
    } else if (!delayed.timer.isArmed()) {
      delayed.timer.arm(nowNanos + delayNanos);
      listener.heldBack(name, up, delayNanos);
    }
    return delayed.up;
  }

  /** The link is gone; one that is made again has to last, too. */
  public void remove(String name) {
    DelayedLink delayed = links.get(name);
    if (delayed != null) {
      delayed.timer.disarm();
      delayed.up = false;
    }
  }
}
