package org.jkeepalived.host.script;

import java.util.function.IntPredicate;
import org.jkeepalived.linux.SignalDescriptor;
import org.jkeepalived.linux.SystemCallException;
import org.jkeepalived.linux.process.Orphans;
import org.jkeepalived.loop.EventLoop;
import org.jkeepalived.time.TimerQueue;

/**
 * In the first process of a container: takes what others have left out of the kernel's table, which
 * would else be full one day. It belongs to the scripts thread.
 *
 * <p>The launcher has blocked SIGCHLD for it. It waits a while after each one: whoever waits for a
 * child of their own has been told by then.
 */
final class OrphanReaper {

  private static final int SIGCHLD = 17;
  private static final long PATIENCE_NANOS = 500_000_000L;

  private final EventLoop loop;
  private final SignalDescriptor signals;
  private final Orphans orphans;
  private final TimerQueue.Timer reaping;

  /**
   * @param isOurs whether a process is a child that somebody here waits for
   */
  OrphanReaper(EventLoop loop, IntPredicate isOurs) throws SystemCallException {
    this.loop = loop;
    signals = SignalDescriptor.open(SIGCHLD);
    orphans = new Orphans(isOurs);
    reaping = loop.timers().timer((deadline, now) -> reap());
  }

  /** Begins, with those that came before. */
  void begin() throws SystemCallException {
    loop.watch(signals.fd(), this::somethingExited);
    arm();
  }

  private void somethingExited() {
    while (signals.next() != 0) {
      // each stands for any number of them
    }
    arm();
  }

  private void arm() {
    if (!reaping.isArmed()) {
      reaping.arm(loop.nowNanos() + PATIENCE_NANOS);
    }
  }

  private void reap() {
    if (orphans.reap()) {
      arm();
    }
  }
}
