package org.jkeepalived.log;

import java.io.IOException;

/** Lines to a daemon of this machine that takes one in each datagram: syslog, systemd's journal. */
final class DatagramSink implements LineSink {

  private final String name;
  private final LogSocket socket;
  private final LineFormat format;

  /**
   * @param name what messages about it call it
   */
  DatagramSink(String name, LogSocket socket, LineFormat format) {
    this.name = name;
    this.socket = socket;
    this.format = format;
  }

  @Override
  public boolean hasSwitchedFormat() {
    return format instanceof SwitchedFormat;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public void open() throws IOException {
    socket.open();
  }

  @Override
  public void write(LogLine line) throws IOException {
    socket.send(format.format(line));
  }

  /** A datagram is gone when it is written. */
  @Override
  public void flush() {}

  @Override
  public void close() {
    socket.close();
  }
}
