package org.jkeepalived.log;

import org.jkeepalived.time.LocalClock;

/**
 * As the C library's {@code syslog(3)} writes lines: {@code <30>Nov 19 21:33:46
 * Keepalived_vrrp[123]: text}. An object belongs to one thread.
 */
final class SyslogFormat implements LineFormat {

  static final String DEVICE = "/dev/log";

  private final Facility facility;
  private final LogTime time;
  private final long processId;

  SyslogFormat(Facility facility, LocalClock clock, long processId) {
    this.facility = facility;
    this.time = LogTime.syslog(clock);
    this.processId = processId;
  }

  @Override
  public String format(LogLine line) {
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
}
