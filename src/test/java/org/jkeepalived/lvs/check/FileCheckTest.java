package org.jkeepalived.lvs.check;

import static org.jkeepalived.lvs.check.CheckStage.SECOND;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jkeepalived.model.FileTracker;
import org.jkeepalived.model.Weight;
import org.jkeepalived.model.lvs.CheckSchedule;
import org.jkeepalived.model.lvs.FileCheck;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code FILE_CHECK}: what a number in a file does to a server, and the words of it. */
class FileCheckTest {

  private static final FileTracker FILE =
      new FileTracker("f2", "/run/f2", new Weight(1, false), Optional.empty());

  private static FileCheck check(int weight, boolean reversed, boolean alpha) {
    return new FileCheck(
        new CheckSchedule(60 * SECOND, 0, 0, SECOND, alpha, false),
        FILE,
        new Weight(weight, reversed));
  }

  private static CheckStage started(FileCheck check) {
    return new CheckStage(check).start().until(1);
  }

  @Test
  void aNumberIsAFailureWithWeight0() {
    CheckStage stage = started(check(0, false, false));
    assertTrue(stage.running().isUp());
    stage.files.says("f2", 0);
    stage.files.says("f2", 3);
    assertFalse(stage.running().isUp());
    stage.files.says("f2", -7);
    stage.files.says("f2", 0);
    assertTrue(stage.running().isUp());
    assertEquals(
        """
        1 log ([10.0.0.1]:tcp:80): tracked file f2 now FAULT state
        1 failed FILE CHECK failed on service
        1 log ([10.0.0.1]:tcp:80): tracked file f2 leaving FAULT state
        1 succeeded FILE CHECK succeed on service""",
        stage.happened());
    assertEquals(4, stage.running().look().runs());
    assertEquals(2, stage.running().look().failures());
    assertEquals(OptionalLong.of(0), stage.running().look().number());
  }

  @Test
  void reversedNothingIsTheFailure() {
    CheckStage stage = started(check(0, true, false));
    stage.files.says("f2", 0);
    assertEquals(
        """
        1 log ([10.0.0.1]:tcp:80): tracked file f2 now FAULT state
        1 failed FILE CHECK failed on service""",
        stage.happened());
    assertEquals("the file says 0", stage.running().look().last().orElseThrow().reason());
    stage.files.says("f2", 1);
    assertTrue(stage.running().isUp());
  }

  /** What keepalived 2.2.7 was seen to add; it knows no bounds but those of the weight's sum. */
  @ParameterizedTest
  @CsvSource({
    "   1, false,     1,     1",
    "   5, false,   254,  1270",
    "   5, false,   -30,  -150",
    "   4, false,     7,    28",
    " -60, false,  -100,  6000",
    " -60, false,     7,  -420",
    "   2,  true,     3,    -6",
    "   2,  true,    -3,     6",
    "2147483647, true, 2147483648, -1099511627776"
  })
  void numbersAreMultipliedAndAdded(int weight, boolean reversed, long number, long added) {
    CheckStage stage = started(check(weight, reversed, false));
    stage.files.says("f2", number);
    assertEquals("1 adds " + added, stage.happened());
    assertTrue(stage.running().isUp());
    stage.files.says("f2", 0);
    assertEquals("1 adds 0", stage.happened());
  }

  @Test
  void whatIsKnownBeforehandCountsFromTheFirstMomentAndIsNotTold() {
    FileNumbers files = new FileNumbers();
    files.says("f2", 3);
    CheckStage fault = new CheckStage(check(0, false, false), files);
    assertFalse(fault.running().isUp());
    fault.start().until(5);
    assertEquals("", fault.happened());
    CheckStage weighs = new CheckStage(check(7, false, false), files);
    assertEquals(21, weighs.running().added());
    weighs.start().until(5);
    assertEquals("", weighs.happened());
    // with alpha, too, there is nothing to wait for
    assertTrue(new CheckStage(check(7, false, true), files).running().isUp());
    // what is not known says nothing
    FileNumbers none = new FileNumbers();
    assertTrue(new CheckStage(check(0, false, false), none).running().isUp());
    CheckStage alpha = new CheckStage(check(7, false, true), none).start();
    assertFalse(alpha.running().isUp());
    none.says("f2", 1);
    assertEquals("0 adds 7\n0 succeeded FILE CHECK succeed on service", alpha.happened());
  }

  @Test
  void whatIsToldBetweenMakingAndStartingIsHeard() {
    FileNumbers files = new FileNumbers();
    CheckStage stage = new CheckStage(check(0, false, false), files);
    files.says("f2", 3);
    assertTrue(stage.running().isUp());
    stage.start();
    assertEquals("", stage.happened(), "not before start has returned");
    stage.until(1);
    assertTrue(stage.happened().contains("now FAULT state"));
  }

  @Test
  void suspendedAndEndedItHearsNothing() {
    CheckStage stage = started(check(0, false, false));
    stage.running().suspend();
    stage.files.says("f2", 3);
    assertEquals("", stage.happened());
    stage.running().resume(1 * SECOND);
    stage.until(2);
    assertTrue(stage.happened().contains("now FAULT state"));
    stage.running().end();
    stage.files.says("f2", 0);
    stage.running().resume(2 * SECOND);
    stage.until(3);
    assertEquals("", stage.happened());
  }

  @Test
  void filesThatAreNotTrackedAnyMoreAreForgotten() {
    FileNumbers files = new FileNumbers();
    files.says("f1", 1);
    files.says("f2", 2);
    files.keepOnly(Set.of("f1"));
    assertEquals(OptionalLong.of(1), files.of("f1"));
    assertEquals(OptionalLong.empty(), files.of("f2"));
  }
}
