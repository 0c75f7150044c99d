package org.jkeepalived.host.script;

import java.util.function.Consumer;
import org.jkeepalived.linux.SystemCallException;
import org.jkeepalived.linux.process.ChildProcess;
import org.jkeepalived.loop.EventLoop;
import org.jkeepalived.loop.ReadBuffer;
import org.jkeepalived.script.OutputLines;

/**
 * Reads what a script writes to its standard error, a bounded amount at a time: whoever writes more
 * waits, and nobody else does.
 */
final class ErrorReader {

  private static final int MOST_READS_AT_END = 8;

  /** What a script may write in a while before it has to wait. */
  private static final int MOST_BYTES_IN_A_WHILE = 1 << 20;

  private static final long WHILE_NANOS = 100_000_000L;

  private final EventLoop loop;
  private final ReadBuffer buffer;
  private final ChildProcess process;
  private final OutputLines lines;
  private final Runnable whenSilent;
  private boolean watching;
  private int bytesInAWhile;
  private long whileBeganNanos;

  /**
   * @param whenSilent called when nobody has it open any more
   */
  ErrorReader(
      EventLoop loop,
      ReadBuffer buffer,
      ChildProcess process,
      Consumer<String> lines,
      Runnable whenSilent) {
    this.loop = loop;
    this.buffer = buffer;
    this.process = process;
    this.lines = new OutputLines(lines);
    this.whenSilent = whenSilent;
  }

  void start() {
    try {
      loop.watch(process.errorDescriptor(), this::readSome);
      watching = true;
    } catch (SystemCallException e) {
      process.closeError();
    }
  }

  boolean isOpen() {
    return process.isErrorOpen();
  }

  private void readSome() {
    long nowNanos = loop.nowNanos();
    if (nowNanos - whileBeganNanos > WHILE_NANOS) {
      whileBeganNanos = nowNanos;
      bytesInAWhile = 0;
    }
    bytesInAWhile += Math.max(readOnce(), 0);
    if (watching && bytesInAWhile > MOST_BYTES_IN_A_WHILE) {
      unwatch();
      loop.timers().timer((deadline, now) -> resume()).arm(nowNanos + WHILE_NANOS);
    }
  }

  private void resume() {
    if (isOpen() && !watching) {
      start();
    }
  }

  /**
   * @return how many bytes came; 0 at the end, negative when there is nothing now
   */
  private int readOnce() {
    int count = buffer.read(process.errorDescriptor());
    if (count > 0) {
      lines.take(buffer.bytes(), count);
    } else if (count == 0) {
      close();
      whenSilent.run();
    }
    return count;
  }

  /** Takes what is there: the script has ended. */
  void drain() {
    int count = 1;
    for (int i = 0; i < MOST_READS_AT_END && isOpen() && count > 0; i++) {
      count = readOnce();
    }
    lines.end();
  }

  private void unwatch() {
    if (watching) {
      loop.forget(process.errorDescriptor());
      watching = false;
    }
  }

  /** Listens no more. */
  void close() {
    if (isOpen()) {
      unwatch();
      lines.end();
      process.closeError();
    }
  }
}
