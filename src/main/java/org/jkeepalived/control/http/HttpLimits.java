package org.jkeepalived.control.http;

import java.util.concurrent.TimeUnit;

/**
 * How much time there is for what, in nanoseconds.
 *
 * @param headNanos from connecting to the end of the request
 * @param pageNanos until there is a page
 * @param readerNanos from a write until there is room for the next one
 * @param answerNanos for the answer as a whole, however slowly somebody reads
 * @param freshNanos for how long a page is as good as a new one
 * @param againNanos until a port that was not to be had is asked for again
 */
record HttpLimits(
    long headNanos,
    long pageNanos,
    long readerNanos,
    long answerNanos,
    long freshNanos,
    long againNanos) {

  static final HttpLimits STANDARD =
      new HttpLimits(
          TimeUnit.SECONDS.toNanos(5),
          TimeUnit.SECONDS.toNanos(15),
          TimeUnit.SECONDS.toNanos(5),
          TimeUnit.SECONDS.toNanos(30),
          TimeUnit.SECONDS.toNanos(1),
          TimeUnit.SECONDS.toNanos(10));
}
