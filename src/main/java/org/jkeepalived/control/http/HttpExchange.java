package org.jkeepalived.control.http;

import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.jkeepalived.linux.Errno;
import org.jkeepalived.linux.Readiness;
import org.jkeepalived.linux.SystemCallException;
import org.jkeepalived.linux.socket.PeerSocket;
import org.jkeepalived.loop.EventLoop;
import org.jkeepalived.status.TextBlocks;
import org.jkeepalived.time.TimerQueue.Timer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection: a request is read, a page is waited for, the answer is written. Each of them has
 * its time; whoever takes longer is hung up on. Lives on the loop's thread.
 */
final class HttpExchange implements SharedPage.Reader, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(HttpExchange.class);

  /** How long the head of a request may be. */
  static final int MOST_HEAD_BYTES = 8 * 1024;

  /** What is thrown away of what nobody asked for, so that the answer arrives before the end. */
  private static final int MOST_PASSED_OVER_BYTES = 256 * 1024;

  /** Then others have their turn. */
  private static final int BLOCKS_AT_ONCE = 8;

  private final PeerSocket socket;
  private final EventLoop loop;
  private final Room room;
  private final Timer patience;

  private byte[] head = new byte[MOST_HEAD_BYTES];
  private int headLength;
  private boolean headOnly;
  private Optional<SharedPage> awaited = Optional.empty();

  private Iterator<byte[]> blocks = Collections.emptyIterator();
  private byte[] block = new byte[0];
  private int blockAt;
  private Optional<TextBlocks> held = Optional.empty();
  private long answerDeadlineNanos;
  private int passedOver;

  /** Whether all has been read that was sent: the end of the connection loses nothing. */
  private boolean readWhole;

  private boolean watched;
  private boolean answered;
  private boolean allSent;
  private boolean closed;

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
    this.loop = loop;
    this.room = room;
    patience = loop.timers().timer((deadline, now) -> overdue());
  }

  /** Waits for a request. */
  void begin() {
    patience.arm(loop.nowNanos() + room.limits().headNanos());
    watch(Readiness.READABLE, this::read);
  }

  /** Whether the other side has not said what it wants, or has got it. */
  boolean mayGiveWay() {
    return allSent || !answered && awaited.isEmpty();
  }

  private void watch(Readiness readiness, Runnable step) {
    try {
      loop.watch(socket.fd(), readiness, told -> step.run());
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
      loop.forget(socket.fd());
    }
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
    unwatch();
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
    patience.arm(loop.nowNanos() + room.limits().pageNanos());
    page.get().ask(this);
  }

  private void overdue() {
    if (awaited.isPresent() && !answered) {
      refused(HttpStatus.NO_ANSWER);
    } else {
      close();
    }
  }

  @Override
  public void written(HttpPage page, TextBlocks text) {
    if (closed || answered) {
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
    if (closed || answered) {
      return;
    }
    answered = true;
    unwatch();
    awaited.ifPresent(page -> page.forget(this));
    blocks = answer.blocks().iterator();
    answerDeadlineNanos = loop.nowNanos() + room.limits().answerNanos();
    armPatience(loop.nowNanos());
    write();
  }

  private void armPatience(long nowNanos) {
    long readerNanos = nowNanos + room.limits().readerNanos();
    patience.arm(readerNanos - answerDeadlineNanos < 0 ? readerNanos : answerDeadlineNanos);
  }

  private void write() {
    for (int i = 0; i < BLOCKS_AT_ONCE; i++) {
      if (blockAt == block.length) {
        if (!blocks.hasNext()) {
          end();
          return;
        }
        block = blocks.next();
        blockAt = 0;
      }
      int count = block.length == 0 ? 0 : socket.sendSome(block, blockAt);
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
   * All is sent. Where something has arrived that was not read, the kernel would end the connection
   * with a reset, which may overtake the answer: the other side gets the time to read it.
   */
  private void end() {
    allSent = true;
    unwatch();
    if (readWhole || socket.endSending() != 0) {
      close();
    } else {
      block = new byte[0];
      watch(Readiness.READABLE, this::passOver);
    }
  }

  private void passOver() {
    int count = socket.passOver();
    passedOver += Math.max(0, count);
    boolean goesOn = count > 0 || count == -Errno.EAGAIN;
    if (!goesOn || passedOver > MOST_PASSED_OVER_BYTES) {
      close();
    }
  }

  /** Hangs up, whatever was to come. */
  @Override
  public void close() {
    if (!closed) {
      closed = true;
      unwatch();
      patience.discard();
      socket.close();
      awaited.ifPresent(page -> page.forget(this));
      blocks = Collections.emptyIterator();
      block = new byte[0];
      held.ifPresent(room::release);
      room.ended(this);
    }
  }
}
