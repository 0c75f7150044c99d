package org.jkeepalived.control;

import java.nio.charset.StandardCharsets;
import org.jkeepalived.control.ControlAnswer.Status;
import org.jkeepalived.control.stream.AnswerStream;
import org.jkeepalived.linux.Errno;
import org.jkeepalived.linux.socket.UnixConnection;
import org.jkeepalived.loop.EventLoop;
import org.jkeepalived.time.TimerQueue.Timer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection: a line is read, what it asks for is done, the answer is written. Each of the
 * three has its time; whoever takes longer is hung up on. Lives on the loop's thread.
 */
final class ControlExchange implements AnswerStream.Speaker, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(ControlExchange.class);

  /** How long a line may be, its end included. */
  static final int MOST_LINE_BYTES = 4096;

  private final UnixConnection connection;
  private final UnixConnection.Peer peer;
  private final EventLoop loop;
  private final Room room;
  private final AnswerStream stream;

  private final byte[] line = new byte[MOST_LINE_BYTES];
  private int lineLength;

  private long heldBytes;
  private boolean answered;

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
    stream = new AnswerStream(connection, loop, room.limits().answer(), this);
  }

  /** Waits for the line. */
  void begin(ControlCommands commands) {
    stream.allow(room.limits().lineNanos());
    stream.whenReadable(() -> read(commands));
  }

  /** Answers without having read anything. */
  void refuse(String reason) {
    answer(ControlAnswer.of(Status.BUSY, reason + ", ask again"));
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
    stream.pause();
    Timer overdue =
        loop.timers()
            .timer(
                (deadline, now) ->
                    answer(
                        ControlAnswer.of(
                            Status.FAILED, "It takes long, and is not given up: see the log")));
    stream.allowAny();
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
    if (stream.isClosed() || answered) {
      return;
    }
    answered = true;
    AnswerBytes bytes = bytes(answer);
    heldBytes = bytes.length();
    room.hold(heldBytes);
    stream.answer(bytes.blocks(), true);
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

  @Override
  public void overdue() {
    close();
  }

  @Override
  public void sent() {
    room.parting(this, heldBytes);
    heldBytes = 0;
  }

  @Override
  public void closed() {
    room.ended(this, heldBytes);
    heldBytes = 0;
  }

  /** Hangs up, whatever was to come. */
  @Override
  public void close() {
    stream.close();
  }
}
