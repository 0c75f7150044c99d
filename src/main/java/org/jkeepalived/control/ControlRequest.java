package org.jkeepalived.control;

import java.util.List;
import java.util.Objects;

/**
 * A line that somebody has sent.
 *
 * @param words what stands behind the command's name
 * @param asker who has sent it
 */
public record ControlRequest(List<String> words, Asker asker) {

  /**
   * Who asks, as the kernel says.
   *
   * @param user the user's number
   * @param process the process's; 0 where it is not to be seen from here
   */
  public record Asker(String user, int process) {
    public Asker {
      Objects.requireNonNull(user);
    }

    /** Whether it is somebody who may read any file of this machine without the daemon. */
    public boolean mayReadAll() {
      return user.equals("0");
    }

    /** For the log. */
    @Override
    public String toString() {
      return (mayReadAll() ? "root" : "user " + user) + " (process " + process + ")";
    }
  }

  public ControlRequest {
    words = List.copyOf(words);
    Objects.requireNonNull(asker);
  }
}
