package org.jkeepalived.log;

/**
 * systemd's native protocol (systemd.io/JOURNAL_NATIVE_PROTOCOL): {@code FIELD=value} lines. So
 * each of keepalived's processes keeps its identifier, which standard error could not tell.
 */
final class JournalFormat implements LineFormat {

  static final String SOCKET = "/run/systemd/journal/socket";

  private final Facility facility;
  private final long processId;

  JournalFormat(Facility facility, long processId) {
    this.facility = facility;
    this.processId = processId;
  }

  /** No value has a line feed in it, see {@link PrintableText}: the protocol's simple form does. */
  @Override
  public String format(LogLine line) {
    StringBuilder entry = new StringBuilder(line.text().length() + 192);
    field(entry, "PRIORITY").append(line.priority().code());
    field(entry, "SYSLOG_FACILITY").append(facility.code());
    field(entry, "SYSLOG_IDENTIFIER").append(line.identifier());
    field(entry, "SYSLOG_PID").append(processId);
    field(entry, "LOGGER").append(line.logger());
    line.fields().forEach(each -> field(entry, each.name()).append(each.value()));
    field(entry, "MESSAGE").append(line.text()).append('\n');
    return entry.toString();
  }

  private static StringBuilder field(StringBuilder entry, String name) {
    if (entry.length() > 0) {
      entry.append('\n');
    }
    return entry.append(name).append('=');
  }
}
