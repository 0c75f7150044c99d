package org.jkeepalived.log;

import java.io.IOException;
import java.time.ZoneId;

/**
 * Lines to the local syslog daemon, as the C library's {@code syslog(3)} writes them: {@code
 * <30>Nov 19 21:33:46 Keepalived_vrrp[123]: text}.
 */
final class SyslogSink implements LineSink {

  static final String DEVICE = "/dev/log";

  private final LogSocket socket;
  private final Facility facility;
  private final LogTime time;
  private final long processId;

  SyslogSink(LogSocket socket, Facility facility, ZoneId zone, long processId) {
    this.socket = socket;
    this.facility = facility;
    this.time = LogTime.syslog(zone);
    this.processId = processId;
  }

  @Override
  public String name() {
    return "syslog";
  }

  @Override
  public void open() throws IOException {
    socket.open();
  }

  @Override
  public void write(LogLine line) throws IOException {
    socket.send(format(line));
  }

  String format(LogLine line) {
    return new StringBuilder(line.text().length() + 64)
        .append('<')
        .append(facility.code() * 8 + line.priority().code())
        .append('>')
        .append(time.of(line.epochMillis()))
        .append(' ')
        .append(line.identifier())
        .append('[')
        .append(processId)
        .append("]: ")
        .append(line.text())
        .toString();
  }

  @Override
  public void flush() {}

  @Override
  public void close() {
    socket.close();
  }
}
