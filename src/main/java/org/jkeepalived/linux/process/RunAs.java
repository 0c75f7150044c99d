package org.jkeepalived.linux.process;

import java.util.List;
import java.util.Objects;
import org.jkeepalived.script.Credentials;

/**
 * An account, by number and by name.
 *
 * @param credentials the numbers
 * @param user the user's name
 * @param group the group's name, or its number where it has none
 * @param groups the names, or numbers, of all groups that a process has besides
 */
public record RunAs(Credentials credentials, String user, String group, List<String> groups) {
  public RunAs {
    Objects.requireNonNull(credentials);
    Objects.requireNonNull(user);
    Objects.requireNonNull(group);
    groups = List.copyOf(groups);
  }
}
