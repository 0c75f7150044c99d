package org.jkeepalived.vrrp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PacketBudgetTest {

  private static final long SECOND = 1_000_000_000L;

  private final PacketBudget budget = new PacketBudget();

  private int answers(int packets, long nowNanos) {
    int answers = 0;
    for (int i = 0; i < packets; i++) {
      answers += budget.answer(SECOND, nowNanos) ? 1 : 0;
    }
    return answers;
  }

  /** A clock may begin anywhere. */
  @ParameterizedTest
  @ValueSource(longs = {0, 5, -7, Long.MIN_VALUE, Long.MAX_VALUE - 3 * SECOND})
  void tenAnswersAtOnceAndTwoAnInterval(long begin) {
    assertEquals(10, answers(1_000, begin));
    assertEquals(0, answers(1_000, begin + SECOND / 2 - 1));
    assertEquals(1, answers(1_000, begin + SECOND / 2));
    assertEquals(2, answers(1_000, begin + 3 * SECOND / 2));
    assertEquals(10, answers(1_000, begin + 100 * SECOND));
  }

  @Test
  void twentyLinesAtOnceAndTwentyAMinute() {
    int lines = 0;
    for (long now = 0; now < 600 * SECOND; now += SECOND / 100) {
      lines += budget.line(now) ? 1 : 0;
    }
    assertEquals(20 + 199, lines);
  }

  @Test
  void linesAndAnswersArePaidApart() {
    assertEquals(10, answers(100, 0));
    assertTrue(budget.line(0));
    assertFalse(budget.answer(SECOND, 0));
  }

  /** The last of many must not be whom hosts have in mind. */
  @Test
  void meetingThatIsNotAnsweredIsFollowedByAnAnnouncement() {
    Script script = new Script();
    script.play("router priority=200 garp_lower_prio_delay=0 addresses=10.0.0.51");
    script.play("0 start");
    script.play("10 taken");
    for (int i = 0; i < 10; i++) {
      assertTrue(announces(script.play("10 hear 192.0.2.20 50")));
    }
    assertFalse(announces(script.play("10 hear 192.0.2.20 50")));
    assertFalse(announces(script.play("10.499 wait")));
    assertTrue(announces(script.play("10.5 wait")));
    assertFalse(announces(script.play("20 wait")), "once");
  }

  private static boolean announces(List<String> lines) {
    return lines.stream().anyMatch(line -> line.startsWith("announce"));
  }
}
