package org.jkeepalived.notify.mail;

import java.util.Optional;
import org.jkeepalived.notify.Event;

/**
 * What an alert says.
 *
 * <p>COMPAT: the texts are keepalived's, to the letter: filters and tickets are made from them. The
 * two about a stop are those that keepalived composes and then does not live to send.
 *
 * @param subject the subject, without the {@code [router_id]} before it
 * @param body the only line of the body
 */
public record AlertText(String subject, String body) {

  /** What is said about an event; empty if it is not worth a mail. */
  public static Optional<AlertText> of(Event event) {
    boolean isGroup = event.subject() == Event.Subject.GROUP;
    String subject =
        (isGroup ? "VRRP Group " : "VRRP Instance ") + event.name() + ending(event.what());
    return (isGroup ? groupBody(event.what()) : instanceBody(event.what()))
        .map(body -> new AlertText(subject, body));
  }

  private static String ending(Event.What what) {
    return switch (what) {
      case STOP -> " - Stopping";
      case DELETED -> " - Deleted";
      default -> " - Entering " + what + " state";
    };
  }

  private static Optional<String> instanceBody(Event.What what) {
    return switch (what) {
      case MASTER -> Optional.of("=> VRRP Instance is now owning VRRP VIPs <=");
      case BACKUP, FAULT -> Optional.of("=> VRRP Instance is no longer owning VRRP VIPs <=");
      case STOP -> Optional.of("=> VRRP Instance stopping <=");
      case DELETED -> Optional.of("=> VRRP Deleted at reload <=");
      case MASTER_RX_LOWER_PRI, MASTER_PRIORITY, BACKUP_PRIORITY -> Optional.empty();
    };
  }

  private static Optional<String> groupBody(Event.What what) {
    return switch (what) {
      case MASTER, BACKUP, FAULT ->
          Optional.of("=> All VRRP group instances are now in " + what + " state <=");
      case STOP -> Optional.of("=> All VRRP group instances are now stopping <=");
      case DELETED -> Optional.of("=> VRRP Deleted at reload <=");
      case MASTER_RX_LOWER_PRI, MASTER_PRIORITY, BACKUP_PRIORITY -> Optional.empty();
    };
  }
}
