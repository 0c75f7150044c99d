package org.jkeepalived.status;

import java.util.List;
import java.util.function.Consumer;
import org.jkeepalived.model.TrackKind;
import org.jkeepalived.model.Tracked;
import org.jkeepalived.model.Weight;

/** What an instance or a sync group tracks, in keepalived's words. */
final class TrackedText {

  private TrackedText() {}

  /**
   * A list for each kind of thing that there is.
   *
   * @param processes what keepalived calls the last list: in groups it is another word
   */
  static void write(List<Tracked> things, String processes, Consumer<String> lines) {
    list("Tracked interfaces :", TrackKind.INTERFACE, " ", things, lines);
    list("Tracked scripts :", TrackKind.SCRIPT, " ", things, lines);
    list("Tracked files :", TrackKind.FILE, ", ", things, lines);
    list(processes, TrackKind.PROCESS, ", ", things, lines);
  }

  private static void list(
      String title,
      TrackKind kind,
      String separator,
      List<Tracked> things,
      Consumer<String> lines) {
    List<Tracked> chosen = of(kind, things);
    if (!chosen.isEmpty()) {
      lines.accept(title);
      chosen.forEach(
          each ->
              lines.accept(
                  "  " + each.target().name() + separator + "weight " + weight(each.weight())));
    }
  }

  static List<Tracked> of(TrackKind kind, List<Tracked> things) {
    return things.stream().filter(each -> each.target().kind() == kind).toList();
  }

  /** Such as {@code -5 reverse}. */
  static String weight(Weight weight) {
    return weight.value() + (weight.reversed() ? " reverse" : "");
  }
}
