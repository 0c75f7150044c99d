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

  private static final String SUFFIX = ".journal";
  private static final Path DIRECTORY = Path.of("/run/jkeepalived");

  /** Of the daemon that has a pid file. */
  public static JournalPath of(Path pidFile) {
    String name = pidFile.toAbsolutePath().normalize().toString().replace('/', '-').substring(1);
    return in(DIRECTORY, name);
  }

  /** The journal of the IPVS services of the same daemon. */
  public Path services() {
    return beside(".services");
  }

  /** The journal of nftables' tables of the same daemon. */
  public Path tables() {
    return beside(".tables");
  }

  private Path beside(String suffix) {
    String name = file.getFileName().toString();
    int end = name.length() - (name.endsWith(SUFFIX) ? SUFFIX.length() : 0);
    return file.resolveSibling(name.substring(0, end) + suffix);
  }

  static JournalPath in(Path folder, String name) {
    return new JournalPath(
        folder.resolve(name + SUFFIX).toAbsolutePath(),
        folder.resolve(name + ".addresses").toAbsolutePath());
  }
}
