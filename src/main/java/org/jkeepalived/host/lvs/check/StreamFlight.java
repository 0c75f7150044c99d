package org.jkeepalived.host.lvs.check;

import io.netty.channel.epoll.EpollIoOps;
import java.nio.ByteBuffer;
import java.util.function.Consumer;
import org.jkeepalived.linux.Errno;
import org.jkeepalived.linux.Libc;
import org.jkeepalived.linux.NativeMemory;
import org.jkeepalived.linux.socket.PeerSocket;
import org.jkeepalived.model.lvs.CheckConnection;

/**
 * A connection of a check by TCP, in the clear.
 *
 * @param <A> what is answered
 */
abstract class StreamFlight<A> extends SocketFlight<A> {

  /** Once for all: each change of what is waited for is a system call. */
  private static final EpollIoOps ALL =
      EpollIoOps.EPOLLOUT
          .with(EpollIoOps.EPOLLIN)
          .with(EpollIoOps.EPOLLRDHUP)
          .with(EpollIoOps.EPOLLET);

  /** What says that there is something to read, or that nothing more will come. */
  private static final EpollIoOps READABLE =
      EpollIoOps.EPOLLIN.with(EpollIoOps.EPOLLRDHUP).with(EpollIoOps.EPOLLERR);

  /** How long a server that has been told of the end may go on to talk, and how much. */
  private static final long LINGER_NANOS = 1_000_000_000L;

  private static final int MOST_PASSED_OVER = 16_384;

  /** The others have their turn before more than that is read, each time a buffer. */
  private static final int MOST_AT_ONCE = 2;

  private static final byte[] NOTHING = {};

  private boolean connected;
  private boolean ending;
  private byte[] words = NOTHING;
  private int said;
  private int passedOver;

  /** There is more to read than was read at once: a step is waiting, and one is enough. */
  private boolean goesOn;

  StreamFlight(CheckLoop loop, CheckConnection connection, NativeMemory buffer, Consumer<A> done) {
    super(loop, connection, buffer, done);
  }

  /** It is open. */
  abstract void connected();

  /**
   * The server says something.
   *
   * @param bytes only valid until this returns
   */
  abstract void hear(ByteBuffer bytes);

  /** The server has said its end. */
  abstract void serverEnded();

  /** The time for the answer is up. */
  abstract A overdue(String reason);

  final boolean isConnected() {
    return connected;
  }

  @Override
  final PeerSocket.Kind kind() {
    return PeerSocket.Kind.TCP;
  }

  @Override
  final EpollIoOps awaited() {
    return ALL;
  }

  @Override
  final void ready(EpollIoOps what) {
    if (!connected) {
      int error = socket().takeError();
      if (error != 0) {
        failed(error, Libc.errorText(error));
        return;
      }
      connected = true;
      connected();
    } else if (said < words.length) {
      saySome();
    }
    boolean readable = (what.value() & READABLE.value()) != 0;
    if (readable && !goesOn) {
      readOn();
    }
  }

  /** Says something, after what was said before. */
  final void say(byte[] what) {
    words = what;
    said = 0;
    saySome();
  }

  private void saySome() {
    while (said < words.length) {
      int sent = socket().sendSome(words, said);
      if (sent < 0) {
        if (sent != -Errno.EAGAIN) {
          failed(-sent, Libc.errorText(-sent));
        }
        return;
      }
      said += sent;
    }
  }

  private void readOn() {
    goesOn = false;
    for (int i = 0; i < MOST_AT_ONCE && isOpen(); i++) {
      int read = ending ? socket().passOver() : socket().read();
      if (read == -Errno.EAGAIN) {
        return;
      }
      heard(read);
    }
    if (isOpen()) {
      goesOn = true;
      goOnLater(this::readOn);
    }
  }

  private void heard(int read) {
    if (ending) {
      passedOver += Math.max(0, read);
      if (read <= 0 || passedOver > MOST_PASSED_OVER) {
        close();
      }
    } else if (read > 0) {
      hear(socket().heard(read));
    } else if (read == 0) {
      serverEnded();
    } else {
      failed(-read, Libc.errorText(-read));
    }
  }

  /**
   * Says the end with a FIN, and closes it when the server has done so too, or after a second. What
   * is closed with something unread the kernel answers with a RST. It must be answered by now.
   */
  final void endWithFin() {
    ending = true;
    if (socket().endSending() != 0) {
      close();
      return;
    }
    armTimer(Math.min(LINGER_NANOS, timeoutNanos()));
  }

  @Override
  final void timeIsUp() {
    answer(overdue(noAnswer()));
    close();
  }
}
