package org.jkeepalived.host.lvs.check;

import java.nio.ByteBuffer;
import java.util.function.Consumer;
import org.jkeepalived.linux.Errno;
import org.jkeepalived.linux.Libc;
import org.jkeepalived.linux.NativeMemory;
import org.jkeepalived.linux.Readiness;
import org.jkeepalived.linux.socket.PeerSocket;
import org.jkeepalived.model.lvs.CheckConnection;

/**
 * A connection of a check by TCP, in the clear.
 *
 * @param <A> what is answered
 */
abstract class StreamFlight<A> extends SocketFlight<A> {

  /** The others have their turn before more than that is read, each time a buffer. */
  private static final int MOST_AT_ONCE = 2;

  private static final byte[] NOTHING = {};

  private boolean connected;
  private byte[] words = NOTHING;
  private int said;

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
  Readiness awaited() {
    return Readiness.CHANGES;
  }

  @Override
  final void ready(int told) {
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
    if (Readiness.isReadable(told) && !goesOn && isOpen()) {
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
      int read = socket().read();
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
    if (read > 0) {
      hear(socket().heard(read));
    } else if (read == 0) {
      serverEnded();
    } else {
      failed(-read, Libc.errorText(-read));
    }
  }

  @Override
  final void timeIsUp() {
    answer(overdue(noAnswer()));
    close();
  }
}
