package org.jkeepalived.notify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.jkeepalived.dice.Dice;
import org.jkeepalived.dice.Trials;
import org.jkeepalived.model.Notifications;
import org.jkeepalived.script.CommandRunner.Order;
import org.junit.jupiter.api.Test;

/** Whatever happens, and however long the scripts take. */
class ScriptQueuePropertyTest {

  private static final What[] STATES = {What.MASTER, What.BACKUP, What.FAULT};
  private static final int SUBJECTS = 3;

  @Test
  void oneAtATimeInOrderAndTheLastStateIsTold() {
    Trials.run(300, ScriptQueuePropertyTest::oneLife);
  }

  private static void oneLife(Dice dice) {
    Stage stage = new Stage();
    What[] last = new What[SUBJECTS];
    for (int step = 1; step <= 400; step++) {
      int subject = dice.below(SUBJECTS);
      switch (dice.below(4)) {
        case 0 -> {
          last[subject] = dice.of(STATES);
          stage.notifier.happened(numbered(subject, last[subject], step));
        }
        case 1 -> stage.notifier.happened(numbered(subject, What.MASTER_RX_LOWER_PRI, step));
        case 2 -> stage.passes(dice.below(20 * Stage.SECOND_NANOS));
        default -> endOne(stage, dice);
      }
      stage.runner.running.stream()
          .filter(FakeRunner.Started::isToldToEnd)
          .toList()
          .forEach(ended -> ended.ends(FakeRunner.TERMINATED));
      assertTrue(stage.runner.running.size() <= SUBJECTS);
      for (int i = 0; i < SUBJECTS; i++) {
        assertTrue(runningOf(stage, name(i)) <= 1, "two at once");
      }
    }
    stage.allEnd();
    for (int i = 0; i < SUBJECTS; i++) {
      inOrder(stage, name(i));
      lastIsTold(stage, name(i), last[i]);
    }
  }

  private static String name(int subject) {
    return "VI_" + subject;
  }

  /** The priority says which event it was. */
  private static Event numbered(int subject, What what, int number) {
    Notifications whom = Stage.EVERY_SCRIPT;
    return what.of(Subject.instance(name(subject)), number, whom);
  }

  private static void endOne(Stage stage, Dice dice) {
    if (!stage.runner.running.isEmpty()) {
      int which = dice.below(stage.runner.running.size());
      stage.runner.running.get(which).ends(FakeRunner.SUCCESS);
    }
  }

  private static boolean isOf(Order order, String name) {
    return order.label().startsWith("(" + name + ")");
  }

  private static long runningOf(Stage stage, String name) {
    return stage.runner.running.stream().filter(run -> isOf(run.order, name)).count();
  }

  private static List<Order> of(Stage stage, String name) {
    return stage.runner.all.stream()
        .map(run -> run.order)
        .filter(order -> isOf(order, name))
        .toList();
  }

  private static void inOrder(Stage stage, String name) {
    int before = 0;
    for (Order order : of(stage, name)) {
      if (!order.moreArguments().isEmpty()) {
        int number = Integer.parseInt(order.moreArguments().get(3));
        assertTrue(number > before, "out of order");
        before = number;
      }
    }
  }

  private static void lastIsTold(Stage stage, String name, What last) {
    List<List<String>> states =
        of(stage, name).stream()
            .map(Order::moreArguments)
            .filter(arguments -> !arguments.isEmpty())
            .toList();
    if (last == null) {
      assertEquals(List.of(), states);
    } else {
      assertEquals(last.name(), states.get(states.size() - 1).get(2));
    }
  }
}
