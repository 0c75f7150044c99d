package org.jkeepalived.control;

import java.util.concurrent.TimeUnit;
import org.jkeepalived.control.stream.AnswerStream;

/**
 * How long one exchange may take.
 *
 * @param lineNanos from connecting to the end of the line
 * @param commandNanos until there is an answer: a reload of 10,000 instances takes seconds, a disk
 *     that hangs for ever
 * @param answer until the answer has arrived
 */
record ControlLimits(long lineNanos, long commandNanos, AnswerStream.Limits answer) {

  static final ControlLimits STANDARD =
      new ControlLimits(
          TimeUnit.SECONDS.toNanos(5),
          TimeUnit.MINUTES.toNanos(2),
          new AnswerStream.Limits(
              TimeUnit.SECONDS.toNanos(10),
              TimeUnit.MINUTES.toNanos(1),
              TimeUnit.SECONDS.toNanos(1),
              Long.MAX_VALUE));
}
