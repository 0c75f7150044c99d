package org.jkeepalived.status;

import java.util.Objects;

/**
 * An instance has entered a state.
 *
 * @param nanos when, by VRRP's clock
 * @param instance its name then
 * @param from the state before, by keepalived's word, or INIT
 * @param to the state
 * @param cause why, in words for the operator
 */
public record StateChange(long nanos, String instance, String from, String to, String cause) {
  public StateChange {
    Objects.requireNonNull(instance);
    Objects.requireNonNull(from);
    Objects.requireNonNull(to);
    Objects.requireNonNull(cause);
  }
}
