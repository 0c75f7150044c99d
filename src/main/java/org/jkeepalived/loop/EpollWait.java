package org.jkeepalived.loop;

import java.util.Optional;
import java.util.function.IntConsumer;
import org.jkeepalived.linux.MonotonicClock;
import org.jkeepalived.linux.Poller;
import org.jkeepalived.linux.Readiness;
import org.jkeepalived.linux.SystemCallException;

/** Waits for the kernel, by CLOCK_MONOTONIC. */
public final class EpollWait implements Wait {

  /** Written once, by the thread that waits if not before it began. */
  private volatile Optional<Poller> poller;

  /**
   * @throws SystemCallException the kernel gives no descriptor for it
   */
  public EpollWait() throws SystemCallException {
    this(Optional.of(new Poller()));
  }

  private EpollWait(Optional<Poller> poller) {
    this.poller = poller;
  }

  /**
   * One that the first wait opens, which waits for nothing: for a thread that comes while others
   * work, who are not to suffer if the kernel gives no descriptor for it.
   */
  public static EpollWait openedLater() {
    return new EpollWait(Optional.empty());
  }

  private Poller opened() {
    return poller.orElseThrow(() -> new IllegalStateException("has not waited yet"));
  }

  @Override
  public long nowNanos() {
    return MonotonicClock.nowNanos();
  }

  @Override
  public void watch(int fd, Readiness readiness, IntConsumer whenReady) throws SystemCallException {
    opened().add(fd, readiness, whenReady);
  }

  @Override
  public void forget(int fd) {
    opened().remove(fd);
  }

  @Override
  public void drop(int fd) {
    opened().drop(fd);
  }

  @Override
  public int await(long mostNanos) throws SystemCallException {
    if (poller.isPresent()) {
      return poller.get().poll(mostNanos);
    }
    try {
      // whoever did not find it there to be woken has left a command before
      poller = Optional.of(new Poller());
    } catch (SystemCallException e) {
      throw new CannotGoOnException("there is nothing to wait with", e);
    }
    return 0;
  }

  @Override
  public void wake() {
    poller.ifPresent(Poller::wake);
  }

  @Override
  public void close() {
    poller.ifPresent(Poller::close);
  }
}
