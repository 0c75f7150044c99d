package org.jkeepalived.loop;

import java.util.function.IntConsumer;
import org.jkeepalived.linux.Readiness;
import org.jkeepalived.linux.SystemCallException;

/**
 * What a loop waits with, and the one clock that it goes by. In the daemon that is the kernel
 * ({@link EpollWait}), in the simulator virtual time.
 *
 * <p>Belongs to one thread; only {@link #wake} is for others.
 */
public interface Wait extends AutoCloseable {

  /** Nanoseconds since an arbitrary moment, read now; compare by subtraction. */
  long nowNanos();

  /**
   * Calls {@code whenReady} in every {@link #await} that finds the descriptor ready.
   *
   * @param whenReady takes what is told of it: see {@link Readiness#isReadable}
   */
  void watch(int fd, Readiness readiness, IntConsumer whenReady) throws SystemCallException;

  /** Forgets a descriptor; to be called before it is closed. */
  void forget(int fd);

  /** The same, for one that is closed at once and that nobody has another of: it costs no call. */
  void drop(int fd);

  /**
   * Waits until a descriptor is ready, the time is up, or somebody calls {@link #wake}; then calls
   * back for those that are ready, a few of them if they are many.
   *
   * @param mostNanos 0 or less does not wait; {@link Long#MAX_VALUE} waits without end
   * @return how many were called back; none means that nothing had arrived when it looked
   */
  int await(long mostNanos) throws SystemCallException;

  /** Ends the present or the next {@link #await}. Callable from any thread, at any time. */
  void wake();

  @Override
  void close();
}
