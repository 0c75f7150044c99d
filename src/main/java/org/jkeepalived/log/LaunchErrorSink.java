package org.jkeepalived.log;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Errors and warnings on standard error while a daemon in the background starts: whoever started it
 * is still there and wants to know why it fails. keepalived leaves that to syslog.
 */
final class LaunchErrorSink implements LineSink {

  private final OutputStream stream;
  private volatile boolean launched;

  LaunchErrorSink(OutputStream stream) {
    this.stream = stream;
  }

  /** Nobody is there any more. Any thread may say so. */
  void launched() {
    launched = true;
  }

  @Override
  public String name() {
    return "launcher";
  }

  @Override
  public void write(LogLine line) throws IOException {
    if (!launched && line.priority().compareTo(Priority.WARNING) <= 0) {
      stream.write((line.text() + "\n").getBytes(StandardCharsets.UTF_8));
    }
  }

  @Override
  public void flush() throws IOException {
    stream.flush();
  }

  /** Leaves the stream open: it belongs to the process. */
  @Override
  public void close() {}
}
