package org.jkeepalived.control;

import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Iterator;
import java.util.concurrent.TimeUnit;
import org.jkeepalived.control.ControlAnswer.Status;
import org.jkeepalived.linux.Errno;
import org.jkeepalived.linux.Readiness;
import org.jkeepalived.linux.SystemCallException;
import org.jkeepalived.linux.socket.UnixConnection;
import org.jkeepalived.loop.EventLoop;
import org.jkeepalived.time.TimerQueue.Timer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection: a line is read, what it asks for is done, the answer is written. Each of the
 * three has its time; whoever takes longer is hung up on. Lives on the loop's thread.
 */
final class ControlExchange implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(ControlExchange.class);

  /** How long a line may be, its end included. */
  static final int MOST_LINE_BYTES = 4096;

  /** Then others have their turn. */
  private static final int BLOCKS_AT_ONCE = 8;

  /** From the end of the answer until the other side has hung up. */
  private static final long PARTING_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final UnixConnection connection;
  private final UnixConnection.Peer peer;
  private final EventLoop loop;
  private final Room room;
  private final Timer patience;

  private final byte[] line = new byte[MOST_LINE_BYTES];
  private int lineLength;

  private Iterator<byte[]> blocks = Collections.emptyIterator();
  private byte[] block = new byte[0];
  private int blockAt;
  private long heldBytes;
  private long answerDeadlineNanos;
  private boolean watched;
  private boolean answered;
  private boolean closed;

  /** What there is for all. */
  interface Room {

    ControlLimits limits();

    /** How many bytes of answers there is still room for. */
    long freeBytes();

    /** That many are taken until {@link #ended}. */
    void hold(long bytes);

    /** All is said; the exchange holds as many bytes no more, and will soon end. */
    void parting(ControlExchange exchange, long bytes);

    /** The exchange is over, and holds as many bytes no more. */
    void ended(ControlExchange exchange, long bytes);
  }

  ControlExchange(UnixConnection connection, UnixConnection.Peer peer, EventLoop loop, Room room) {
    this.connection = connection;
    this.peer = peer;
    this.loop = loop;
    this.room = room;
    patience = loop.timers().timer((deadline, now) -> close());
  }

  /** Waits for the line. */
  void begin(ControlCommands commands) {
    patience.arm(loop.nowNanos() + room.limits().lineNanos());
    watch(Readiness.READABLE, () -> read(commands));
  }

  /** Answers without having read anything. */
  void refuse(String reason) {
    answer(ControlAnswer.of(Status.BUSY, reason + ", ask again"));
  }

  private void watch(Readiness readiness, Runnable step) {
    try {
      loop.watch(connection.fd(), readiness, told -> step.run());
      watched = true;
    } catch (SystemCallException e) {
      LOG.warn("{}", e.error());
      close();
    }
  }

  /** No bytes that nobody wants wake the thread. */
  private void unwatch() {
    if (watched) {
      watched = false;
      loop.forget(connection.fd());
    }
  }

  private void read(ControlCommands commands) {
    int count = connection.read(line, lineLength);
    if (count == -Errno.EAGAIN) {
      return;
    }
    if (count <= 0) {
      close();
      return;
    }
    for (int at = lineLength; at < lineLength + count; at++) {
      if (line[at] == '\n') {
        obey(new String(line, 0, at, StandardCharsets.UTF_8), commands);
        return;
      }
    }
    lineLength += count;
    if (lineLength == MOST_LINE_BYTES) {
      answer(
          ControlAnswer.of(
              Status.NOT_UNDERSTOOD, "No line has more than " + MOST_LINE_BYTES + " bytes"));
    }
  }

  private void obey(String asked, ControlCommands commands) {
    unwatch();
    Timer overdue =
        loop.timers()
            .timer(
                (deadline, now) ->
                    answer(
                        ControlAnswer.of(
                            Status.FAILED, "It takes long, and is not given up: see the log")));
    patience.disarm();
    overdue.arm(loop.nowNanos() + room.limits().commandNanos());
    ControlRequest.Asker asker =
        new ControlRequest.Asker(Integer.toUnsignedString(peer.user()), peer.process());
    try {
      commands
          .begin(asked, asker)
          .whenComplete(
              (answer, failure) ->
                  loop.execute(
                      () -> {
                        overdue.discard();
                        answered(asked, answer, failure);
                      }));
    } catch (RuntimeException bug) {
      overdue.discard();
      answered(asked, ControlAnswer.of(Status.FAILED, ""), bug);
    }
  }

  /** The library says with {@code null} that nothing has failed. */
  private void answered(String asked, ControlAnswer answer, Throwable failure) {
    if (failure != null) {
      LOG.error("internal error on '{}', please report it", printable(asked), failure);
      answer(ControlAnswer.of(Status.FAILED, "Internal error, see the log; please report it"));
    } else {
      answer(answer);
    }
  }

  /** No line of somebody else's makes lines of ours. */
  private static String printable(String text) {
    return text.replaceAll("\\p{Cntrl}", "?");
  }

  private void answer(ControlAnswer answer) {
    if (closed || answered) {
      return;
    }
    answered = true;
    unwatch();
    hold(bytes(answer));
    answerDeadlineNanos = loop.nowNanos() + room.limits().answerNanos();
    armPatience(loop.nowNanos());
    write();
  }

  private void armPatience(long nowNanos) {
    long readerNanos = nowNanos + room.limits().readerNanos();
    patience.arm(readerNanos - answerDeadlineNanos < 0 ? readerNanos : answerDeadlineNanos);
  }

  private AnswerBytes bytes(ControlAnswer answer) {
    try {
      return AnswerBytes.of(answer, room.freeBytes());
    } catch (AnswerBytes.TooLongException e) {
      return small(
          Status.BUSY, "There is no room for the answer beside those that nobody has read yet");
    } catch (RuntimeException bug) {
      LOG.error("an answer cannot be put together, please report it", bug);
      return small(Status.FAILED, "Internal error, see the log; please report it");
    }
  }

  private static AnswerBytes small(Status status, String reason) {
    try {
      return AnswerBytes.of(ControlAnswer.of(status, reason), Long.MAX_VALUE);
    } catch (AnswerBytes.TooLongException never) {
      throw new IllegalStateException(never);
    }
  }

  private void hold(AnswerBytes bytes) {
    blocks = bytes.blocks();
    heldBytes = bytes.length();
    room.hold(heldBytes);
  }

  private void write() {
    for (int i = 0; i < BLOCKS_AT_ONCE; i++) {
      if (blockAt == block.length) {
        if (!blocks.hasNext()) {
          part();
          return;
        }
        block = blocks.next();
        blockAt = 0;
      }
      int count = block.length == 0 ? 0 : connection.write(block, blockAt, block.length);
      if (count == -Errno.EAGAIN) {
        break;
      }
      if (count < 0) {
        close();
        return;
      }
      blockAt += count;
      armPatience(loop.readClock());
    }
    if (!watched) {
      watch(Readiness.WRITABLE, this::write);
    }
  }

  /**
   * Says the end, and waits a moment for the other side's: closed with something unread, a socket
   * resets the connection, and who has asked reads an error where the answer ends, or cannot even
   * ask.
   */
  private void part() {
    unwatch();
    connection.endSending();
    patience.arm(loop.nowNanos() + PARTING_NANOS);
    room.parting(this, heldBytes);
    heldBytes = 0;
    if (!closed) { // there may be too many that part
      watch(Readiness.READABLE, this::passOver);
    }
  }

  private void passOver() {
    for (int i = 0; i < BLOCKS_AT_ONCE; i++) {
      int count = connection.read(line, 0);
      if (count == -Errno.EAGAIN) {
        return;
      }
      if (count <= 0) {
        close();
        return;
      }
    }
  }

  /** Hangs up, whatever was to come. */
  @Override
  public void close() {
    if (!closed) {
      closed = true;
      unwatch();
      patience.discard();
      connection.close();
      blocks = Collections.emptyIterator();
      room.ended(this, heldBytes);
    }
  }
}
