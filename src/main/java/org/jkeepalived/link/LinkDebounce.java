package org.jkeepalived.link;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
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

    /**
     * A change is held back until it has lasted.
     *
     * @param from the link's flags when it last began to count as it does; 0 for none
     * @param to its flags now
     */
    void heldBack(String link, int from, int to, long delayNanos);

    /**
     * A change that was held back is undone: it never counted, but other flags of the link are not
     * what they were.
     */
    void undone(String link);
  }

  /** How one link that has delays counts. */
  private final class DelayedLink {
    private final String name;
    private final TimerQueue.Timer timer;
    private boolean up;

    /** As they were when it began to count so; empty until it is updated after that. */
    private OptionalInt flags;

    DelayedLink(LinkState first) {
      name = first.name();
      up = first.usable();
      flags = OptionalInt.of(first.flags());
      timer = timers.timer((deadline, now) -> turn());
    }

    private void turn() {
      up = !up;
      flags = OptionalInt.empty();
      listener.changed(name);
    }

    void learnFlags(LinkState now) {
      if (flags.isEmpty()) {
        flags = OptionalInt.of(now.flags());
      }
    }

    /**
     * COMPAT: keepalived says nothing if the link is wholly what it was, and goes on comparing with
     * what it was if not.
     */
    void undo(LinkState now) {
      timer.disarm();
      if (now.flags() != flags.orElseThrow()) {
        listener.undone(name);
      }
    }

    void count(LinkState now) {
      timer.disarm();
      up = now.usable();
      flags = OptionalInt.of(now.flags());
    }

    void hold(LinkState now, long nowNanos, long delayNanos) {
      timer.arm(nowNanos + delayNanos);
      listener.heldBack(name, flags.orElseThrow(), now.flags(), delayNanos);
    }

    void remove() {
      timer.disarm();
      up = false;
      flags = OptionalInt.of(0);
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
    return counting(link, count(asPolled(link), nowNanos));
  }

  /** The link as it delayed when it was {@linkplain #update updated} last; changes nothing. */
  public LinkState shown(LinkState link) {
    DelayedLink delayed = links.get(link.name());
    return counting(link, delayed == null ? asPolled(link).usable() : delayed.up);
  }

  /** Whether the link has changed, but does not count as changed yet. */
  public boolean isDelayed(String name) {
    DelayedLink delayed = links.get(name);
    return delayed != null && delayed.timer.isArmed();
  }

  private LinkState asPolled(LinkState link) {
    return watch.polled().containsKey(link.name())
        ? Optional.ofNullable(polled.get(link.name())).map(link::withRunning).orElse(link)
        : link;
  }

  private static LinkState counting(LinkState link, boolean up) {
    return up ? link.withAdminUp(true).withRunning(true) : link.withRunning(false);
  }

  private boolean count(LinkState link, long nowNanos) {
    LinkWatch.Delays delays = watch.delays().get(link.name());
    DelayedLink delayed = links.get(link.name());
    if (delays == null && delayed == null) {
      return link.usable();
    }
    if (delayed == null) {
      // how a link is when it is first seen counts at once
      links.put(link.name(), new DelayedLink(link));
      return link.usable();
    }
    delayed.learnFlags(link);
    boolean waits = delayed.timer.isArmed();
    if (link.usable() == delayed.up) {
      if (waits) {
        delayed.undo(link);
      }
      return delayed.up;
    }
    long delayNanos = delays == null ? 0 : link.usable() ? delays.upNanos() : delays.downNanos();
    if (delayNanos == 0) {
      delayed.count(link);
    } else if (!waits) {
      delayed.hold(link, nowNanos, delayNanos);
    }
    return delayed.up;
  }

  /** The link is gone; one that is made again has to last, too. */
  public void remove(String name) {
    Optional.ofNullable(links.get(name)).ifPresent(DelayedLink::remove);
  }
}
