package org.jkeepalived.lvs.check;

import java.util.function.Consumer;

/**
 * One kind of check: what it asks and what it says. When it asks, and what its answers are worth,
 * is the same for all kinds: {@link ScheduledCheck}.
 */
public interface Checker {

  /** keepalived's name for it, such as {@code TCP_CHECK}. */
  String kind();

  /** The line for the log once all is well; empty for none. */
  String wellLine();

  /** What a mail says of it then, such as {@code TCP CHECK succeed on service}. */
  String wellMail();

  /** Whether a failure is tried again even if it is the first that is heard of the server. */
  default boolean retriesAtFirst() {
    return false;
  }

  /** How many questions there are to it, and how they follow each other. */
  default Course course() {
    return Course.ONE;
  }

  /**
   * Asks.
   *
   * @param question which of the questions, from 0
   * @param done hears the answer, never before this method has returned
   */
  Asking ask(int question, Consumer<Answer> done);

  /**
   * How the questions of a check follow each other.
   *
   * @param questions how many there are, at least 1; while the server is up they follow at once
   * @param more how many more must be answered well until a server that was down is up
   * @param recoversFast they follow at once while it is down, too, not the interval apart
   * @param byBeat the interval counts from the beginning of a run, not from its end
   */
  record Course(int questions, int more, boolean recoversFast, boolean byBeat) {
    /** There is but one question. */
    public static final Course ONE = new Course(1, 0, false, false);
  }
}
