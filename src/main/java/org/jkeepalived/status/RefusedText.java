package org.jkeepalived.status;

import java.time.Instant;
import java.util.Optional;
import org.jkeepalived.time.CalendarText;
import org.jkeepalived.time.LocalClock;

/** That the daemon runs with something older than its file, because it has refused that. */
public final class RefusedText {

  private RefusedText() {}

  /** A line for people; empty where the file that was read last is in force. */
  public static Optional<String> line(DaemonFigures.Reloads reloads, LocalClock clock) {
    return reloads.refusedAt().map(time -> line(time, clock));
  }

  private static String line(Instant time, LocalClock clock) {
    return "the file was refused at "
        + CalendarText.monthDayAndClock(clock.at(time).toLocalDateTime())
        + " (see the log): what runs is older";
  }

  /** A member of an object and a comma, seconds since 1970; empty where there is nothing to say. */
  public static String json(DaemonFigures.Reloads reloads) {
    return reloads
        .refusedAt()
        .map(time -> "\"configuration_refused_at\":" + TimeText.epoch(time) + ",")
        .orElse("");
  }
}
