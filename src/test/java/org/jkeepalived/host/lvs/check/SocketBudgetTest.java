package org.jkeepalived.host.lvs.check;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class SocketBudgetTest {

  @Test
  void takesNoMoreThanThereAre() {
    SocketBudget budget = new SocketBudget(2);
    assertTrue(budget.take());
    assertTrue(budget.take());
    assertFalse(budget.take());
    budget.giveBack();
    assertTrue(budget.take());
  }
}
