package org.jkeepalived.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * What reads an output stream.
 *
 * @param there a terminal does, so a person
 * @param coloured it shows colours, and the person wants them
 */
record Terminal(boolean there, boolean coloured) {

  static final Path STANDARD_OUTPUT = Path.of("/proc/self/fd/1");
  static final Path STANDARD_ERROR = Path.of("/proc/self/fd/2");

  /**
   * @param stream one of the above
   * @param environment the process's, for {@code NO_COLOR} and {@code TERM}
   */
  static Terminal of(Path stream, Map<String, String> environment) {
    boolean there = isTerminal(stream);
    return new Terminal(
        there,
        there
            && environment.getOrDefault("NO_COLOR", "").isEmpty()
            && !"dumb".equals(environment.getOrDefault("TERM", "dumb")));
  }

  private static boolean isTerminal(Path stream) {
    try {
      String device = Files.readSymbolicLink(stream).toString();
      return device.startsWith("/dev/pts/")
          || device.startsWith("/dev/tty")
          || device.equals("/dev/console");
    } catch (IOException unknown) {
      return false;
    }
  }
}
