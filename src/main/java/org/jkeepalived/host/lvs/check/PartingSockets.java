package org.jkeepalived.host.lvs.check;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;
import org.jkeepalived.linux.Errno;
import org.jkeepalived.linux.socket.PeerSocket;
import org.jkeepalived.time.NanoClock;
import org.jkeepalived.time.TimerQueue;

/**
 * Connections by TCP that have said their end and wait for their peer's, so that they end with a
 * FIN: what is closed with something unread, or is sent to afterwards, the kernel answers with a
 * RST, and servers that greet log that as an error.
 *
 * <p>They are looked at ten times a second, all at once: to be told of each end would cost as much
 * as the check has. Lives on one thread.
 */
final class PartingSockets implements AutoCloseable {

  static final long BETWEEN_NANOS = 100_000_000L;

  /** How long a peer that has been told of the end may go on to talk, and how much. */
  static final long MOST_NANOS = 1_000_000_000L;

  private static final int MOST_BYTES = 16_384;

  /** One of them. */
  private static final class Parting {
    private final PeerSocket socket;
    private final long sinceNanos;
    private int passedOver;

    Parting(PeerSocket socket, long sinceNanos) {
      this.socket = socket;
      this.sinceNanos = sinceNanos;
    }

    boolean isOver(long nowNanos) {
      int read = socket.passOver();
      passedOver += Math.max(0, read);
      boolean mayTalk = nowNanos - sinceNanos < MOST_NANOS && passedOver <= MOST_BYTES;
      return !mayTalk || read <= 0 && read != -Errno.EAGAIN;
    }
  }

  private final Deque<Parting> sockets = new ArrayDeque<>();
  private final NanoClock clock;
  private final Consumer<PeerSocket> closing;
  private final TimerQueue.Timer timer;

  /**
   * @param closing closes one
   */
  PartingSockets(TimerQueue timers, NanoClock clock, Consumer<PeerSocket> closing) {
    this.clock = clock;
    this.closing = closing;
    timer = timers.timer((due, now) -> look(now));
  }

  /** Says the end of a connection, and closes it once the peer has done so, or after a second. */
  void add(PeerSocket socket) {
    if (socket.endSending() != 0) {
      closing.accept(socket);
      return;
    }
    sockets.add(new Parting(socket, clock.nowNanos()));
    if (!timer.isArmed()) {
      timer.arm(clock.nowNanos() + BETWEEN_NANOS);
    }
  }

  private void look(long nowNanos) {
    for (int left = sockets.size(); left > 0; left--) {
      Parting first = sockets.remove();
      if (first.isOver(nowNanos)) {
        closing.accept(first.socket);
      } else {
        sockets.add(first);
      }
    }
    if (!sockets.isEmpty()) {
      timer.arm(nowNanos + BETWEEN_NANOS);
    }
  }

  /** Closes all of them. */
  @Override
  public void close() {
    sockets.forEach(each -> closing.accept(each.socket));
    sockets.clear();
    timer.discard();
  }
}
