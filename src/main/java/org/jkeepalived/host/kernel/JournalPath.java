package org.jkeepalived.host.kernel;

import java.nio.file.Path;

/**
 * Where a daemon writes down what it put into the kernel: under /run, one file for each pid file.
 *
 * @param file the journal
 * @param former the journal of a jkeepalived that put nothing but addresses there: it may have been
 *     killed, and what it wrote down is still to be removed
 */
public record JournalPath(Path file, Path former) {

  private static final Path DIRECTORY = Path.of("/run/jkeepalived");

  /** Of the daemon that has a pid file. */
  public static JournalPath of(Path pidFile) {
    String name = pidFile.toAbsolutePath().normalize().toString().replace('/', '-').substring(1);
    return in(DIRECTORY, name);
  }

  static JournalPath in(Path folder, String name) {
    return new JournalPath(
        folder.resolve(name + ".journal").toAbsolutePath(),
        folder.resolve(name + ".addresses").toAbsolutePath());
  }
}
