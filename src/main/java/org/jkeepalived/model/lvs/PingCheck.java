package org.jkeepalived.model.lvs;

import java.util.Objects;

/** {@code PING_CHECK}: an echo is answered. The ports of the connection count for nothing. */
public record PingCheck(CheckSchedule schedule, CheckConnection connection) implements Check {
  public PingCheck {
    Objects.requireNonNull(schedule);
    Objects.requireNonNull(connection);
  }
}
