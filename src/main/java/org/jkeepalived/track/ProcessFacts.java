package org.jkeepalived.track;

import java.util.List;
import java.util.Objects;

/**
 * What can be known of a process from outside.
 *
 * @param number the process's id
 * @param name as in {@code /proc/PID/comm}, at most 15 characters
 * @param commandLine the program as it was called, and its arguments; empty for the kernel's own
 *     threads, and where nobody wanted to know
 */
public record ProcessFacts(int number, String name, List<String> commandLine) {
  public ProcessFacts {
    Objects.requireNonNull(name);
    commandLine = List.copyOf(commandLine);
  }
}
