package org.jkeepalived.control.stream;

import java.util.Collections;
import java.util.Iterator;
import org.jkeepalived.linux.Errno;
import org.jkeepalived.linux.Readiness;
import org.jkeepalived.linux.SystemCallException;
import org.jkeepalived.linux.socket.StreamSocket;
import org.jkeepalived.loop.EventLoop;
import org.jkeepalived.time.TimerQueue.Timer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection on which somebody asks once: waits for what can be read, writes the answer block
 * by block as the other side takes it, and parts so that the answer arrives. Whoever takes longer
 * than they may is hung up on. Lives on the loop's thread.
 */
public final class AnswerStream implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(AnswerStream.class);

  /** Then others have their turn. */
  private static final int BLOCKS_AT_ONCE = 8;

  private final StreamSocket socket;
  private final EventLoop loop;
  private final Limits limits;
  private final Speaker speaker;
  private final Timer patience;

  private Iterator<byte[]> blocks = Collections.emptyIterator();
  private byte[] block = new byte[0];
  private int blockAt;
  private long answerDeadlineNanos;
  private boolean lingers;
  private long passedOverBytes;
  private boolean watched;
  private boolean closed;

  /**
   * How much patience there is.
   *
   * @param readerNanos from a write until there is room for the next one
   * @param answerNanos for the answer as a whole, however slowly somebody reads
   * @param partingNanos from the end of the answer until the other side has hung up
   * @param mostPassedOverBytes meanwhile, of what nobody has asked for
   */
  public record Limits(
      long readerNanos, long answerNanos, long partingNanos, long mostPassedOverBytes) {}

  /** Who speaks on it. */
  public interface Speaker {

    /** The time that was allowed is over. */
    void overdue();

    /** The answer is sent as a whole; the other side may not have read it yet. */
    void sent();

    /** It is closed, by whomever. */
    void closed();
  }

  /** Takes the socket over. */
  public AnswerStream(StreamSocket socket, EventLoop loop, Limits limits, Speaker speaker) {
    this.socket = socket;
    this.loop = loop;
    this.limits = limits;
    this.speaker = speaker;
    patience = loop.timers().timer((deadline, now) -> speaker.overdue());
  }

  /** From now on, something has to come of it within so many nanoseconds. */
  public void allow(long nanos) {
    patience.arm(loop.nowNanos() + nanos);
  }

  /** Whatever is done now may take its time. */
  public void allowAny() {
    patience.disarm();
  }

  /** Has a step run whenever something can be read, until {@link #pause}. */
  public void whenReadable(Runnable step) {
    watch(Readiness.READABLE, step);
  }

  /** No bytes that nobody wants wake the thread. */
  public void pause() {
    if (watched) {
      watched = false;
      loop.forget(socket.fd());
    }
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

  /**
   * Writes the answer, and parts.
   *
   * @param someIsUnread whether something may have been sent that nobody has read: closed with
   *     that, a connection is reset, and who has asked reads an error where the answer ends
   */
  public void answer(Iterator<byte[]> answer, boolean someIsUnread) {
    pause();
    blocks = answer;
    lingers = someIsUnread;
    answerDeadlineNanos = loop.nowNanos() + limits.answerNanos();
    armPatience(loop.nowNanos());
    write();
  }

  private void armPatience(long nowNanos) {
    long readerNanos = nowNanos + limits.readerNanos();
    patience.arm(readerNanos - answerDeadlineNanos < 0 ? readerNanos : answerDeadlineNanos);
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

  /** Says the end, and where something is unread waits a moment for the other side's. */
  private void part() {
    pause();
    block = new byte[0];
    blockAt = 0;
    speaker.sent();
    if (closed) {
      return;
    }
    if (!lingers || socket.endSending() != 0) {
      close();
      return;
    }
    patience.arm(loop.nowNanos() + limits.partingNanos());
    watch(Readiness.READABLE, this::passOver);
  }

  private void passOver() {
    for (int i = 0; i < BLOCKS_AT_ONCE; i++) {
      int count = socket.passOver();
      if (count == -Errno.EAGAIN) {
        return;
      }
      passedOverBytes += Math.max(0, count);
      if (count <= 0 || passedOverBytes > limits.mostPassedOverBytes()) {
        close();
        return;
      }
    }
  }

  /** Whether it is over: nothing is read or written any more. */
  public boolean isClosed() {
    return closed;
  }

  /** Hangs up, whatever was to come. */
  @Override
  public void close() {
    if (!closed) {
      closed = true;
      pause();
      patience.discard();
      socket.close();
      blocks = Collections.emptyIterator();
      block = new byte[0];
      blockAt = 0;
      speaker.closed();
    }
  }
}
