package org.jkeepalived.host.vrrp;

import java.util.Locale;
import org.jkeepalived.linux.Errno;
import org.jkeepalived.linux.SystemCallException;
import org.jkeepalived.linux.process.ThreadPriority;
import org.jkeepalived.loop.EventLoop;
import org.jkeepalived.model.AutoPriority;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Raises the real-time priority of the VRRP thread by one each time that its timers fire late, as
 * far as the configuration allows. Lives on that thread, and works for no other.
 *
 * <p>Its scheduling is the only thing about the machine that a thread without time can change: the
 * first step takes it out of the competition with everything that is no real-time thread.
 */
final class RisingPriority implements EventLoop.LatenessListener {

  private static final Logger LOG = LoggerFactory.getLogger(RisingPriority.class);

  /** The scheduler of this thread. */
  @FunctionalInterface
  interface Scheduler {

    /** Sets a real-time priority, 1 to 99, or none, 0. */
    void set(int priority) throws SystemCallException;
  }

  /** The kernel's. */
  static final Scheduler KERNEL = ThreadPriority::setSoon;

  private final Scheduler scheduler;
  private AutoPriority allowed;
  private int priority;

  /** What the operator has given it for good; it rises from there. */
  private int least;

  /** There is no point in asking again until the operator has changed something. */
  private boolean refused;

  RisingPriority(AutoPriority allowed, Scheduler scheduler) {
    this.allowed = allowed;
    this.scheduler = scheduler;
  }

  @Override
  public void late(long nanos, long nowNanos) {
    if (priority < allowed.most() && nanos >= allowed.minDelayNanos() && !refused) {
      set(priority + 1, String.format(Locale.ROOT, " (a timer was %.6f s late)", nanos / 1e9));
    }
  }

  /**
   * A reload says so. What was reached is kept as far as it is allowed: the machine has not become
   * faster.
   */
  void allow(AutoPriority changed) {
    allowed = changed;
    refused = false;
    int most = Math.max(least, allowed.most());
    if (priority > most) {
      set(most, " (max_auto_priority)");
    }
  }

  /**
   * {@code vrrp_rt_priority}: never less than that. What was reached above it is kept.
   *
   * @param wanted 1 to 99; 0 for an ordinary thread
   * @throws SystemCallException the kernel refuses; nothing has changed then
   */
  void begin(int wanted) throws SystemCallException {
    int next = priority > least ? Math.max(priority, wanted) : wanted;
    if (next != priority) {
      scheduler.set(next);
      priority = next;
    }
    least = wanted;
  }

  private void set(int wanted, String reason) {
    try {
      scheduler.set(wanted);
      priority = wanted;
      LOG.info("Set realtime priority {}{}", wanted, reason);
    } catch (SystemCallException e) {
      refused = true;
      LOG.warn(
          "Unable to set realtime priority {}: {}{}",
          wanted,
          e.error(),
          e.error().errno() == Errno.EPERM
              ? ": max_auto_priority needs CAP_SYS_NICE (a container: --cap-add=SYS_NICE, and"
                  + " cpu.rt_runtime_us where its control group has one)"
              : "");
    }
  }
}
