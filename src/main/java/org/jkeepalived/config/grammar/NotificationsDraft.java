package org.jkeepalived.config.grammar;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.jkeepalived.model.Command;
import org.jkeepalived.model.Notifications;
import org.jkeepalived.model.Notifications.Occasion;

/** What an instance or a sync group says about who hears of its transitions. */
final class NotificationsDraft {

  final Map<Occasion, CommandStatement> scripts = new EnumMap<>(Occasion.class);
  boolean deleted;
  Optional<Boolean> mail = Optional.empty();
  Optional<Boolean> priorityChanges = Optional.empty();

  /**
   * The finished notifications.
   *
   * @param group the sync group's that an instance is in: what it says of priorities is the default
   */
  Notifications complete(
      GlobalDraft globals, Optional<NotificationsDraft> group, Commands commands) {
    Map<Occasion, Command> complete = new EnumMap<>(Occasion.class);
    scripts.forEach(
        (occasion, line) ->
            complete.put(occasion, commands.complete(line, Commands.Purpose.RUNNING)));
    boolean priorities =
        priorityChanges
            .or(() -> group.flatMap(draft -> draft.priorityChanges))
            .orElse(globals.notifyPriorityChanges);
    boolean alert =
        mail.or(() -> globals.mail.alertVrrp).or(() -> globals.mail.alert).orElse(false);
    return complete.isEmpty() && !deleted && !priorities && !alert
        ? Notifications.NONE // one object, as most instances tell nobody
        : new Notifications(complete, deleted, priorities, alert);
  }
}
