package org.jkeepalived.notify;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.jkeepalived.model.Notifications;
import org.jkeepalived.notify.VrrpEvent.Entered;
import org.junit.jupiter.api.Test;

class StateLineTest {

  private final StateLine line = new StateLine();

  private void enters(String name, Entered state) {
    line.happened(new VrrpEvent.Transition(Subject.instance(name), state, 100, Notifications.NONE));
  }

  @Test
  void tellsMastersAndFaultsByNameAndCountsBackups() {
    assertEquals("running", line.text());
    enters("VI_1", Entered.BACKUP);
    assertEquals("backup of 1", line.text());
    enters("VI_2", Entered.FAULT);
    enters("VI_3", Entered.BACKUP);
    enters("VI_1", Entered.MASTER);
    assertEquals("master of VI_1; backup of 1; fault of VI_2", line.text());
  }

  @Test
  void isShortHoweverManyThereAre() {
    for (int i = 1; i <= 10_000; i++) {
      enters("VI_" + i, Entered.MASTER);
    }
    assertEquals("master of VI_1, VI_2, VI_3, VI_4, VI_5 and 9995 more", line.text());
  }

  @Test
  void groupsAreNoInstances() {
    enters("VI_1", Entered.MASTER);
    line.happened(
        new VrrpEvent.Transition(Subject.group("VG"), Entered.FAULT, 0, Notifications.NONE));
    assertEquals("master of VI_1", line.text());
  }

  @Test
  void forgetsWhoIsGoneAndFollowsANewName() {
    enters("VI_1", Entered.MASTER);
    enters("VI_2", Entered.MASTER);
    enters("VI_3", Entered.MASTER);
    line.happened(new VrrpEvent.Stopped(Subject.instance("VI_1"), 100, Notifications.NONE));
    line.happened(new VrrpEvent.Deleted(Subject.instance("VI_2"), 100, Notifications.NONE));
    line.happened(
        new VrrpEvent.Renamed(Subject.instance("VI_3"), Optional.empty(), 100, Notifications.NONE));
    line.happened(
        new VrrpEvent.Renamed(
            Subject.instance("new"), Optional.of(Entered.MASTER), 100, Notifications.NONE));
    assertEquals("master of new", line.text());
  }
}
