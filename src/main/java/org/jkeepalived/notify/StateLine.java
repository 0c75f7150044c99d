package org.jkeepalived.notify;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jkeepalived.notify.VrrpEvent.Entered;
import org.jkeepalived.notify.VrrpEvent.Transition;

/**
 * Who is master of what, in one short line: {@code master of VI_1, VI_2; backup of 3; fault of
 * VI_9}. Hears of events as they happen; one thread uses an object.
 */
public final class StateLine implements Event.Listener {

  /** A line that a person reads at a glance. */
  static final int MOST_NAMES = 5;

  /** What there is to say where no instance has a state. */
  public static final String NOTHING = "running";

  private final Map<Subject, Entered> states = new LinkedHashMap<>();

  @Override
  public void happened(Event event) {
    if (event.subject().kind() != Subject.Kind.INSTANCE) {
      return;
    }
    if (event.standing() == Event.Standing.END) {
      states.remove(event.subject());
    } else if (event instanceof Transition entered) {
      states.put(event.subject(), entered.state());
    } else if (event instanceof VrrpEvent.Renamed renamed) {
      renamed.state().ifPresent(state -> states.put(event.subject(), state));
    }
  }

  /** The line, without a line feed. Backups are counted: an operator looks for the others. */
  public String text() {
    if (states.isEmpty()) {
      return NOTHING;
    }
    int backups = in(Entered.BACKUP).size();
    return List.of(
            named("master of ", Entered.MASTER),
            backups == 0 ? "" : "backup of " + backups,
            named("fault of ", Entered.FAULT))
        .stream()
        .filter(part -> !part.isEmpty())
        .collect(Collectors.joining("; "));
  }

  private String named(String title, Entered state) {
    List<String> names = in(state);
    if (names.isEmpty()) {
      return "";
    }
    String first = names.stream().limit(MOST_NAMES).collect(Collectors.joining(", ", title, ""));
    return names.size() <= MOST_NAMES
        ? first
        : first + " and " + (names.size() - MOST_NAMES) + " more";
  }

  private List<String> in(Entered state) {
    return states.entrySet().stream()
        .filter(each -> each.getValue() == state)
        .map(each -> each.getKey().name())
        .toList();
  }
}
