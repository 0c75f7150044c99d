package org.jkeepalived.track;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class ScriptRunsTest {

  @Test
  void runsAreCountedAndMeasured() {
    ScriptRuns runs = new ScriptRuns();
    assertEquals(ScriptRuns.Look.NONE, runs.look());
    runs.begun(100);
    assertEquals(ScriptRuns.Look.NONE, runs.look(), "none is over");
    runs.ended(true, 130);
    runs.begun(1_000);
    runs.ended(false, 1_005);
    assertEquals(new ScriptRuns.Look(2, 1, 35, OptionalLong.of(5)), runs.look());
  }
}
