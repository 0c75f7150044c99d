package org.jkeepalived.log;

import java.time.ZoneId;

/** As keepalived writes to its standard error and to its files. An object belongs to one thread. */
final class ConsoleFormat implements LineFormat {

  private final LogTime time;

  ConsoleFormat(ZoneId zone) {
    time = LogTime.console(zone);
  }

  @Override
  public String format(LogLine line) {
    return time.of(line.epochMillis()) + ": " + line.text();
  }
}
