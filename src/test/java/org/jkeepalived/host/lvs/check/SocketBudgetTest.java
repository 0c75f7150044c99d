package org.jkeepalived.host.lvs.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SocketBudgetTest {

  @ParameterizedTest
  @CsvSource({
    "65536, 100, 32768",
    "1024, 100, 512",
    "1024, 700, 260",
    "128, 50, 14",
    "90, 50, 1",
    "20, 50, 1"
  })
  void whatIsLeftForTheOthersIsEnoughForAReload(long limit, long open, long most) {
    assertEquals(most, SocketBudget.budget(limit, open));
  }

  @ParameterizedTest
  @CsvSource({"1", "3"})
  void noMoreAreTakenThanThereAre(long most) {
    SocketBudget budget = new SocketBudget(most);
    for (int i = 0; i < most; i++) {
      assertTrue(budget.take());
    }
    assertFalse(budget.take());
    budget.giveBack();
    assertTrue(budget.take());
  }
}
