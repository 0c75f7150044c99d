package org.jkeepalived.config.grammar;

import java.util.Optional;
import java.util.OptionalInt;

/** The gratuitous ARP settings that {@code global_defs} and {@code vrrp_instance} share. */
final class AnnouncementsDraft {
  Optional<Long> delayNanos = Optional.empty();
  OptionalInt repeat = OptionalInt.empty();
  Optional<Long> refreshNanos = Optional.empty();
  OptionalInt refreshRepeat = OptionalInt.empty();
  Optional<Long> lowerPriorityDelayNanos = Optional.empty();
  OptionalInt lowerPriorityRepeat = OptionalInt.empty();
}
