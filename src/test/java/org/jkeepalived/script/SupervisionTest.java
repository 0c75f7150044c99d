package org.jkeepalived.script;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.jkeepalived.script.Outcome.Kind;
import org.jkeepalived.time.TimerQueue;
import org.junit.jupiter.api.Test;

/** On a clock that only moves when the test says so. */
class SupervisionTest {

  private static final long SECOND = 1_000_000_000L;
  private static final int KILLED_BY_TERM = 15;
  private static final int KILLED_BY_KILL = 9;

  private final List<String> did = new ArrayList<>();
  private final List<Outcome> told = new ArrayList<>();
  private final TimerQueue timers = new TimerQueue();

  private final Supervision.Child child =
      new Supervision.Child() {
        @Override
        public void terminate() {
          did.add("TERM");
        }

        @Override
        public void kill() {
          did.add("KILL");
        }

        @Override
        public void abandon() {
          did.add("abandon");
        }
      };

  private Supervision supervision(OptionalLong timeoutNanos) {
    return new Supervision(child, timers, timeoutNanos, 0, told::add);
  }

  private void pass(long seconds) {
    while (timers.fireNext(seconds * SECOND)) {
      // one after the other
    }
  }

  @Test
  void whatEndsInTimeIsLeftAlone() {
    Supervision supervision = supervision(OptionalLong.of(3 * SECOND));
    pass(2);
    supervision.exited(1 << 8);
    pass(100);
    assertEquals(List.of(), did);
    assertEquals(List.of(new Outcome(Kind.EXITED, 1, "exited with status 1")), told);
    assertFalse(supervision.leavesNoChildren());
  }

  @Test
  void whatIsLateIsAskedThenForcedThenGivenUp() {
    Supervision supervision = supervision(OptionalLong.of(3 * SECOND));
    pass(3);
    assertEquals(List.of("TERM"), did);
    pass(4);
    assertEquals(List.of("TERM"), did);
    pass(5);
    assertEquals(List.of("TERM", "KILL"), did);
    pass(9);
    assertEquals(List.of(), told);
    pass(10);
    assertEquals(List.of("TERM", "KILL", "abandon"), did);
    assertEquals(Kind.TIMED_OUT, told.get(0).kind());
    supervision.exited(KILLED_BY_KILL);
    assertEquals(1, told.size());
  }

  @Test
  void whatIsLateCountsAsTimedOutHoweverItEnds() {
    for (int waitStatus : List.of(0, 1 << 8, KILLED_BY_TERM, KILLED_BY_KILL)) {
      told.clear();
      Supervision supervision = supervision(OptionalLong.of(SECOND));
      pass(1);
      assertTrue(supervision.leavesNoChildren());
      supervision.exited(waitStatus);
      assertEquals(Kind.TIMED_OUT, told.get(0).kind());
    }
  }

  @Test
  void whatHasNoLimitIsNeverEnded() {
    supervision(OptionalLong.empty());
    pass(1_000_000);
    assertEquals(List.of(), did);
  }

  @Test
  void endIsAskedForOnce() {
    Supervision supervision = supervision(OptionalLong.of(100 * SECOND));
    supervision.end(0);
    supervision.end(0);
    assertEquals(List.of("TERM"), did);
    supervision.exited(KILLED_BY_TERM);
    assertEquals(List.of(new Outcome(Kind.SIGNALLED, 15, "due to signal 15")), told);
    supervision.end(0);
    pass(1_000);
    assertEquals(List.of("TERM"), did);
  }

  @Test
  void forceNeedsNoAskingAndHappensOnce() {
    Supervision supervision = supervision(OptionalLong.of(SECOND));
    supervision.kill();
    supervision.kill();
    pass(1_000);
    assertEquals(List.of("KILL"), did);
  }
}
