package org.jkeepalived.log;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.jkeepalived.time.LocalClock;

/**
 * {@code -l}: lines on standard error, as keepalived writes them: {@code Thu Nov 19 21:33:46 2026:
 * (VI_1) Entering MASTER STATE}.
 *
 * <p>Where standard error is systemd's journal, the time is left to it and the severity is told by
 * a prefix, as sd-daemon(3) describes.
 */
final class StreamSink implements LineSink {

  private final OutputStream stream;
  private final boolean journal;
  private final LineFormat format;

  StreamSink(OutputStream stream, LocalClock clock, boolean journal) {
    this(stream, new ConsoleFormat(clock), journal);
  }

  /** In another form where it is not the journal's. */
  StreamSink(OutputStream stream, LineFormat format, boolean journal) {
    this.stream = stream;
    this.format = format;
    this.journal = journal;
  }

  @Override
  public boolean hasSwitchedFormat() {
    return format instanceof SwitchedFormat && !journal;
  }

  @Override
  public String name() {
    return "console";
  }

  @Override
  public void write(LogLine line) throws IOException {
    String text =
        journal
            ? "<" + line.priority().code() + ">" + line.text() + "\n"
            : format.format(line) + "\n";
    // one write a line: lines of several processes on one terminal do not mix
    stream.write(text.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public void flush() throws IOException {
    stream.flush();
  }

  /** Leaves the stream open: it belongs to the process. */
  @Override
  public void close() {}
}
