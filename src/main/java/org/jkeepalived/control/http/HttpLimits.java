package org.jkeepalived.control.http;

import java.util.concurrent.TimeUnit;
import org.jkeepalived.control.stream.AnswerStream;

/**
 * How much time there is for what, in nanoseconds.
 *
 * @param headNanos from connecting to the end of the request
 * @param pageNanos until there is a page
 * @param answer until the answer has arrived
 * @param freshNanos for how long a page is as good as a new one
 * @param againNanos until a port that was not to be had is asked for again
 */
record HttpLimits(
    long headNanos, long pageNanos, AnswerStream.Limits answer, long freshNanos, long againNanos) {

  static final HttpLimits STANDARD =
      new HttpLimits(
          TimeUnit.SECONDS.toNanos(5),
          TimeUnit.SECONDS.toNanos(15),
          new AnswerStream.Limits(
              TimeUnit.SECONDS.toNanos(5),
              TimeUnit.SECONDS.toNanos(30),
              TimeUnit.SECONDS.toNanos(5),
              256 * 1024),
          TimeUnit.SECONDS.toNanos(1),
          TimeUnit.SECONDS.toNanos(10));
}
