package org.jkeepalived.notify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.jkeepalived.model.Notifications;
import org.jkeepalived.notify.Event.What;
import org.jkeepalived.script.CommandRunner.Order;

/** Whatever happens, and however long the scripts take. */
class ScriptQueuePropertyTest {

  private static final What[] STATES = {What.MASTER, What.BACKUP, What.FAULT};
  private static final int SUBJECTS = 3;

  @Property(tries = 300)
  void oneAtATimeInOrderAndTheLastStateIsTold(@ForAll long seed) {
    Random dice = new Random(seed);
    Stage stage = new Stage();
    What[] last = new What[SUBJECTS];
    for (int step = 1; step <= 400; step++) {
      int subject = dice.nextInt(SUBJECTS);
      switch (dice.nextInt(4)) {
        case 0 -> {
          last[subject] = STATES[dice.nextInt(STATES.length)];
          stage.notifier.happened(numbered(subject, last[subject], step));
        }
        case 1 -> stage.notifier.happened(numbered(subject, What.MASTER_RX_LOWER_PRI, step));
        case 2 -> stage.passes(dice.nextLong(20 * Stage.SECOND_NANOS));
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
    return new Event(Event.Subject.INSTANCE, name(subject), what, number, whom);
  }

  private static void endOne(Stage stage, Random dice) {
    if (!stage.runner.running.isEmpty()) {
      int which = dice.nextInt(stage.runner.running.size());
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
