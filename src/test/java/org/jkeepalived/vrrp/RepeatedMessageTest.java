package org.jkeepalived.vrrp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import org.junit.jupiter.api.Test;

class RepeatedMessageTest {

  private static final long SECOND_NANOS = 1_000_000_000L;

  private final InetAddress one = TestInstance.address("10.0.0.1");
  private final InetAddress two = TestInstance.address("10.0.0.2");
  private final RepeatedMessage message = new RepeatedMessage();

  @Test
  void sameMessageComesOnceAMinute() {
    assertTrue(message.admit(one, 50, 0));
    assertFalse(message.admit(one, 50, 59 * SECOND_NANOS));
    assertTrue(message.admit(one, 50, 60 * SECOND_NANOS));
    assertFalse(message.admit(one, 50, 61 * SECOND_NANOS));
  }

  @Test
  void anotherNeighbourOrValueIsNew() {
    assertTrue(message.admit(one, 50, 0));
    assertTrue(message.admit(two, 50, 1));
    assertTrue(message.admit(two, 51, 2));
    assertFalse(message.admit(one, 50, 3), "two neighbours that take turns are no news");
  }

  @Test
  void floodOfNewOnesIsAFewLinesAMinute() {
    int admitted = 0;
    for (int i = 0; i < 60_000; i++) {
      admitted += message.admit(one, i, i * SECOND_NANOS / 1_000) ? 1 : 0;
    }
    assertEquals(8, admitted);
    assertTrue(message.admit(two, 1, 61 * SECOND_NANOS));
  }
}
