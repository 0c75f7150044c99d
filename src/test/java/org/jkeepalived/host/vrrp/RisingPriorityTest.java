package org.jkeepalived.host.vrrp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.jkeepalived.linux.Errno;
import org.jkeepalived.linux.SystemCallException;
import org.jkeepalived.linux.SystemError;
import org.jkeepalived.log.LoggedLines;
import org.jkeepalived.model.AutoPriority;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RisingPriorityTest {

  private static final long SECOND_NANOS = 1_000_000_000L;

  private final LoggedLines log = new LoggedLines(RisingPriority.class.getName());
  private final List<Integer> set = new ArrayList<>();

  @AfterEach
  void close() {
    log.close();
  }

  private RisingPriority rising(int most) {
    return new RisingPriority(new AutoPriority(most, SECOND_NANOS), set::add);
  }

  private static void late(RisingPriority priority, long... nanos) {
    for (long each : nanos) {
      priority.late(each, 0);
    }
  }

  @Test
  void eachLateTimerIsAStepUpToTheMost() {
    RisingPriority priority = rising(3);
    late(priority, SECOND_NANOS);
    assertEquals(List.of(1), set);
    late(priority, 5 * SECOND_NANOS, SECOND_NANOS, SECOND_NANOS, SECOND_NANOS);
    assertEquals(List.of(1, 2, 3), set);
    assertEquals(
        List.of(
            "Set realtime priority 1 (a timer was 1.000000 s late)",
            "Set realtime priority 2 (a timer was 5.000000 s late)",
            "Set realtime priority 3 (a timer was 1.000000 s late)"),
        log.all());
  }

  @Test
  void littleLatenessIsNone() {
    RisingPriority priority = rising(3);
    late(priority, 0, SECOND_NANOS - 1);
    assertEquals(List.of(), set);
    late(priority, SECOND_NANOS);
    assertEquals(List.of(1), set);
  }

  @Test
  void risesOnlyWhereItIsAllowedTo() {
    late(rising(0), 100 * SECOND_NANOS);
    late(rising(AutoPriority.NO_ADVICE), 100 * SECOND_NANOS);
    assertEquals(List.of(), set);
    late(rising(1), 100 * SECOND_NANOS);
    assertEquals(List.of(1), set);
  }

  @Test
  void reloadKeepsWhatIsStillAllowed() {
    RisingPriority priority = rising(9);
    late(priority, SECOND_NANOS, SECOND_NANOS, SECOND_NANOS);
    priority.allow(new AutoPriority(3, SECOND_NANOS));
    assertEquals(List.of(1, 2, 3), set);
    priority.allow(new AutoPriority(2, SECOND_NANOS));
    assertEquals(List.of(1, 2, 3, 2), set);
    late(priority, SECOND_NANOS);
    assertEquals(List.of(1, 2, 3, 2), set);
    priority.allow(new AutoPriority(AutoPriority.NO_ADVICE, SECOND_NANOS));
    assertEquals(List.of(1, 2, 3, 2, 0), set);
    priority.allow(new AutoPriority(9, 2 * SECOND_NANOS));
    late(priority, SECOND_NANOS, 2 * SECOND_NANOS);
    assertEquals(List.of(1, 2, 3, 2, 0, 1), set);
  }

  @Test
  void refusalIsSaidOnceUntilAReload() {
    RisingPriority priority =
        new RisingPriority(
            new AutoPriority(9, SECOND_NANOS),
            wanted -> {
              set.add(wanted);
              throw new SystemCallException(SystemError.of("sched_setscheduler", Errno.EPERM));
            });
    late(priority, SECOND_NANOS, SECOND_NANOS);
    assertEquals(List.of(1), set);
    assertEquals(1, log.all().size());
    String line = log.all().get(0);
    assertTrue(
        line.startsWith("Unable to set realtime priority 1: ") && line.contains("CAP_SYS_NICE"),
        line);
    priority.allow(new AutoPriority(8, SECOND_NANOS));
    late(priority, SECOND_NANOS);
    assertEquals(List.of(1, 1), set);
  }

  /** {@code vrrp_rt_priority} beside {@code max_auto_priority}. */
  @Test
  void itRisesFromThePriorityThatItWasGiven() throws Exception {
    RisingPriority priority = rising(3);
    priority.begin(2);
    late(priority, SECOND_NANOS, SECOND_NANOS);
    assertEquals(List.of(2, 3), set);
    // what was reached above it is kept, what was given is taken back
    priority.begin(1);
    assertEquals(List.of(2, 3), set);
    priority.begin(20);
    late(priority, SECOND_NANOS);
    priority.allow(new AutoPriority(0, SECOND_NANOS));
    assertEquals(List.of(2, 3, 20), set);
    priority.begin(0);
    assertEquals(List.of(2, 3, 20, 0), set);
  }
}
