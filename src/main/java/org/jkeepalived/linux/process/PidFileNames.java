package org.jkeepalived.linux.process;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Where pid files are unless the command line names them.
 *
 * <p>COMPAT: seen with keepalived 2.2.7 of Debian 12. keepalived(8) has keepalived_vrrp.pid instead
 * of vrrp.pid and so on; that release writes the names below. In a network namespace it mounts a
 * directory of its own on /run/keepalived; seen from outside, which is where operators look, the
 * files are in /run/keepalived/NAMESPACE.
 *
 * @param parent the daemon's
 * @param vrrp written while there are virtual routers
 * @param checkers written while there are virtual servers
 * @param bfd written while there are BFD sessions
 */
public record PidFileNames(Path parent, Path vrrp, Path checkers, Path bfd) {

  private static final Path RUN = Path.of("/run");
  private static final Path DIRECTORY = RUN.resolve("keepalived");

  /**
   * The names for an instance in a network namespace.
   *
   * @param ownDirectory {@code use_pid_dir}: in /run/keepalived even without both
   */
  public static PidFileNames of(
      Optional<String> networkNamespace, Optional<String> instance, boolean ownDirectory) {
    Path directory =
        networkNamespace
            .map(DIRECTORY::resolve)
            .orElse(ownDirectory || instance.isPresent() ? DIRECTORY : RUN);
    String end = instance.map(name -> "_" + name).orElse("") + ".pid";
    return new PidFileNames(
        directory.resolve("keepalived" + end),
        directory.resolve("vrrp" + end),
        directory.resolve("checkers" + end),
        directory.resolve("bfd" + end));
  }
}
