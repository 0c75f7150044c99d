package org.jkeepalived.host;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.jkeepalived.model.Notifications;
import org.jkeepalived.notify.Event;
import org.jkeepalived.notify.Subject;
import org.jkeepalived.notify.VrrpEvent;
import org.jkeepalived.notify.VrrpEvent.Entered;
import org.junit.jupiter.api.Test;

class AfterTransitionsTest {

  private static final Subject SUBJECT = Subject.instance("VI_1");

  private final List<Event> heard = new ArrayList<>();
  private long nowNanos = Long.MAX_VALUE - 100; // it may overflow
  private int settled;
  private final AfterTransitions listener =
      new AfterTransitions(heard::add, () -> nowNanos, () -> settled++);

  @Test
  void oneThatChangesItsStateIsFollowedByOne() {
    listener.happened(state());
    assertEquals(1, settled);
    assertEquals(1, heard.size());
  }

  @Test
  void manyThatChangeTogetherAreFollowedByOneAHalfSecond() {
    for (int i = 0; i < 10_000; i++) {
      listener.happened(state());
      nowNanos += 100_000; // all within a second
    }
    assertEquals(2, settled);
    assertEquals(10_000, heard.size());
  }

  @Test
  void whatHappensWithinAStateIsNone() {
    listener.happened(new VrrpEvent.LowerPriorityAdvertisement(SUBJECT, 100, Notifications.NONE));
    assertEquals(0, settled);
    assertEquals(1, heard.size());
  }

  private static Event state() {
    return new VrrpEvent.Transition(SUBJECT, Entered.MASTER, 100, Notifications.NONE);
  }
}
