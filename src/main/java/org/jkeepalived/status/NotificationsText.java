package org.jkeepalived.status;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jkeepalived.model.Command;
import org.jkeepalived.model.Notifications;
import org.jkeepalived.model.Notifications.Occasion;

/** Who is told of transitions, in keepalived's words and order. */
final class NotificationsText {

  /** All that can be said of scripts, in keepalived's order. */
  static final List<Word> WORDS =
      List.of(
          new Word(Occasion.BACKUP, "Backup", "script_backup"),
          new Word(Occasion.MASTER, "Master", "script_master"),
          new Word(Occasion.FAULT, "Fault", "script_fault"),
          new Word(Occasion.STOP, "Stop", "script_stop"),
          new Word(Occasion.DELETED, "Deleted", "script_deleted"),
          new Word(Occasion.ANY, "Generic", "script"),
          new Word(
              Occasion.MASTER_RX_LOWER_PRI, "Master rx lower pri", "script_master_rx_lower_pri"));

  /**
   * What an occasion is called.
   *
   * @param name in the dump
   * @param key in the JSON
   */
  record Word(Occasion occasion, String name, String key) {
    Optional<Command> script(Notifications notifications) {
      return Optional.ofNullable(notifications.scripts().get(occasion));
    }
  }

  private NotificationsText() {}

  static String mail(Notifications notifications) {
    return "Using smtp notification = " + (notifications.mail() ? "yes" : "no");
  }

  static void scripts(Notifications notifications, CommandText commands, Consumer<String> lines) {
    for (Word word : WORDS) {
      word.script(notifications)
          .ifPresent(
              script ->
                  lines.accept(
                      word.name() + " state transition script = " + commands.withIds(script)));
    }
  }
}
