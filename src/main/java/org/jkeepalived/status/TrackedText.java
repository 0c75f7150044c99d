package org.jkeepalived.status;

import java.util.List;
import java.util.function.Consumer;
import org.jkeepalived.model.TrackKind;
import org.jkeepalived.model.Tracked;
import org.jkeepalived.model.Weight;

/** What an instance or a sync group tracks, in keepalived's words. */
final class TrackedText {

  private TrackedText() {}

  /** A list for each kind of target in an instance. */
  static void ofInstance(List<Tracked> lines, Consumer<String> text) {
    for (TrackKind kind : TrackKind.values()) {
      list(kind.dumpWords().title(), kind, lines, text);
    }
  }

  /** The same in a sync group. */
  static void ofGroup(List<Tracked> lines, Consumer<String> text) {
    for (TrackKind kind : TrackKind.values()) {
      list(kind.dumpWords().titleInGroups(), kind, lines, text);
    }
  }

  private static void list(
      String title, TrackKind kind, List<Tracked> lines, Consumer<String> text) {
    List<Tracked> chosen = of(kind, lines);
    if (!chosen.isEmpty()) {
      text.accept(title);
      chosen.forEach(
          each ->
              text.accept(
                  "  "
                      + each.target().name()
                      + kind.dumpWords().separator()
                      + "weight "
                      + weight(each.weight())));
    }
  }

  static List<Tracked> of(TrackKind kind, List<Tracked> lines) {
    return lines.stream().filter(each -> each.target().kind() == kind).toList();
  }

  /** Such as {@code -5 reverse}. */
  static String weight(Weight weight) {
    return weight.value() + (weight.reversed() ? " reverse" : "");
  }
}
