package org.jkeepalived.status;

import java.util.ArrayList;
import java.util.List;
import org.jkeepalived.status.DaemonFigures.Refusal;
import org.jkeepalived.time.CalendarText;
import org.jkeepalived.time.LocalClock;

/**
 * That the daemon runs with something older than its file, because it has refused that; and that
 * what it runs with is not all that is written there.
 */
public final class RefusedText {

  private RefusedText() {}

  /** Lines for people; none where the file that was read last is in force, without a mistake. */
  public static List<String> lines(DaemonFigures.Reloads reloads, LocalClock clock) {
    List<String> lines = new ArrayList<>();
    reloads.last().map(refusal -> line(refusal, clock)).ifPresent(lines::add);
    int mistakes = reloads.mistakes();
    if (mistakes > 0) {
      lines.add(
          (mistakes == 1 ? "1 mistake" : mistakes + " mistakes")
              + " in the configuration that runs (see the log, or jkeepalived -t): that is left"
              + " out, or runs otherwise than it is written");
    }
    return lines;
  }

  private static String line(Refusal refusal, LocalClock clock) {
    return "the file was refused at "
        + CalendarText.monthDayAndClock(clock.at(refusal.at()).toLocalDateTime())
        + ", because of: "
        + refusal.reason()
        + " (see the log): what runs is older";
  }

  /** Members of an object, each with a comma behind it; times in seconds since 1970. */
  public static String json(DaemonFigures.Reloads reloads) {
    JsonWriter json = new JsonWriter().open();
    reloads
        .last()
        .ifPresent(
            refusal ->
                json.number("configuration_refused_at", TimeText.epoch(refusal.at()))
                    .member("configuration_refused_because", refusal.reason()));
    String object = json.member("configuration_mistakes", reloads.mistakes()).close().toString();
    return object.substring(1, object.length() - 1) + ",";
  }
}
