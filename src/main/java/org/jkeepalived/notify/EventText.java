package org.jkeepalived.notify;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jkeepalived.notify.Event.What;

/** Events in the words that scripts and FIFOs get. */
final class EventText {

  private EventText() {}

  /** What {@code notify} gets after its own arguments. */
  static List<String> arguments(Event event) {
    return List.of(
        event.subject().name(),
        event.name(),
        told(event).name(),
        Integer.toString(event.priority()));
  }

  /** What a FIFO gets: {@code INSTANCE "VI_1" MASTER 100} and a line feed. */
  static byte[] line(Event event) {
    String text =
        event.subject().name()
            + " \""
            + event.name()
            + "\" "
            + told(event).name()
            + " "
            + event.priority()
            + "\n";
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** What a mail is about. */
  static Event asTold(Event event) {
    return isSilentRemoval(event)
        ? new Event(
            event.subject(), event.name(), What.FAULT, event.priority(), event.notifications())
        : event;
  }

  /** Whether it is a state, and not something that happens within one. */
  static boolean isState(Event event) {
    return switch (event.what()) {
      case MASTER, BACKUP, FAULT, STOP, DELETED -> true;
      case MASTER_RX_LOWER_PRI, MASTER_PRIORITY, BACKUP_PRIORITY -> false;
    };
  }

  /** Whether FIFOs hear of it: of priorities only with {@code notify_priority_changes}. */
  static boolean isForFifos(Event event) {
    return switch (event.what()) {
      case MASTER, BACKUP, FAULT, STOP, DELETED, MASTER_RX_LOWER_PRI -> true;
      case MASTER_PRIORITY, BACKUP_PRIORITY -> event.notifications().priorityChanges();
    };
  }

  /** Whether it is the end of what there is to say about the subject. */
  static boolean isLast(Event event) {
    return event.what() == What.STOP || event.what() == What.DELETED;
  }

  /** Whether it is a removal that is told as a fault. */
  static boolean isSilentRemoval(Event event) {
    return event.what() == What.DELETED && !event.notifications().deleted();
  }

  // COMPAT: what a reload removes is told to be in FAULT, unless it has notify_deleted
  private static What told(Event event) {
    return isSilentRemoval(event) ? What.FAULT : event.what();
  }
}
