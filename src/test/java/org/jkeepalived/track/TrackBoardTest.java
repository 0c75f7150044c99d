package org.jkeepalived.track;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jkeepalived.model.TrackKind;
import org.jkeepalived.model.TrackTarget;
import org.jkeepalived.model.Tracked;
import org.jkeepalived.model.Weight;
import org.junit.jupiter.api.Test;

class TrackBoardTest {

  private static final TrackTarget SCRIPT = new TrackTarget(TrackKind.SCRIPT, "s");
  private static final TrackTarget LINK = new TrackTarget(TrackKind.INTERFACE, "eth1");
  private static final TrackTarget FILE = new TrackTarget(TrackKind.FILE, "f");

  private final TrackBoard board = new TrackBoard();

  private static Tracked tracked(TrackTarget thing, int weight) {
    return new Tracked(thing, new Weight(weight, false));
  }

  @Test
  void contributionsAddUp() {
    List<Tracked> things = List.of(tracked(SCRIPT, 10), tracked(LINK, -5), tracked(FILE, 3));
    board.put(SCRIPT, Condition.UP);
    board.put(LINK, Condition.DOWN);
    board.put(FILE, Condition.of(7));
    assertEquals(new Verdict(10 - 5 + 21, List.of(), 0), board.judge(things));
  }

  @Test
  void eachFaultIsNamedAndTheRestStillCounts() {
    List<Tracked> things = List.of(tracked(SCRIPT, 0), tracked(LINK, 0), tracked(FILE, 1));
    board.put(SCRIPT, Condition.DOWN);
    board.put(LINK, Condition.DOWN);
    board.put(FILE, Condition.of(9));
    assertEquals(new Verdict(9, things.subList(0, 2), 0), board.judge(things));
    board.put(SCRIPT, Condition.UP);
    assertEquals(new Verdict(9, things.subList(1, 2), 0), board.judge(things));
    board.put(LINK, Condition.UP);
    assertEquals(new Verdict(9, List.of(), 0), board.judge(things));
  }

  @Test
  void onlyWhatChangedIsNews() {
    assertTrue(board.put(SCRIPT, Condition.UP));
    assertFalse(board.put(SCRIPT, Condition.UP));
    assertTrue(board.put(SCRIPT, Condition.DOWN));
    assertTrue(board.put(FILE, Condition.of(1)));
    assertTrue(board.put(FILE, Condition.of(2)));
  }

  @Test
  void whatIsForgottenIsNotKnown() {
    board.put(SCRIPT, Condition.UP);
    board.put(LINK, Condition.UP);
    board.keepOnly(Set.of(SCRIPT));
    assertEquals(Optional.of(Condition.UP), board.condition(SCRIPT));
    assertEquals(Optional.empty(), board.condition(LINK));
    assertTrue(board.judge(List.of(tracked(LINK, 0))).undecided());
  }

  @Test
  void initFailTakesAwayUntilTheFirstRunSaysOtherwise() {
    List<Tracked> things = List.of(tracked(SCRIPT, -20));
    assertEquals(0, board.judge(things).adjustment());
    board.presumeDown(List.of(SCRIPT));
    assertEquals(-20, board.judge(things).adjustment());
    board.put(SCRIPT, Condition.UP);
    assertEquals(0, board.judge(things).adjustment());
  }
}
