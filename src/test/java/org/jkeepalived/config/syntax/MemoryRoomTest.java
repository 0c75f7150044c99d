package org.jkeepalived.config.syntax;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class MemoryRoomTest {
  private final AtomicLong used = new AtomicLong();
  private final AtomicInteger collections = new AtomicInteger();

  private MemoryRoom room(long usedFirst, long usedAfterCollection) {
    used.set(usedFirst);
    return new MemoryRoom(
        100,
        used::get,
        () -> {
          collections.incrementAndGet();
          used.set(usedAfterCollection);
        });
  }

  @Test
  void isHalfOfWhatIsLeft() {
    MemoryRoom room = room(20, 20);
    assertTrue(room.holds(40));
    assertEquals(0, collections.get());
  }

  /** The result so far, 41, is among the 61 that are used. */
  @Test
  void isFullOnlyWhenNothingCanBeCollected() {
    MemoryRoom room = room(20, 61);
    assertFalse(room.holds(41));
    assertFalse(room.holds(41));
    assertEquals(1, collections.get());
  }

  @Test
  void growsByWhatNobodyNeeds() {
    MemoryRoom room = room(80, 31);
    assertTrue(room.holds(11));
    assertTrue(room.holds(40));
    assertFalse(room.holds(41));
    assertEquals(1, collections.get());
  }

  @Test
  void canBeGiven() {
    assertTrue(MemoryRoom.of(7).holds(7));
    assertFalse(MemoryRoom.of(7).holds(8));
  }
}
