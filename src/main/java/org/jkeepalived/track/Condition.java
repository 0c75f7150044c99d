package org.jkeepalived.track;

/**
 * How a tracked thing is.
 *
 * @param up whether it is well
 * @param number what a file says, 0 where it is none or says nothing; of other things, 0
 */
public record Condition(boolean up, long number) {
  public static final Condition UP = new Condition(true, 0);
  public static final Condition DOWN = new Condition(false, 0);

  // a record's own are made at run time when they are first used: 20 ms of the daemon's start
  @Override
  public boolean equals(Object other) {
    return other instanceof Condition condition && up == condition.up && number == condition.number;
  }

  @Override
  public int hashCode() {
    return 31 * Boolean.hashCode(up) + Long.hashCode(number);
  }

  /** A file that holds a number: 0 is well. */
  public static Condition of(long number) {
    return new Condition(number == 0, number);
  }
}
