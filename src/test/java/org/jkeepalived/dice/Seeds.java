package org.jkeepalived.dice;

import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.stream.LongStream;

/**
 * The seeds that a run of the tests takes: some that are always the same, so that a change that
 * breaks something is the one that fails, and a few that change with the day, so that in the long
 * run everything is seen. Whoever fails with one must print it.
 */
public final class Seeds {

  /** The seeds of a day follow one another from this multiple of its number. */
  static final long SEEDS_OF_A_DAY = 1_000_000;

  private Seeds() {}

  /** So many seeds that no other day has; all machines have the same, by UTC. */
  public static LongStream ofToday(int count) {
    return of(LocalDate.now(ZoneOffset.UTC), count);
  }

  static LongStream of(LocalDate day, int count) {
    long first = day.toEpochDay() * SEEDS_OF_A_DAY;
    return LongStream.range(first, first + count);
  }
}
