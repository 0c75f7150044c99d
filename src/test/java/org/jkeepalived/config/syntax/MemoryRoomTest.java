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
        },
        45);
  }

  private static boolean holds(MemoryRoom room, long bytes) {
    room.allocate(bytes - room.takenBytes());
    return room.suffices();
  }

  @Test
  void isHalfOfWhatIsLeft() {
    MemoryRoom room = room(20, 20);
    assertTrue(holds(room, 40));
    assertEquals(0, collections.get());
  }

  /** The result so far, 41, is among the 61 that are used. */
  @Test
  void isFullOnlyWhenNothingCanBeCollected() {
    MemoryRoom room = room(20, 61);
    assertFalse(holds(room, 41));
    assertFalse(holds(room, 41));
    assertEquals(1, collections.get());
  }

  @Test
  void growsByWhatNobodyNeeds() {
    MemoryRoom room = room(80, 31);
    assertTrue(holds(room, 11));
    assertTrue(holds(room, 40));
    assertFalse(holds(room, 41));
    assertEquals(1, collections.get());
  }

  /** As the heap has it: one character beyond Latin-1, and each takes two. */
  @Test
  void countsTheBytesOfATextAndNotItsCharacters() {
    assertEquals(4, MemoryRoom.textBytes("ab\u00e9\u00ff"));
    assertEquals(8, MemoryRoom.textBytes("ab\u00e9\u0100"));
    assertEquals(0, MemoryRoom.textBytes(""));
  }

  @Test
  void canBeGiven() {
    assertTrue(holds(MemoryRoom.of(7), 7));
    assertFalse(holds(MemoryRoom.of(7), 8));
  }

  /** Nothing is collected for what is too much in any case. */
  @Test
  void hasACeilingHoweverMuchIsLeft() {
    MemoryRoom room = room(0, 0);
    assertTrue(holds(room, 45));
    assertFalse(holds(room, 46));
    assertEquals(45, room.mostBytes());
    assertEquals(0, collections.get());
  }
}
