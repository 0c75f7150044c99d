package org.jkeepalived.config.syntax;

import java.util.function.LongSupplier;

/**
 * How much memory the result of a reading may take: half of what the heap has left, because what is
 * made of the result takes about as much. At a reload all that runs is in the heap, too, and a file
 * that fills it would end the daemon; long before, collecting it would stop VRRP ({@link
 * ReadingBudget}).
 */
public final class MemoryRoom {

  private static final char MOST_OF_ONE_BYTE = 0xff;

  private final long maxBytes;
  private final LongSupplier usedBytes;
  private final Runnable collect;
  private final long ceilingBytes;
  private long mostBytes;
  private long takenBytes;

  /** What is used is known without what nobody needs any more. */
  private boolean collected;

  /**
   * @param maxBytes of the heap
   * @param usedBytes of it, with what nobody needs any more and is still there
   * @param collect removes that: a pause, and so only done where it matters
   * @param ceilingBytes never more than this, whatever is left
   */
  MemoryRoom(long maxBytes, LongSupplier usedBytes, Runnable collect, long ceilingBytes) {
    this.maxBytes = maxBytes;
    this.usedBytes = usedBytes;
    this.collect = collect;
    this.ceilingBytes = ceilingBytes;
    mostBytes = (maxBytes - usedBytes.getAsLong()) / 2;
  }

  /** This process's. */
  static MemoryRoom ofHeap() {
    return ofHeap(Long.MAX_VALUE);
  }

  /** This process's, as far as it is not more than so many bytes. */
  static MemoryRoom ofHeap(long ceilingBytes) {
    Runtime runtime = Runtime.getRuntime();
    return new MemoryRoom(
        runtime.maxMemory(),
        () -> runtime.totalMemory() - runtime.freeMemory(),
        System::gc,
        ceilingBytes);
  }

  /** A room of that size, whatever the heap's. */
  static MemoryRoom of(long bytes) {
    MemoryRoom room = new MemoryRoom(2 * bytes, () -> 0, () -> {}, bytes);
    room.collected = true;
    return room;
  }

  /** How much the characters of a text take: each two bytes where one does not fit into one. */
  static long textBytes(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) > MOST_OF_ONE_BYTE) {
        return 2L * text.length();
      }
    }
    return text.length();
  }

  /** Counts memory that is kept. */
  void allocate(long bytes) {
    takenBytes += bytes;
  }

  /** How much was counted. */
  long takenBytes() {
    return takenBytes;
  }

  /** Whether what was counted has room; may collect the heap, once, to know. */
  boolean suffices() {
    if (takenBytes > ceilingBytes) {
      return false;
    }
    if (takenBytes > mostBytes && !collected) {
      collected = true;
      collect.run();
      // the result so far is used, too
      mostBytes = (maxBytes - usedBytes.getAsLong() + takenBytes) / 2;
    }
    return takenBytes <= mostBytes;
  }

  /** The most that may be counted, as far as is known. */
  long mostBytes() {
    return Math.min(ceilingBytes, mostBytes);
  }
}
