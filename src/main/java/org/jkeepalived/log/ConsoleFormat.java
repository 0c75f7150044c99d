package org.jkeepalived.log;

import org.jkeepalived.time.LocalClock;

/** As keepalived writes to its standard error and to its files. An object belongs to one thread. */
final class ConsoleFormat implements LineFormat {

  private final LogTime time;

  ConsoleFormat(LocalClock clock) {
    time = LogTime.console(clock);
  }

  @Override
  public String format(LogLine line) {
    return time.of(line.epochMillis()) + ": " + line.text();
  }
}
