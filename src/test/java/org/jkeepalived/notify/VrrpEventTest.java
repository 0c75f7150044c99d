package org.jkeepalived.notify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jkeepalived.model.Notifications;
import org.jkeepalived.notify.Event.Standing;
import org.jkeepalived.notify.mail.AlertText;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Each kind of event in each of its words; whom it happened to and when are the test's. */
class VrrpEventTest {

  private static final Notifications EVERYTHING = new Notifications(Map.of(), true, true, true);

  private static VrrpEvent event(Subject.Kind kind, What what) {
    return what.of(new Subject(kind, "X_1"), 100, EVERYTHING);
  }

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
  void mailIsKeepalivedsText(Subject.Kind kind, What what, String ending, String body) {
    String whom = kind == Subject.Kind.GROUP ? "VRRP Group X_1 - " : "VRRP Instance X_1 - ";
    assertEquals(
        Optional.of(new AlertText(whom + ending, "=> " + body + " <=")), event(kind, what).mail());
  }

  @ParameterizedTest
  @EnumSource(What.class)
  void scriptsAndFifosGetKeepalivedsWord(What what) {
    VrrpEvent ofInstance = event(Subject.Kind.INSTANCE, what);
    assertEquals("INSTANCE \"X_1\" " + what + " 100", ofInstance.line());
    assertEquals(List.of("INSTANCE", "X_1", what.name(), "100"), ofInstance.arguments());
    assertEquals("GROUP \"X_1\" " + what + " 100", event(Subject.Kind.GROUP, what).line());
  }

  @ParameterizedTest
  @EnumSource(names = {"MASTER_RX_LOWER_PRI", "MASTER_PRIORITY", "BACKUP_PRIORITY"})
  void whatIsNoTransitionIsNotWorthAMail(What what) {
    VrrpEvent passing = event(Subject.Kind.INSTANCE, what);
    assertEquals(Optional.empty(), passing.mail());
    assertEquals(Standing.PASSING, passing.standing());
  }

  @ParameterizedTest
  @EnumSource(What.class)
  void whoWantsNoMailGetsNone(What what) {
    assertEquals(
        Optional.empty(), what.of(Subject.instance("X_1"), 100, Notifications.NONE).mail());
  }

  @Test
  void aRemovalIsToldAsAFaultUnlessItIsToBeToldAsOne() {
    Subject whom = Subject.instance("X_1");
    Notifications mail = new Notifications(Map.of(), false, false, true);
    VrrpEvent silent = What.DELETED.of(whom, 100, mail);
    VrrpEvent fault = What.FAULT.of(whom, 100, mail);
    assertEquals(fault.line(), silent.line());
    assertEquals(fault.arguments(), silent.arguments());
    assertEquals(fault.mail(), silent.mail());
    assertTrue(silent.isFault());
    assertFalse(event(Subject.Kind.INSTANCE, What.DELETED).isFault());
    assertEquals(Standing.END, silent.standing());
  }

  @ParameterizedTest
  @EnumSource(names = {"MASTER_PRIORITY", "BACKUP_PRIORITY"})
  void fifosHearOfPrioritiesWhereTheyAreAsked(What what) {
    assertTrue(event(Subject.Kind.INSTANCE, what).isForFifos());
    assertFalse(what.of(Subject.instance("X_1"), 100, Notifications.NONE).isForFifos());
  }
}
