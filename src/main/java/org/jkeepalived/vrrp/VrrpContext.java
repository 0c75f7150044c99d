package org.jkeepalived.vrrp;

import org.jkeepalived.kernel.KernelBook;
import org.jkeepalived.time.NanoClock;
import org.jkeepalived.time.TimerQueue;
import org.jkeepalived.vrrp.address.Announcer;

/** What virtual routers use of the machine and of the daemon, all of it on their owner's thread. */
public record VrrpContext(
    TimerQueue timers,
    NanoClock clock,
    FrameSender frames,
    KernelBook objects,
    Announcer announcer,
    VrrpListener listener) {

  long nowNanos() {
    return clock.nowNanos();
  }
}
