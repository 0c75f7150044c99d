package org.jkeepalived.time;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;

/** What the clock on the wall shows at a moment. Any thread may ask. */
public interface LocalClock {

  OffsetDateTime at(Instant moment);

  /** That of a zone. */
  static LocalClock of(ZoneId zone) {
    return moment -> OffsetDateTime.ofInstant(moment, zone);
  }
}
