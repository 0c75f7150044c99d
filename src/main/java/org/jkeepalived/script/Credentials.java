package org.jkeepalived.script;

import java.util.List;

/**
 * An account as the kernel knows it.
 *
 * @param user the user's number
 * @param group the group's number
 * @param groups all groups that a process has besides, at least {@code group}
 */
public record Credentials(int user, int group, List<Integer> groups) {
  public Credentials {
    groups = List.copyOf(groups);
  }

  /** Whether a process has the group. */
  public boolean isIn(int other) {
    return group == other || groups.contains(other);
  }

  public boolean isRoot() {
    return user == 0;
  }
}
