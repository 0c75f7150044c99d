package org.jkeepalived.config.syntax;

import java.util.Optional;

/**
 * How much memory each reading of one daemon may take. The first takes place before anything runs,
 * and may fill half of the heap. At all others VRRP runs, and a collection of the heap stops it the
 * longer the more lives in there: some lines of nested sequences must not cost a master its
 * addresses.
 *
 * <p>One reading after the other, on whatever thread.
 */
public final class ReadingBudget {

  /**
   * 10,000 instances of sixteen lines that are written out one by one take 50 MiB. To collect as
   * much takes a tenth of a second.
   */
  static final long RELOAD_BYTES = 64L << 20;

  private final long reloadBytes;
  private Optional<MemoryRoom> first = Optional.empty();

  /** That of a daemon. */
  public ReadingBudget() {
    this(RELOAD_BYTES);
  }

  /**
   * @param reloadBytes for whoever started with less than half of it
   */
  ReadingBudget(long reloadBytes) {
    this.reloadBytes = reloadBytes;
  }

  /**
   * For the next reading: what it started with is what a daemon must be able to read again, with
   * something more.
   */
  public MemoryRoom next() {
    if (first.isEmpty()) {
      first = Optional.of(MemoryRoom.ofHeap());
      return first.get();
    }
    return MemoryRoom.ofHeap(Math.max(reloadBytes, 2 * first.get().takenBytes()));
  }
}
