package org.jkeepalived.config;

import java.util.Objects;

/**
 * A file of a configuration, as it was when it was read.
 *
 * @param name as the operator named it
 */
public record Source(String name, String text) {
  public Source {
    Objects.requireNonNull(name);
    Objects.requireNonNull(text);
  }
}
