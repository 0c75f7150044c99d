package org.jkeepalived.host.lvs.check;

import io.netty.channel.IoEventLoop;
import io.netty.channel.ManualIoEventLoop;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.util.ResourceLeakDetector;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;
import org.jkeepalived.linux.MonotonicClock;
import org.jkeepalived.linux.Readiness;
import org.jkeepalived.loop.CannotGoOnException;
import org.jkeepalived.loop.Wait;

/**
 * Waits with Netty's event loop, whose channels and handles get their turn in each wait: Netty and
 * the loop of an owner share one thread.
 *
 * <p>Netty is loaded by the first wait, on that thread: whoever makes this waits for nothing.
 */
final class NettyWait implements Wait {

  private static final long ENDING_NANOS = 500_000_000L;
  private static final long WITHOUT_WAITING = -1;
  private static final long WITHOUT_END = 0;

  private volatile Optional<ManualIoEventLoop> netty = Optional.empty();

  /** Somebody wants the present or the next wait to end. */
  private volatile boolean woken;

  /** Netty's loop; to be used on the thread that waits. */
  IoEventLoop netty() {
    return netty.orElseThrow();
  }

  @Override
  public long nowNanos() {
    return MonotonicClock.nowNanos();
  }

  /** What is waited for here is Netty's. */
  @Override
  public void watch(int fd, Readiness readiness, IntConsumer whenReady) {
    throw new UnsupportedOperationException("descriptors are registered with Netty's loop");
  }

  @Override
  public void forget(int fd) {
    throw new UnsupportedOperationException("descriptors are registered with Netty's loop");
  }

  @Override
  public void drop(int fd) {
    throw new UnsupportedOperationException("descriptors are registered with Netty's loop");
  }

  /** The first time it only loads Netty: somebody may have tried to wake it meanwhile. */
  @Override
  public int await(long mostNanos) {
    if (netty.isEmpty()) {
      netty = Optional.of(load());
      return 0;
    }
    ManualIoEventLoop loop = netty.get();
    if (loop.isShuttingDown()) {
      throw new CannotGoOnException("Netty's event loop has ended");
    }
    int told = loop.run(bound(mostNanos));
    woken = false;
    return told;
  }

  private static long bound(long mostNanos) {
    if (mostNanos == Long.MAX_VALUE) {
      return WITHOUT_END;
    }
    return mostNanos <= 0 ? WITHOUT_WAITING : mostNanos;
  }

  private ManualIoEventLoop load() {
    try {
      prepare();
      return new ManualIoEventLoop(Thread.currentThread(), EpollIoHandler.newFactory()) {
        // Netty forgets a call of wakeup() that comes just before it waits
        @Override
        protected boolean canBlock() {
          return !woken;
        }
      };
    } catch (Exception | LinkageError e) {
      throw new CannotGoOnException("Netty's event loop cannot be made", e);
    }
  }

  /** What Netty reads once, when its classes are loaded. */
  private static void prepare() {
    ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.DISABLED);
    // nobody looks at its channels' identities, for which it would ask all links for their
    // addresses
    setUnlessSet("io.netty.machineId", "00:00:00:00:00:00:00:00");
    setUnlessSet("io.netty.processId", "1");
  }

  private static void setUnlessSet(String property, String value) {
    if (System.getProperty(property) == null) {
      System.setProperty(property, value);
    }
  }

  @Override
  public void wake() {
    woken = true;
    netty.ifPresent(ManualIoEventLoop::wakeup);
  }

  /** Closes all channels and handles. */
  @Override
  public void close() {
    netty.ifPresent(this::end);
  }

  private void end(ManualIoEventLoop loop) {
    loop.shutdownGracefully(0, 0, TimeUnit.NANOSECONDS);
    long beganNanos = nowNanos();
    while (!loop.isTerminated() && nowNanos() - beganNanos < ENDING_NANOS) {
      loop.runNow();
    }
  }
}
