package org.jkeepalived.config.syntax;

import java.util.function.LongSupplier;

/**
 * How much memory the result of a reading may take: half of what the heap has left, because what is
 * made of the result takes about as much. At a reload all that runs is in the heap, too, and a file
 * that fills it would end the daemon.
 */
final class MemoryRoom {

  private final long maxBytes;
  private final LongSupplier usedBytes;
  private final Runnable collect;
  private long mostBytes;

  /** What is used is known without what nobody needs any more. */
  private boolean collected;

  /**
   * @param maxBytes of the heap
   * @param usedBytes of it, with what nobody needs any more and is still there
   * @param collect removes that: a pause, and so only done where it matters
   */
  MemoryRoom(long maxBytes, LongSupplier usedBytes, Runnable collect) {
    this.maxBytes = maxBytes;
    this.usedBytes = usedBytes;
    this.collect = collect;
    mostBytes = (maxBytes - usedBytes.getAsLong()) / 2;
  }

  /** This process's. */
  static MemoryRoom ofHeap() {
    Runtime runtime = Runtime.getRuntime();
    return new MemoryRoom(
        runtime.maxMemory(), () -> runtime.totalMemory() - runtime.freeMemory(), System::gc);
  }

  /** A room of that size, whatever the heap's. */
  static MemoryRoom of(long bytes) {
    MemoryRoom room = new MemoryRoom(2 * bytes, () -> 0, () -> {});
    room.collected = true;
    return room;
  }

  /** Whether a result of that size has room. */
  boolean holds(long bytes) {
    if (bytes > mostBytes && !collected) {
      collected = true;
      collect.run();
      // the result so far is used, too
      mostBytes = (maxBytes - usedBytes.getAsLong() + bytes) / 2;
    }
    return bytes <= mostBytes;
  }
}
