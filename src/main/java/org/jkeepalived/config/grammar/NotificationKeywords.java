package org.jkeepalived.config.grammar;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jkeepalived.config.grammar.Keyword.Arity;
import org.jkeepalived.config.syntax.Statement;
import org.jkeepalived.config.syntax.Token;
import org.jkeepalived.model.Notifications.Occasion;

/** {@code notify} and its kin, in {@code vrrp_instance} and {@code vrrp_sync_group}. */
final class NotificationKeywords<T extends Draft> {

  private final String who;
  private final Function<T, NotificationsDraft> draftOf;

  private NotificationKeywords(String who, Function<T, NotificationsDraft> draftOf) {
    this.who = who;
    this.draftOf = draftOf;
  }

  static List<Keyword<InstanceDraft>> ofInstances() {
    NotificationKeywords<InstanceDraft> keywords =
        new NotificationKeywords<>("({name})", draft -> draft.notifications);
    List<Keyword<InstanceDraft>> table = new ArrayList<>(keywords.scripts());
    table.add(
        keywords.script(
            "notify_master_rx_lower_pri",
            Arity.REQUIRED,
            Occasion.MASTER_RX_LOWER_PRI,
            "what runs when the master hears an advertisement of lower priority"));
    table.add(
        keywords.script(
            "notify_deleted",
            Arity.OPTIONAL,
            Occasion.DELETED,
            "say DELETED, not FAULT, when a reload removes the instance, and what runs then"));
    table.addAll(
        keywords.others(
            "Invalid vrrp_instance smtp_alert parameter {value}",
            "({name}) Invalid value '{value}' for notify_priority_changes specified"));
    return table;
  }

  static List<Keyword<SyncGroupDraft>> ofGroups() {
    NotificationKeywords<SyncGroupDraft> keywords =
        new NotificationKeywords<>("vrrp group {name}:", draft -> draft.notifications);
    List<Keyword<SyncGroupDraft>> table = new ArrayList<>(keywords.scripts());
    table.addAll(
        keywords.others(
            "Invalid vrrp_group smtp_alert parameter {value}",
            "({name}) Invalid value '{value}' for sync group notify_priority_changes specified"));
    return table;
  }

  private List<Keyword<T>> scripts() {
    return List.of(
        script("notify_master", Arity.REQUIRED, Occasion.MASTER, "what runs on becoming master"),
        script("notify_backup", Arity.REQUIRED, Occasion.BACKUP, "what runs on becoming backup"),
        script("notify_fault", Arity.REQUIRED, Occasion.FAULT, "what runs on a fault"),
        script("notify_stop", Arity.REQUIRED, Occasion.STOP, "what runs when the daemon stops"),
        script(
            "notify",
            Arity.REQUIRED,
            Occasion.ANY,
            "what runs on each transition, with kind, name, state and priority as arguments"));
  }

  private List<Keyword<T>> others(String mailComplaint, String priorityComplaint) {
    return List.of(
        Keyword.<T>toggle("smtp_alert", (t, on) -> draftOf.apply(t).mail = Optional.of(on))
            .complains(mailComplaint)
            .standardOf("smtp_alert_vrrp")
            .doc("send a mail on each transition"),
        Keyword.<T>toggle(
                "notify_priority_changes",
                (t, on) -> draftOf.apply(t).priorityChanges = Optional.of(on))
            .complains(priorityComplaint)
            .standardOf("vrrp_notify_priority_changes")
            .doc("write changes of the priority to the FIFOs, too"));
  }

  private Keyword<T> script(String name, Arity arity, Occasion occasion, String documentation) {
    return Keyword.<T>custom(
            name,
            arity,
            "STRING [USER [GROUP]]",
            (statement, draft, report) -> read(statement, draft, occasion, report))
        .doc(documentation);
  }

  private void read(Statement statement, T draft, Occasion occasion, GrammarReport report) {
    NotificationsDraft notifications = draftOf.apply(draft);
    boolean deleted = occasion == Occasion.DELETED;
    if (notifications.scripts.containsKey(occasion) || deleted && notifications.deleted) {
      Token word =
          statement.escapedWords().words().stream().skip(1).findFirst().orElse(statement.keyword());
      report.warn(
          word,
          "duplicate-script",
          who.replace("{name}", draft.name())
              + " "
              + statement.keyword().text()
              + (deleted ? "" : " script")
              + " already specified - ignoring "
              + word.text());
      return;
    }
    notifications.deleted |= deleted;
    CommandStatement.read(statement, report)
        .ifPresent(line -> notifications.scripts.put(occasion, line));
  }
}
