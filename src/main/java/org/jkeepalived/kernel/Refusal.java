package org.jkeepalived.kernel;

import java.util.Objects;

/**
 * An object that could not be added.
 *
 * @param reason {@code cannot add 10.0.0.1/24 to eth0: Invalid argument}
 */
public record Refusal(KernelObject object, String reason) {
  public Refusal {
    Objects.requireNonNull(object);
    Objects.requireNonNull(reason);
  }
}
