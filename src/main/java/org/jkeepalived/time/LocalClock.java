package org.jkeepalived.time;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;

/** What the clock on the wall shows at a moment. */
public interface LocalClock {

  LocalDateTime at(Instant moment);

  /** That of a zone. */
  static LocalClock of(ZoneId zone) {
    return moment -> LocalDateTime.ofInstant(moment, zone);
  }
}
