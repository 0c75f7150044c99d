package org.jkeepalived.host.kernel;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;

/**
 * Where a daemon writes down what it put into the kernel: under /run, one file for each pid file.
 *
 * @param file the journal
 * @param former the journal of a jkeepalived that put nothing but addresses there: it may have been
 *     killed, and what it wrote down is still to be removed
 */
public record JournalPath(Path file, Path former) {

  private static final String SUFFIX = ".journal";

  /** unix(7), in bytes. */
  private static final int MOST_SOCKET_NAME = 107;

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

  /** Which process starts the same daemon again. */
  public Path parent() {
    return beside(".parent");
  }

  /** The same daemon's network namespace. */
  Path namespace() {
    return beside(".namespace");
  }

  /**
   * The socket on which the same daemon is asked. Its name says no more than its end of a pid file
   * whose name is too long for a socket's.
   */
  public Path socket() {
    Path whole = beside(".control");
    int most = MOST_SOCKET_NAME - file.getParent().toString().length();
    String name = name();
    if (whole.toString().getBytes(StandardCharsets.UTF_8).length <= MOST_SOCKET_NAME) {
      return whole;
    }
    String mark = String.format(Locale.ROOT, "%08x-", name.hashCode());
    String end = name.replaceAll("[^ -~]", "_");
    int kept = Math.max(0, most - mark.length() - ".control".length() - 1);
    return file.resolveSibling(mark + end.substring(Math.max(0, end.length() - kept)) + ".control");
  }

  /**
   * A file of the same daemon that is to outlive the machine's next start.
   *
   * @param folder where such files are
   * @param suffix what it is, with the point
   */
  public Path lasting(Path folder, String suffix) {
    return folder.resolve(name() + suffix);
  }

  private String name() {
    String name = file.getFileName().toString();
    int end = name.length() - (name.endsWith(SUFFIX) ? SUFFIX.length() : 0);
    return name.substring(0, end);
  }

  private Path beside(String suffix) {
    return file.resolveSibling(name() + suffix);
  }

  static JournalPath in(Path folder, String name) {
    return new JournalPath(
        folder.resolve(name + SUFFIX).toAbsolutePath(),
        folder.resolve(name + ".addresses").toAbsolutePath());
  }
}
