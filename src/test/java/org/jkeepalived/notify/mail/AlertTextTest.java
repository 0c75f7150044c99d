package org.jkeepalived.notify.mail;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.jkeepalived.notify.Event;
import org.jkeepalived.notify.Event.Subject;
import org.jkeepalived.notify.Event.What;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class AlertTextTest {

  /** As keepalived 2.2.7 sent them, those about a stop as it had composed them. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "INSTANCE|MASTER|Entering MASTER state|VRRP Instance is now owning VRRP VIPs",
        "INSTANCE|BACKUP|Entering BACKUP state|VRRP Instance is no longer owning VRRP VIPs",
        "INSTANCE|FAULT|Entering FAULT state|VRRP Instance is no longer owning VRRP VIPs",
        "INSTANCE|STOP|Stopping|VRRP Instance stopping",
        "INSTANCE|DELETED|Deleted|VRRP Deleted at reload",
        "GROUP|MASTER|Entering MASTER state|All VRRP group instances are now in MASTER state",
        "GROUP|BACKUP|Entering BACKUP state|All VRRP group instances are now in BACKUP state",
        "GROUP|FAULT|Entering FAULT state|All VRRP group instances are now in FAULT state",
        "GROUP|STOP|Stopping|All VRRP group instances are now stopping",
      })
  void isKeepalivedsText(Subject subject, What what, String ending, String body) {
    Event event = new Event(subject, "X_1", what, 100, MailSample.WITH_MAIL);
    String whom = subject == Subject.GROUP ? "VRRP Group X_1 - " : "VRRP Instance X_1 - ";
    assertEquals(
        Optional.of(new AlertText(whom + ending, "=> " + body + " <=")), AlertText.of(event));
  }

  @ParameterizedTest
  @EnumSource(names = {"MASTER_RX_LOWER_PRI", "MASTER_PRIORITY", "BACKUP_PRIORITY"})
  void whatIsNoTransitionIsNotWorthAMail(What what) {
    for (Subject subject : Subject.values()) {
      Event event = new Event(subject, "X_1", what, 100, MailSample.WITH_MAIL);
      assertEquals(Optional.empty(), AlertText.of(event));
    }
  }
}
