package org.jkeepalived.notify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.jkeepalived.model.Notifications;
import org.junit.jupiter.api.Test;

/** What those hear of who only listen, such as the one who writes mails. */
class AlertedTest {

  private final Stage stage = new Stage();

  @Test
  void statesOfThoseThatWantItAreMailed() {
    for (What what : What.values()) {
      stage.happens("VI_1", what);
      stage.notifier.happened(Stage.event("VI_2", what, Notifications.NONE));
    }
    assertEquals(
        List.of("MASTER", "BACKUP", "FAULT", "STOP", "DELETED"),
        stage.heard.stream()
            .filter(event -> event.mail().isPresent())
            .map(event -> ((VrrpEvent) event).word())
            .toList());
  }

  @Test
  void aRemovalIsMailedAsAFaultUnlessItIsDeleted() {
    Notifications mail = new Notifications(Map.of(), false, false, true);
    Event backup = Stage.event("VI_1", What.BACKUP, mail);
    stage.notifier.happened(backup);
    stage.notifier.happened(Stage.event("VI_1", What.DELETED, mail));
    assertEquals(
        List.of(backup.mail(), Stage.event("VI_1", What.FAULT, mail).mail()),
        stage.heard.stream().map(Event::mail).toList());
    assertTrue(stage.heard.get(1).isFault(), "which no_email_faults keeps");
  }

  @Test
  void aRemovalThatIsNoNewsIsNotHeardOf() {
    Notifications mail = new Notifications(Map.of(), false, false, true);
    stage.notifier.happened(Stage.event("VI_1", What.DELETED, mail));
    assertEquals(List.of(), stage.heard);
  }
}
