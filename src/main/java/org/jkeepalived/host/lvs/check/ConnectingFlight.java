package org.jkeepalived.host.lvs.check;

import io.netty.channel.epoll.EpollIoOps;
import java.util.function.Consumer;
import org.jkeepalived.linux.Errno;
import org.jkeepalived.linux.Libc;
import org.jkeepalived.linux.NativeMemory;
import org.jkeepalived.linux.socket.PeerSocket;
import org.jkeepalived.lvs.check.Connections.Attempt;
import org.jkeepalived.lvs.check.Connections.Attempt.Kind;
import org.jkeepalived.model.lvs.CheckConnection;

/**
 * A connection that is opened and closed again. It ends with a FIN, never with a RST: what the
 * server says first, a greeting for example, is read, for what is closed unread the kernel answers
 * with a RST.
 */
final class ConnectingFlight extends SocketFlight<Attempt> {

  /** Once for all: each change of what is waited for is a system call. */
  private static final EpollIoOps ALL =
      EpollIoOps.EPOLLOUT
          .with(EpollIoOps.EPOLLIN)
          .with(EpollIoOps.EPOLLRDHUP)
          .with(EpollIoOps.EPOLLET);

  /** How long a server that has been told of the end may go on to talk, and how much. */
  private static final long LINGER_NANOS = 1_000_000_000L;

  private static final int MOST_PASSED_OVER = 16_384;

  private boolean ending;
  private int passedOver;

  ConnectingFlight(
      CheckLoop loop, CheckConnection connection, NativeMemory buffer, Consumer<Attempt> done) {
    super(loop, connection, buffer, done);
  }

  @Override
  PeerSocket.Kind kind() {
    return PeerSocket.Kind.TCP;
  }

  @Override
  EpollIoOps awaited() {
    return ALL;
  }

  @Override
  void ready(EpollIoOps what) {
    if (!ending) {
      int error = socket().takeError();
      if (error != 0) {
        failed(error, Libc.errorText(error));
        return;
      }
      ending = true;
      answer(new Attempt(Kind.CONNECTED, ""));
      int gone = socket().endSending();
      if (gone != 0) {
        close();
        return;
      }
      armTimer(Math.min(LINGER_NANOS, timeoutNanos()));
    }
    hearItOut();
  }

  private void hearItOut() {
    int heard = socket().passOver();
    while (heard > 0 && passedOver <= MOST_PASSED_OVER) {
      passedOver += heard;
      heard = socket().passOver();
    }
    if (heard != -Errno.EAGAIN) {
      close();
    }
  }

  @Override
  void timeIsUp() {
    answer(new Attempt(Kind.TIMED_OUT, noAnswer()));
    close();
  }

  @Override
  Attempt failure(int error, String reason) {
    return new Attempt(Kind.FAILED, reason);
  }

  @Override
  Attempt notAsked(int error, String reason) {
    return new Attempt(Kind.NOT_ASKED, reason);
  }
}
