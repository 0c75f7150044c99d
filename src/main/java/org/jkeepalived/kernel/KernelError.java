package org.jkeepalived.kernel;

import java.util.Objects;

/**
 * Why the kernel did not do what it was asked for.
 *
 * @param number the kernel's number for it (errno), positive; 0 where the reason is not the
 *     kernel's
 * @param text the reason in words, for the end of a log line
 */
public record KernelError(int number, String text) {
  public KernelError {
    Objects.requireNonNull(text);
  }
}
