package org.jkeepalived.loop;

import org.jkeepalived.linux.MonotonicClock;
import org.jkeepalived.linux.Poller;
import org.jkeepalived.linux.Readiness;
import org.jkeepalived.linux.SystemCallException;

/** Waits for the kernel, by CLOCK_MONOTONIC. */
public final class EpollWait implements Wait {

  private final Poller poller;

  /**
   * @throws SystemCallException the kernel gives no descriptor for it
   */
  public EpollWait() throws SystemCallException {
    poller = new Poller();
  }

  @Override
  public long nowNanos() {
    return MonotonicClock.nowNanos();
  }

  @Override
  public void watch(int fd, Readiness readiness, Runnable whenReady) throws SystemCallException {
    poller.add(fd, readiness, whenReady);
  }

  @Override
  public void forget(int fd) {
    poller.remove(fd);
  }

  @Override
  public int await(long mostNanos) throws SystemCallException {
    return poller.poll(mostNanos);
  }

  @Override
  public void wake() {
    poller.wake();
  }

  @Override
  public void close() {
    poller.close();
  }
}
