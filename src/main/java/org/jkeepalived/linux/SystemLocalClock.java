package org.jkeepalived.linux;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.jkeepalived.time.LocalClock;

/**
 * Local time as the C library has it, by {@code TZ} or {@code /etc/localtime}: keepalived asks the
 * same. Java's own zones look through every library of the program for further ones, and read them
 * all: 20 ms of a start. Where the C library cannot be called it is UTC.
 *
 * <p>Nothing is loaded before it is asked for the first time.
 */
public final class SystemLocalClock implements LocalClock {

  private LocalClock clock = this::first;

  @Override
  public synchronized OffsetDateTime at(Instant moment) {
    return clock.at(moment);
  }

  private OffsetDateTime first(Instant moment) {
    try {
      clock = new Calls();
    } catch (LinkageError noLibrary) {
      clock = LocalClock.of(ZoneOffset.UTC);
    }
    return clock.at(moment);
  }

  /** Calls localtime_r(3). */
  private static final class Calls implements LocalClock {

    private static final NativeFunction LOCALTIME_R = NativeFunction.ofLibc("localtime_r");

    /** {@code struct tm}, of which the offset from UTC in seconds is wanted. */
    private static final int TM_BYTES = 56;

    private static final int TM_GMTOFF = 40;

    /** A {@code time_t}, and behind it the structure. */
    private final NativeMemory memory = NativeMemory.allocate(Long.BYTES + TM_BYTES);

    @Override
    public OffsetDateTime at(Instant moment) {
      memory.bytes().putLong(0, moment.getEpochSecond());
      memory.lend(at -> LOCALTIME_R.call(at, at + Long.BYTES));
      int offset = (int) memory.bytes().getLong(Long.BYTES + TM_GMTOFF);
      return moment.atOffset(ZoneOffset.ofTotalSeconds(offset));
    }
  }
}
