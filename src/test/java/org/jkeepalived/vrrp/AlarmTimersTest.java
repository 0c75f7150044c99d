package org.jkeepalived.vrrp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.jkeepalived.time.TimerQueue;
import org.jkeepalived.vrrp.Effects.Alarm;
import org.junit.jupiter.api.Test;

class AlarmTimersTest {

  private final TimerQueue queue = new TimerQueue();
  private final List<String> fired = new ArrayList<>();
  private final AlarmTimers timers =
      new AlarmTimers(queue, (alarm, deadline, now) -> fired.add(alarm + " " + deadline));

  @Test
  void timerFiresOnceForEachTimeItIsArmed() {
    timers.arm(Alarm.PROTOCOL, 10);
    timers.arm(Alarm.REFRESH, 20);
    assertEquals(OptionalLong.of(10), timers.deadlineNanos(Alarm.PROTOCOL));
    assertTrue(queue.fireNext(30));
    assertTrue(queue.fireNext(30));
    assertFalse(queue.fireNext(30));
    assertEquals(List.of("PROTOCOL 10", "REFRESH 20"), fired);
    timers.arm(Alarm.PROTOCOL, 40);
    assertTrue(queue.fireNext(40));
  }

  @Test
  void timerThatWasNeverArmedIsNotDue() {
    timers.disarm(Alarm.PROTOCOL);
    timers.shift(Alarm.PROTOCOL, 5, 0);
    assertEquals(OptionalLong.empty(), timers.deadlineNanos(Alarm.PROTOCOL));
    assertFalse(queue.fireNext(Long.MAX_VALUE / 2));
  }

  @Test
  void shiftedTimerIsNotDueInThePast() {
    timers.arm(Alarm.PROTOCOL, 100);
    timers.shift(Alarm.PROTOCOL, 50, 0);
    assertEquals(OptionalLong.of(150), timers.deadlineNanos(Alarm.PROTOCOL));
    timers.shift(Alarm.PROTOCOL, -90, 80);
    assertEquals(OptionalLong.of(80), timers.deadlineNanos(Alarm.PROTOCOL));
  }

  @Test
  void nothingFiresAfterTheEnd() {
    timers.arm(Alarm.PROTOCOL, 10);
    timers.arm(Alarm.TRY_ADDRESSES, 10);
    timers.disarmAll();
    assertFalse(queue.fireNext(30));
    assertEquals(OptionalLong.empty(), timers.deadlineNanos(Alarm.PROTOCOL));
  }
}
