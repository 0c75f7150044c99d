package org.jkeepalived.model.lvs;

import java.util.Objects;
import org.jkeepalived.model.Command;

/**
 * {@code MISC_CHECK}: a command succeeds.
 *
 * @param timeoutNanos after which it is ended and has failed, more than 0
 * @param dynamic {@code misc_dynamic}: an exit status from 2 sets the weight
 */
public record MiscCheck(CheckSchedule schedule, Command command, long timeoutNanos, boolean dynamic)
    implements Check {
  public MiscCheck {
    Objects.requireNonNull(schedule);
    Objects.requireNonNull(command);
  }
}
