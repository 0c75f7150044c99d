package org.jkeepalived.model;

import java.util.Objects;
import java.util.Optional;

/**
 * Whom a script runs as.
 *
 * @param user a user's name
 * @param group a group's name; empty for the user's own
 * @param supplementaryGroups {@code set_supplementary_groups}: with the user's other groups too
 */
public record Account(String user, Optional<String> group, boolean supplementaryGroups) {
  public Account {
    Objects.requireNonNull(user);
    Objects.requireNonNull(group);
  }
}
