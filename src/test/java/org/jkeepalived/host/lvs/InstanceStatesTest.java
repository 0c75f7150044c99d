package org.jkeepalived.host.lvs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jkeepalived.model.Notifications;
import org.jkeepalived.notify.Subject;
import org.jkeepalived.notify.VrrpEvent;
import org.jkeepalived.notify.VrrpEvent.Entered;
import org.jkeepalived.notify.What;
import org.junit.jupiter.api.Test;

class InstanceStatesTest {

  private final InstanceStates states = new InstanceStates();
  private final List<Boolean> told = new ArrayList<>();

  private void happens(What what, String instance) {
    states.happened(what.of(Subject.instance(instance), 100, Notifications.NONE));
  }

  private void follow(String instance) {
    states.follow(Optional.of(instance), () -> told.add(states.isMaster(instance)));
  }

  @Test
  void tellsWhenTheInstanceBecomesMasterAndWhenItIsNoLonger() {
    follow("A");
    happens(What.BACKUP, "A");
    assertEquals(List.of(), told);
    happens(What.MASTER, "A");
    happens(What.MASTER, "A");
    happens(What.MASTER_PRIORITY, "A");
    happens(What.MASTER_RX_LOWER_PRI, "A");
    assertEquals(List.of(true), told);
    happens(What.FAULT, "A");
    happens(What.BACKUP, "A");
    assertEquals(List.of(true, false), told);
    happens(What.MASTER, "A");
    happens(What.DELETED, "A");
    assertEquals(List.of(true, false, true, false), told);
  }

  @Test
  void whoFollowsAnotherHearsNothing() {
    follow("B");
    happens(What.MASTER, "A");
    assertEquals(List.of(), told);
    assertTrue(states.isMaster("A"));
    states.follow(Optional.empty(), () -> told.add(true));
    happens(What.MASTER, "B");
    assertEquals(List.of(), told);
  }

  /** A group is something else, whatever it is called. */
  @Test
  void groupsAreNoInstances() {
    states.happened(What.MASTER.of(Subject.group("A"), 0, Notifications.NONE));
    assertFalse(states.isMaster("A"));
  }

  /** What follows ends with everything else; in between it would only change its role. */
  @Test
  void theDaemonsStopIsNothingToFollow() {
    follow("A");
    happens(What.MASTER, "A");
    happens(What.STOP, "A");
    assertEquals(List.of(true), told);
    assertTrue(states.isMaster("A"));
  }

  @Test
  void anotherNameKeepsTheState() {
    happens(What.MASTER, "A");
    follow("B");
    states.happened(renamed("A", Optional.empty()));
    states.happened(renamed("B", Optional.of(Entered.MASTER)));
    assertEquals(List.of(true), told);
    assertFalse(states.isMaster("A"));
  }

  private static VrrpEvent renamed(String name, Optional<Entered> state) {
    return new VrrpEvent.Renamed(Subject.instance(name), state, 100, Notifications.NONE);
  }
}
