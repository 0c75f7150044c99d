package org.jkeepalived.control;

import java.util.concurrent.TimeUnit;

/**
 * How long one exchange may take.
 *
 * @param lineNanos from connecting to the end of the line
 * @param commandNanos until there is an answer: a reload of 10,000 instances takes seconds, a disk
 *     that hangs for ever
 * @param readerNanos from a write until there is room for the next one
 * @param answerNanos for the answer as a whole, however slowly somebody reads
 */
record ControlLimits(long lineNanos, long commandNanos, long readerNanos, long answerNanos) {

  static final ControlLimits STANDARD =
      new ControlLimits(
          TimeUnit.SECONDS.toNanos(5),
          TimeUnit.MINUTES.toNanos(2),
          TimeUnit.SECONDS.toNanos(10),
          TimeUnit.MINUTES.toNanos(1));
}
