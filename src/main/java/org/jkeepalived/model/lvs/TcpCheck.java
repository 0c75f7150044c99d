package org.jkeepalived.model.lvs;

import java.util.Objects;

/** {@code TCP_CHECK}: a connection can be opened. */
public record TcpCheck(CheckSchedule schedule, CheckConnection connection) implements Check {
  public TcpCheck {
    Objects.requireNonNull(schedule);
    Objects.requireNonNull(connection);
  }
}
