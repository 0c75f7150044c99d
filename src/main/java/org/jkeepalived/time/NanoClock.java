package org.jkeepalived.time;

/** CLOCK_MONOTONIC as its owner's loop read it last: it stands still within one step. */
@FunctionalInterface
public interface NanoClock {

  /** Nanoseconds since an arbitrary moment; compare by subtraction. */
  long nowNanos();
}
