package org.jkeepalived.model.lvs;

import java.util.Objects;
import java.util.Optional;

/**
 * {@code UDP_CHECK}: a datagram is not refused, or is answered.
 *
 * @param payload what is sent, without free halves; empty for the usual
 * @param reply what must be answered; empty where silence is well
 */
public record UdpCheck(
    CheckSchedule schedule,
    CheckConnection connection,
    Optional<BytePattern> payload,
    Optional<Reply> reply)
    implements Check {
  public UdpCheck {
    Objects.requireNonNull(schedule);
    Objects.requireNonNull(connection);
    Objects.requireNonNull(payload);
    Objects.requireNonNull(reply);
  }

  /**
   * An answer that is well.
   *
   * @param pattern how it begins; empty where that does not matter
   * @param minLength in bytes, 0 to 65535
   * @param maxLength in bytes, 0 to 65535
   */
  public record Reply(Optional<BytePattern> pattern, int minLength, int maxLength) {
    public Reply {
      Objects.requireNonNull(pattern);
    }
  }
}
