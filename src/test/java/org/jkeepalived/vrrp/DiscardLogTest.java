package org.jkeepalived.vrrp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class DiscardLogTest {

  private static final long SECOND_NANOS = 1_000_000_000L;

  /** The clock wraps in the middle of the test. */
  private static final long START_NANOS = Long.MAX_VALUE - 5 * SECOND_NANOS;

  @Test
  void oneLineAReasonInTenSecondsAndThenHowManyThereWere() {
    DiscardLog log = new DiscardLog();
    assertEquals(OptionalLong.of(0), log.admit(Discard.TTL, START_NANOS));
    assertEquals(OptionalLong.empty(), log.admit(Discard.TTL, START_NANOS + 1));
    assertEquals(OptionalLong.of(0), log.admit(Discard.CHECKSUM, START_NANOS + 1));
    assertEquals(OptionalLong.empty(), log.admit(Discard.TTL, START_NANOS + 10 * SECOND_NANOS - 1));
    assertEquals(OptionalLong.of(2), log.admit(Discard.TTL, START_NANOS + 10 * SECOND_NANOS));
    assertEquals(OptionalLong.empty(), log.admit(Discard.TTL, START_NANOS + 11 * SECOND_NANOS));
    assertEquals(OptionalLong.of(1), log.admit(Discard.TTL, START_NANOS + 99 * SECOND_NANOS));
  }

  @Test
  void repeatedMessageIsAdmittedWhenItSaysSomethingNewAndOnceAMinute() {
    RepeatedMessage message = new RepeatedMessage();
    assertTrue(message.admit(TestInstance.address("10.0.0.1"), 100, START_NANOS));
    assertFalse(message.admit(TestInstance.address("10.0.0.1"), 100, START_NANOS + SECOND_NANOS));
    assertTrue(message.admit(TestInstance.address("10.0.0.2"), 100, START_NANOS + SECOND_NANOS));
    assertTrue(message.admit(TestInstance.address("10.0.0.2"), 90, START_NANOS + SECOND_NANOS));
    assertFalse(
        message.admit(TestInstance.address("10.0.0.2"), 90, START_NANOS + 61 * SECOND_NANOS - 1));
    assertTrue(
        message.admit(TestInstance.address("10.0.0.2"), 90, START_NANOS + 61 * SECOND_NANOS));
  }
}
