package org.jkeepalived.config.grammar;

import java.util.Optional;
import java.util.OptionalLong;
import org.jkeepalived.model.lvs.CheckTimes;

/**
 * What a virtual server, a real server or a check says of when to check. A real server has what it
 * does not say from its virtual server, and a check from its real server.
 */
final class TimingDraft {

  Optional<Long> retries = Optional.empty();
  Optional<Long> retryNanos = Optional.empty();
  Optional<Long> warmupNanos = Optional.empty();
  Optional<Long> timeoutNanos = Optional.empty();
  Optional<Long> intervalNanos = Optional.empty();

  /** A draft that says such things. */
  interface Timed extends Draft {
    TimingDraft timing();
  }

  /** The same, and what another says where this one is silent. */
  TimingDraft over(TimingDraft other) {
    TimingDraft both = new TimingDraft();
    both.retries = retries.or(() -> other.retries);
    both.retryNanos = retryNanos.or(() -> other.retryNanos);
    both.warmupNanos = warmupNanos.or(() -> other.warmupNanos);
    both.timeoutNanos = timeoutNanos.or(() -> other.timeoutNanos);
    both.intervalNanos = intervalNanos.or(() -> other.intervalNanos);
    return both;
  }

  /** What holds where checks say nothing. */
  CheckTimes complete() {
    return new CheckTimes(
        intervalNanos.orElse(CheckTimes.STANDARD.intervalNanos()),
        timeoutNanos.orElse(CheckTimes.STANDARD.timeoutNanos()),
        primitive(warmupNanos),
        primitive(retries),
        primitive(retryNanos));
  }

  private static OptionalLong primitive(Optional<Long> value) {
    return value.map(OptionalLong::of).orElseGet(OptionalLong::empty);
  }
}
