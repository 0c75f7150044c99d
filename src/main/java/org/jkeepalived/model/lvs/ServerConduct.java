package org.jkeepalived.model.lvs;

import java.util.Objects;
import java.util.Optional;

/**
 * How a real server is looked after; a virtual server says it for all of its own.
 *
 * @param alpha it is down until its checks have succeeded
 * @param inhibited {@code inhibit_on_failure}: it stays in the table with weight 0 when it fails
 * @param virtualHost which host HTTP checks ask for; of a real server what it says itself
 * @param times when it is checked
 */
public record ServerConduct(
    boolean alpha, boolean inhibited, Optional<String> virtualHost, CheckTimes times) {
  public ServerConduct {
    Objects.requireNonNull(virtualHost);
    Objects.requireNonNull(times);
  }

  /** Without a word about checks. */
  public static ServerConduct of(boolean alpha, boolean inhibited) {
    return new ServerConduct(alpha, inhibited, Optional.empty(), CheckTimes.STANDARD);
  }
}
