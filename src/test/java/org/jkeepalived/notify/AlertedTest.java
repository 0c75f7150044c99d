package org.jkeepalived.notify;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import org.jkeepalived.model.Notifications;
import org.jkeepalived.notify.Event.What;
import org.junit.jupiter.api.Test;

/** What is handed on to be mailed. */
class AlertedTest {

  private final Stage stage = new Stage();

  @Test
  void statesOfThoseThatWantItAreMailed() {
    for (What what : What.values()) {
      stage.happens("VI_1", what);
      stage.notifier.happened(Stage.event("VI_2", what, Notifications.NONE));
    }
    assertEquals(
        List.of(What.MASTER, What.BACKUP, What.FAULT, What.STOP, What.DELETED),
        stage.mailed.stream().map(Event::what).toList());
  }

  @Test
  void aRemovalIsMailedAsAFaultUnlessItIsDeleted() {
    Notifications mail = new Notifications(Map.of(), false, false, true);
    Event backup = Stage.event("VI_1", What.BACKUP, mail);
    stage.notifier.happened(backup);
    stage.notifier.happened(Stage.event("VI_1", What.DELETED, mail));
    assertEquals(List.of(backup, Stage.event("VI_1", What.FAULT, mail)), stage.mailed);
  }
}
