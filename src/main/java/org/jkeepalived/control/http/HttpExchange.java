package org.jkeepalived.control.http;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import org.jkeepalived.control.stream.AnswerStream;
import org.jkeepalived.linux.Errno;
import org.jkeepalived.linux.socket.PeerSocket;
import org.jkeepalived.loop.EventLoop;
import org.jkeepalived.status.TextBlocks;

/**
 * One connection: a request is read, a page is waited for, the answer is written. Each of them has
 * its time; whoever takes longer is hung up on. Lives on the loop's thread.
 */
final class HttpExchange implements SharedPage.Reader, AnswerStream.Speaker, AutoCloseable {

  /** How long the head of a request may be. */
  static final int MOST_HEAD_BYTES = 8 * 1024;

  private final PeerSocket socket;
  private final Room room;
  private final AnswerStream stream;

  private byte[] head = new byte[MOST_HEAD_BYTES];
  private int headLength;
  private boolean headOnly;
  private Optional<SharedPage> awaited = Optional.empty();

  private Optional<TextBlocks> held = Optional.empty();

  /** Whether all has been read that was sent: the end of the connection loses nothing. */
  private boolean readWhole;

  private boolean answered;
  private boolean allSent;

  /** What there is for all. */
  interface Room {

    HttpLimits limits();

    /** The page at a path. */
    Optional<SharedPage> page(String path);

    /** Where there are pages. */
    List<String> paths();

    /** Whether a request may be addressed to any name. */
    boolean isForEverybody();

    /**
     * Keeps a text until {@link #release}, if there is room for it.
     *
     * @return whether there is
     */
    boolean hold(TextBlocks text);

    void release(TextBlocks text);

    /** The exchange is over. */
    void ended(HttpExchange exchange);
  }

  HttpExchange(PeerSocket socket, EventLoop loop, Room room) {
    this.socket = socket;
    this.room = room;
    stream = new AnswerStream(socket, loop, room.limits().answer(), this);
  }

  /** Waits for a request. */
  void begin() {
    stream.allow(room.limits().headNanos());
    stream.whenReadable(this::read);
  }

  /** Whether the other side has not said what it wants, or has got it. */
  boolean mayGiveWay() {
    return allSent || !answered && awaited.isEmpty();
  }

  private void read() {
    int count = socket.read();
    if (count == -Errno.EAGAIN) {
      return;
    }
    if (count <= 0) {
      close();
      return;
    }
    ByteBuffer heard = socket.heard(count);
    int taken = Math.min(count, head.length - headLength);
    heard.get(head, headLength, taken);
    headLength += taken;
    int end = HttpRequest.end(head, headLength);
    if (end > 0) {
      readWhole = end == headLength && taken == count;
      obey(HttpRequest.read(head, end));
    } else if (!HttpRequest.mayBegin(head[0])) {
      refused(HttpStatus.BAD_REQUEST);
    } else if (headLength == head.length) {
      refused(HttpStatus.TOO_LARGE);
    }
  }

  private void obey(HttpRequest.Reading reading) {
    stream.pause();
    head = new byte[0];
    if (reading.request().isEmpty()) {
      refused(reading.status());
      return;
    }
    HttpRequest request = reading.request().get();
    headOnly = request.headOnly();
    if (!room.isForEverybody() && !request.isToThisMachine()) {
      refused(HttpStatus.NOT_ADDRESSED);
      return;
    }
    Optional<SharedPage> page = room.page(request.path());
    if (page.isEmpty()) {
      refused(HttpStatus.NOT_FOUND);
      return;
    }
    awaited = page;
    stream.allow(room.limits().pageNanos());
    page.get().ask(this);
  }

  @Override
  public void overdue() {
    if (awaited.isPresent() && !answered) {
      refused(HttpStatus.NO_ANSWER);
    } else {
      close();
    }
  }

  @Override
  public void written(HttpPage page, TextBlocks text) {
    if (stream.isClosed() || answered) {
      return;
    }
    if (headOnly || room.hold(text)) {
      held = headOnly ? Optional.empty() : Optional.of(text);
      answer(HttpAnswer.of(page, text, headOnly));
    } else {
      refused(HttpStatus.BUSY);
    }
  }

  @Override
  public void refused(HttpStatus status) {
    List<String> more = status == HttpStatus.NOT_FOUND ? room.paths() : List.of();
    answer(HttpAnswer.of(status, more, headOnly));
  }

  private void answer(HttpAnswer answer) {
    if (stream.isClosed() || answered) {
      return;
    }
    answered = true;
    awaited.ifPresent(page -> page.forget(this));
    stream.answer(answer.blocks().iterator(), !readWhole);
  }

  @Override
  public void sent() {
    allSent = true;
  }

  @Override
  public void closed() {
    awaited.ifPresent(page -> page.forget(this));
    held.ifPresent(room::release);
    room.ended(this);
  }

  /** Hangs up, whatever was to come. */
  @Override
  public void close() {
    stream.close();
  }
}
