package org.jkeepalived.status;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.jkeepalived.model.Notifications;
import org.jkeepalived.notify.Subject;
import org.jkeepalived.notify.VrrpEvent;
import org.jkeepalived.notify.VrrpEvent.Entered;
import org.junit.jupiter.api.Test;

/** What is remembered of states, and how much. */
final class StateHistoryTest {

  private final StateHistory history = new StateHistory();

  private void entered(String name, Entered state, String from, long nanos) {
    history.happened(
        new VrrpEvent.Transition(
            Subject.instance(name),
            state,
            100,
            Notifications.NONE,
            Optional.of(new VrrpEvent.Change(from, "because", nanos))));
  }

  @Test
  void theNewestComesFirst() {
    entered("a", Entered.BACKUP, "INIT", 1);
    entered("b", Entered.FAULT, "BACKUP", 2);
    assertEquals(
        List.of(
            new StateChange(2, "b", "BACKUP", "FAULT", "because"),
            new StateChange(1, "a", "INIT", "BACKUP", "because")),
        history.latest());
  }

  @Test
  void soManyAreKept() {
    for (int i = 0; i < StateHistory.MOST + 50; i++) {
      entered("a", Entered.MASTER, "BACKUP", i);
    }
    List<StateChange> latest = history.latest();
    assertEquals(StateHistory.MOST, latest.size());
    assertEquals(StateHistory.MOST + 49, latest.get(0).nanos());
    assertEquals(50, latest.get(StateHistory.MOST - 1).nanos());
  }

  @Test
  void onlyInstancesAreRemembered() {
    history.happened(
        new VrrpEvent.Transition(Subject.group("g"), Entered.MASTER, 0, Notifications.NONE));
    history.happened(new VrrpEvent.Stopped(Subject.instance("a"), 100, Notifications.NONE));
    assertEquals(List.of(), history.latest());
  }
}
