package org.jkeepalived.linux;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.IntConsumer;

/**
 * Waits for descriptors, a deadline and a call from another thread, all at once (epoll(7)).
 *
 * <p>One thread owns it; only {@link #wake} may be called from others. Descriptors are watched
 * level triggered, unless their {@link Readiness} says otherwise: a callback that leaves something
 * unread is called again by the next {@link #poll}.
 *
 * <p>The deadline is a timerfd rather than epoll's own timeout, which is milliseconds before Linux
 * 5.11 and late by the thread's timer slack (50 µs) after it.
 */
public final class Poller implements AutoCloseable {
  private static final NativeFunction EPOLL_CREATE1 = NativeFunction.ofLibc("epoll_create1");
  private static final NativeFunction EPOLL_CTL = NativeFunction.ofLibc("epoll_ctl");
  private static final NativeFunction EPOLL_WAIT = NativeFunction.ofLibc("epoll_wait");
  private static final NativeFunction EVENTFD = NativeFunction.ofLibc("eventfd");
  private static final NativeFunction TIMERFD_CREATE = NativeFunction.ofLibc("timerfd_create");
  private static final NativeFunction TIMERFD_SETTIME = NativeFunction.ofLibc("timerfd_settime");

  private static final int EPOLL_CTL_ADD = 1;
  private static final int EPOLL_CTL_DEL = 2;
  private static final int EPOLLET = 1 << 31;
  private static final int CLOCK_MONOTONIC = 1;

  /** A timer that expires so close to the wanted moment need not be set anew. */
  private static final long SAME_NANOS = 5_000;

  /**
   * Each of them may have much to read: whoever polls gets to look at the clock in between. What
   * does not fit comes first next time (the kernel puts what it has told of at the end).
   */
  private static final int EVENTS_PER_POLL = 8;

  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  // struct epoll_event is packed on x86-64 and nowhere else
  private static final boolean PACKED = System.getProperty("os.arch").equals("amd64");
  private static final int EVENT_BYTES = PACKED ? 12 : 16;
  private static final int EVENT_DATA_OFFSET = PACKED ? 4 : 8;

  // read never: both are watched edge triggered, so each new count is one event
  private final int wakeFd;
  private final int timerFd;
  private final int epollFd;

  private final NativeMemory events = NativeMemory.allocate(EVENTS_PER_POLL * EVENT_BYTES);
  private final NativeMemory change = NativeMemory.allocate(EVENT_BYTES);
  private final NativeMemory timer = NativeMemory.allocate(4 * Long.BYTES);
  private final NativeMemory one = NativeMemory.allocate(Long.BYTES);
  private final AtomicBoolean awake = new AtomicBoolean();

  // by descriptor; an event whose generation is not the slot's is of a descriptor removed meanwhile
  private IntConsumer[] callbacks = new IntConsumer[64];
  private int[] generations = new int[64];

  /** When the timer expires, at most; {@link Long#MAX_VALUE} if it is not set. */
  private long expiryNanos = Long.MAX_VALUE;

  // guarded by awake
  private boolean open = true;

  public Poller() throws SystemCallException {
    one.bytes().putLong(0, 1);
    epollFd = SystemCallException.check("epoll_create1", EPOLL_CREATE1.call(Libc.O_CLOEXEC));
    wakeFd =
        SystemCallException.check("eventfd", EVENTFD.call(0, Libc.O_CLOEXEC | Libc.O_NONBLOCK));
    timerFd =
        SystemCallException.check(
            "timerfd_create",
            TIMERFD_CREATE.call(CLOCK_MONOTONIC, Libc.O_CLOEXEC | Libc.O_NONBLOCK));
    watch(wakeFd, Readiness.READABLE.events | EPOLLET, events -> {});
    watch(timerFd, Readiness.READABLE.events | EPOLLET, events -> {});
  }

  /**
   * Calls {@code whenReadable} in every {@link #poll} that finds something to read, or an error.
   */
  public void add(int fd, Runnable whenReadable) throws SystemCallException {
    add(fd, Readiness.READABLE, events -> whenReadable.run());
  }

  /**
   * Calls {@code whenReady} in every {@link #poll} that finds the descriptor ready, or an error. To
   * wait for something else, remove the descriptor and add it anew.
   *
   * @param whenReady takes what epoll tells of the descriptor
   */
  public void add(int fd, Readiness readiness, IntConsumer whenReady) throws SystemCallException {
    watch(fd, readiness.events, whenReady);
  }

  private void watch(int fd, int interest, IntConsumer whenReady) throws SystemCallException {
    if (fd >= callbacks.length) {
      int length = Math.max(fd + 1, 2 * callbacks.length);
      callbacks = Arrays.copyOf(callbacks, length);
      generations = Arrays.copyOf(generations, length);
    }
    change.bytes().putInt(0, interest);
    change.bytes().putLong(EVENT_DATA_OFFSET, (long) (generations[fd] + 1) << 32 | fd);
    SystemCallException.check(
        "epoll_ctl", change.lend(at -> EPOLL_CTL.call(epollFd, EPOLL_CTL_ADD, fd, at)));
    generations[fd]++;
    callbacks[fd] = whenReady;
  }

  /**
   * Forgets a descriptor that is closed at once, and that nobody has another of: the kernel needs
   * no call for it. Its callback is not called any more.
   */
  public void drop(int fd) {
    if (fd < callbacks.length && callbacks[fd] != null) {
      callbacks[fd] = null;
      generations[fd]++;
    }
  }

  /** Forgets the descriptor; call it before closing it. Its callback is not called any more. */
  public void remove(int fd) {
    if (fd < callbacks.length && callbacks[fd] != null) {
      drop(fd);
      // fails only if it was closed before, and then there is nothing left to remove
      change.lend(at -> EPOLL_CTL.call(epollFd, EPOLL_CTL_DEL, fd, at));
    }
  }

  /**
   * Makes the running or the next {@link #poll} return at once. Callable from any thread, and at
   * any time: after {@link #close} nothing happens.
   */
  public void wake() {
    if (!awake.getAndSet(true)) {
      synchronized (awake) {
        // the number of a closed descriptor may be another one's by now
        if (open) {
          Libc.write(wakeFd, one, Long.BYTES);
        }
      }
    }
  }

  /**
   * Waits until a descriptor is ready, the time is up, or somebody calls {@link #wake}; then calls
   * back for those that are ready, a few of them if they are many. An exception of a callback goes
   * through to the caller; the descriptors after it come again in the next poll.
   *
   * @param timeoutNanos 0 or less does not wait; {@link Long#MAX_VALUE} waits without end
   * @return how many callbacks were called
   */
  public int poll(long timeoutNanos) throws SystemCallException {
    if (timeoutNanos > 0) {
      arm(timeoutNanos);
    }
    int ready =
        events.lend(at -> EPOLL_WAIT.call(epollFd, at, EVENTS_PER_POLL, timeoutNanos > 0 ? -1 : 0));
    // cleared before the callbacks look at what the waker left for them, so that none is missed
    awake.set(false);
    if (ready < 0) {
      if (ready == -Errno.EINTR) {
        return 0;
      }
      SystemCallException.check("epoll_wait", ready);
    }
    return dispatch(ready);
  }

  private int dispatch(int ready) {
    ByteBuffer bytes = events.bytes();
    int called = 0;
    for (int i = 0; i < ready; i++) {
      long data = bytes.getLong(i * EVENT_BYTES + EVENT_DATA_OFFSET);
      int fd = (int) data;
      if (fd == wakeFd) {
        continue;
      }
      if (fd == timerFd) {
        expiryNanos = Long.MAX_VALUE;
        continue;
      }
      IntConsumer callback = callbacks[fd];
      if (callback != null && generations[fd] == (int) (data >>> 32)) {
        callback.accept(bytes.getInt(i * EVENT_BYTES));
        called++;
      }
    }
    return called;
  }

  private void arm(long timeoutNanos) throws SystemCallException {
    long wantedNanos = expiry(timeoutNanos);
    boolean set = expiryNanos != Long.MAX_VALUE;
    if (wantedNanos == expiryNanos || set && Math.abs(wantedNanos - expiryNanos) < SAME_NANOS) {
      return;
    }
    boolean endless = wantedNanos == Long.MAX_VALUE;
    // struct itimerspec: interval, then time until expiry, each seconds and nanoseconds
    timer.bytes().putLong(16, endless ? 0 : timeoutNanos / NANOS_PER_SECOND);
    timer.bytes().putLong(24, endless ? 0 : timeoutNanos % NANOS_PER_SECOND);
    SystemCallException.check(
        "timerfd_settime", timer.lend(at -> TIMERFD_SETTIME.call(timerFd, 0, at, 0)));
    expiryNanos = wantedNanos;
  }

  private static long expiry(long timeoutNanos) {
    long nowNanos = MonotonicClock.nowNanos();
    return timeoutNanos < Long.MAX_VALUE - nowNanos ? nowNanos + timeoutNanos : Long.MAX_VALUE;
  }

  @Override
  public void close() {
    synchronized (awake) {
      if (open) {
        open = false;
        Libc.close(timerFd);
        Libc.close(wakeFd);
        Libc.close(epollFd);
      }
    }
  }
}
