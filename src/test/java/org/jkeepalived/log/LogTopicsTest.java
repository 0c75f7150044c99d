package org.jkeepalived.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

final class LogTopicsTest {

  private static final Logger SCRIPTS = LoggerFactory.getLogger("org.jkeepalived.host.script.One");

  private final LogTopics topics = new LogTopics();

  @AfterEach
  void standard() {
    topics.set("scripts", LogTopics.STANDARD);
  }

  @Test
  void aTopicLogsMoreUntilItIsStandardAgain() {
    List<String> before = topics.shown();
    assertEquals(Optional.empty(), topics.set("scripts", "trace"));
    assertTrue(SCRIPTS.isTraceEnabled());
    assertTrue(topics.shown().contains("scripts trace"), topics.shown()::toString);
    assertEquals(Optional.empty(), topics.set("scripts", "error"));
    assertFalse(SCRIPTS.isWarnEnabled());
    assertEquals(Optional.empty(), topics.set("scripts", LogTopics.STANDARD));
    assertEquals(before, topics.shown());
  }

  @Test
  void allIsEachTopicWhateverWasSaidOfOneBefore() {
    assertEquals(Optional.empty(), topics.set("scripts", "trace"));
    assertEquals(Optional.empty(), topics.set("all", "warn"));
    assertTrue(topics.shown().stream().allMatch(line -> line.endsWith(" warn")));
    assertFalse(SCRIPTS.isInfoEnabled());
    assertEquals(Optional.empty(), topics.set("all", LogTopics.STANDARD));
  }

  @Test
  void whatIsNotKnownIsAnsweredByWhatIs() {
    assertTrue(topics.set("scirpts", "trace").orElseThrow().contains("there are all, vrrp, lvs,"));
    assertEquals(
        "There is no level 'loud'; there are error, warn, info, debug, trace and standard",
        topics.set("scripts", "loud").orElseThrow());
    assertFalse(SCRIPTS.isTraceEnabled());
  }
}
