package org.jkeepalived.track;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.jkeepalived.dice.Trials;
import org.jkeepalived.model.TrackKind;
import org.jkeepalived.model.TrackTarget;
import org.jkeepalived.model.Tracked;
import org.jkeepalived.model.Weight;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The arithmetic of priorities, sentence by sentence of keepalived.conf(5). */
class ContributionTest {

  private static Tracked tracked(TrackKind kind, int weight, boolean reversed) {
    return new Tracked(new TrackTarget(kind, "x"), new Weight(weight, reversed));
  }

  /** {@code F} is a fault. */
  private static String text(Contribution contribution) {
    return contribution.fault() ? "F" : Integer.toString(contribution.added());
  }

  @ParameterizedTest(name = "weight {0} reverse {1}: up {2}, down {3}")
  @CsvSource({
    // "a failure implies a FAULT state"; reverse: "down when the quorum is up, and vice versa"
    "0, false, 0, F",
    "0, true, F, 0",
    // "priority will be increased by the weight when the interface is up (for positive weights)"
    "10, false, 10, 0",
    // "or decreased by the weight's absolute value when the interface is down (for negative)"
    "-10, false, 0, -10",
    // "unless reverse is specified, in which case the direction of adjustment is reversed"
    "10, true, -10, 0",
    "-10, true, 0, 10",
    "253, false, 253, 0",
    "-253, false, 0, -253",
    "-254, true, 0, 254",
  })
  void interfacesScriptsAndProcesses(int weight, boolean reversed, String up, String down) {
    for (TrackKind kind : List.of(TrackKind.INTERFACE, TrackKind.SCRIPT, TrackKind.PROCESS)) {
      Tracked tracked = tracked(kind, weight, reversed);
      assertEquals(up, text(Contribution.of(tracked, Condition.UP)), kind + " up");
      assertEquals(down, text(Contribution.of(tracked, Condition.DOWN)), kind + " down");
    }
  }

  @ParameterizedTest(name = "weight {0} reverse {1}, file says {2}")
  @CsvSource({
    // "if the weight is 0, a non-zero value is a failure status, and a zero value an OK status"
    "0, false, 0, 0",
    "0, false, 1, F",
    "0, false, -1, F",
    "0, true, 0, F",
    "0, true, 7, 0",
    // "otherwise the value will be multiplied by the weight"
    "1, false, 7, 7",
    "5, false, 7, 35",
    "-1, false, 7, -7",
    "1, true, 7, -7",
    "-5, true, 7, 35",
    // "if the result is less than -253 anything monitoring will transition to the fault state"
    "1, false, -253, -253",
    "1, false, -254, F",
    "-1, false, 254, F",
    "254, false, -1, F",
    "10, true, 30, F",
    // observed: more than 253 counts as 253
    "1, false, 253, 253",
    "1, false, 300, 253",
    "10, true, -200, 253",
    // nothing overflows
    "2147483647, false, 9223372036854775807, 253",
    "2147483647, false, -9223372036854775808, F",
    "-2147483647, false, 9223372036854775807, F",
    "-2147483647, true, -9223372036854775808, F",
  })
  void files(int weight, boolean reversed, long number, String expected) {
    assertEquals(
        expected,
        text(Contribution.of(tracked(TrackKind.FILE, weight, reversed), Condition.of(number))));
  }

  @ParameterizedTest
  @EnumSource(TrackKind.class)
  void whatIsNotKnownAddsNothing(TrackKind kind) {
    for (int weight : List.of(10, -10)) {
      Tracked tracked = tracked(kind, weight, false);
      assertEquals(
          Verdict.NOTHING, Verdict.of(List.of(tracked), thing -> Optional.empty(), thing -> false));
    }
    Verdict fault =
        Verdict.of(List.of(tracked(kind, 0, false)), thing -> Optional.empty(), thing -> true);
    assertEquals(new Verdict(0, List.of(), 1), fault);
  }

  @Test
  void anyNumberAndWeightStayInBounds() {
    Trials.run(
        1000,
        dice -> {
          TrackKind kind = dice.of(TrackKind.values());
          int weight = kind == TrackKind.FILE ? dice.anyInt() : dice.between(-254, 254);
          Tracked tracked = tracked(kind, weight, dice.flip());
          Contribution made = Contribution.of(tracked, Condition.of(dice.anyLong()));
          assertTrue(Math.abs(made.added()) <= 254, made::toString);
          assertTrue(!made.fault() || made.added() == 0, made::toString);
        });
  }
}
