package org.jkeepalived.log;

import java.io.IOException;

/**
 * Lines to systemd's journal, in its native protocol (systemd.io/JOURNAL_NATIVE_PROTOCOL): one
 * datagram of {@code FIELD=value} lines an entry. So each subsystem keeps its identifier, which
 * standard error could not tell.
 */
final class JournalSink implements LineSink {

  static final String SOCKET = "/run/systemd/journal/socket";

  private final LogSocket socket;
  private final Facility facility;
  private final long processId;

  JournalSink(LogSocket socket, Facility facility, long processId) {
    this.socket = socket;
    this.facility = facility;
    this.processId = processId;
  }

  @Override
  public String name() {
    return "journal";
  }

  @Override
  public void open() throws IOException {
    socket.open();
  }

  @Override
  public void write(LogLine line) throws IOException {
    socket.send(format(line));
  }

  /** No value has a line feed in it, see {@link PrintableText}: the protocol's simple form does. */
  String format(LogLine line) {
    StringBuilder entry = new StringBuilder(line.text().length() + 192);
    field(entry, "PRIORITY").append(line.priority().code());
    field(entry, "SYSLOG_FACILITY").append(facility.code());
    field(entry, "SYSLOG_IDENTIFIER").append(line.identifier());
    field(entry, "SYSLOG_PID").append(processId);
    field(entry, "LOGGER").append(line.logger());
    field(entry, "MESSAGE").append(line.text()).append('\n');
    return entry.toString();
  }

  private static StringBuilder field(StringBuilder entry, String name) {
    if (entry.length() > 0) {
      entry.append('\n');
    }
    return entry.append(name).append('=');
  }

  @Override
  public void flush() {}

  @Override
  public void close() {
    socket.close();
  }
}
