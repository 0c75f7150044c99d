package org.jkeepalived.script;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class LineBudgetTest {

  private static final long SECOND = 1_000_000_000L;

  private final LineBudget budget = new LineBudget(0);

  private int allowed(String script, int lines, long nowNanos) {
    int count = 0;
    for (int i = 0; i < lines; i++) {
      if (budget.admit(script, "line " + i, nowNanos).isPresent()) {
        count++;
      }
    }
    return count;
  }

  @Test
  void oneScriptDoesNotSpendWhatIsAnothers() {
    assertEquals(10, allowed("loud", 1_000, 0));
    assertEquals(3, allowed("quiet", 3, 0));
    assertEquals(990, budget.takeDropped());
    assertEquals(0, budget.takeDropped());
  }

  @Test
  void aRepeatedLineIsLoggedOnceAndAgainAfterAWhile() {
    String line = "haproxy: no process found";
    assertEquals(Optional.of(line), budget.admit("killall", line, 0));
    for (int i = 1; i < 300; i++) {
      assertEquals(Optional.empty(), budget.admit("killall", line, 2 * i * SECOND));
    }
    assertEquals(
        Optional.of(line + " (this was written 299 times more)"),
        budget.admit("killall", line, 600 * SECOND));
    assertEquals(Optional.empty(), budget.admit("killall", line, 602 * SECOND));
    assertEquals(
        Optional.of("killed (the line before was written once more)"),
        budget.admit("killall", "killed", 604 * SECOND));
    assertEquals(Optional.of(line), budget.admit("killall", line, 606 * SECOND));
    assertEquals(0, budget.takeDropped(), "nothing is lost: it is told how often");
  }

  @Test
  void whatWasSpentComesBackButNoMoreThanThat() {
    allowed("loud", 1_000, 0);
    assertEquals(0, allowed("loud", 5, SECOND));
    assertEquals(2, allowed("loud", 5, 5 * SECOND));
    assertEquals(10, allowed("loud", 1_000, 3_600 * SECOND));
  }

  @Test
  void allTogetherHaveABoundAndNoScriptIsRememberedForEver() {
    int all = 0;
    for (int i = 0; i < 10_000; i++) {
      all += allowed("script " + i, 1, 0);
    }
    assertEquals(100, all);
  }
}
