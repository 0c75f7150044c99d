package org.jkeepalived.model.lvs;

import java.util.Objects;

/**
 * {@code SMTP_CHECK}: a mail server greets, answers a HELO and says goodbye.
 *
 * @param heloName as it is sent
 */
public record SmtpCheck(CheckSchedule schedule, CheckConnection connection, String heloName)
    implements Check {
  public SmtpCheck {
    Objects.requireNonNull(schedule);
    Objects.requireNonNull(connection);
    Objects.requireNonNull(heloName);
  }
}
