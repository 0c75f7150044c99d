package org.jkeepalived.script;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class LineBudgetTest {

  private static final long SECOND = 1_000_000_000L;

  private final LineBudget budget = new LineBudget(0);

  private int allowed(String script, int lines, long nowNanos) {
    int count = 0;
    for (int i = 0; i < lines; i++) {
      if (budget.spend(script, nowNanos)) {
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
