package org.jkeepalived.notify.mail;

import java.time.OffsetDateTime;
import java.util.List;

/**
 * One mail: what it says, and to whom.
 *
 * @param recipients whom it still has to reach, as the operator wrote them, at least one
 * @param sender whom it is from, as the operator wrote it
 * @param subject any text
 * @param body any ASCII text of one line
 * @param date when what it tells of happened
 */
public record Mail(
    List<String> recipients, String sender, String subject, String body, OffsetDateTime date) {
  public Mail {
    recipients = List.copyOf(recipients);
  }

  /** The same mail for some of its recipients. */
  public Mail only(List<String> some) {
    return new Mail(some, sender, subject, body, date);
  }
}
