package org.jkeepalived.daemon;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jkeepalived.linux.file.FileError;
import org.jkeepalived.linux.process.OwnProcess;
import org.jkeepalived.linux.process.PidFile;
import org.jkeepalived.linux.process.PidFileNames;
import org.jkeepalived.model.Configuration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The pid files that this daemon has, from before it starts anything until all has stopped.
 *
 * <p>COMPAT: keepalived's VRRP process and its checkers' have files of their own, to which scripts
 * send signals. Here one process has all of them, with the same number in each.
 */
final class PidFiles implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(PidFiles.class);

  private final List<PidFile> taken = new ArrayList<>();
  private final Path checkersFile;
  private boolean hasCheckers;

  private PidFiles(Path checkersFile) {
    this.checkersFile = checkersFile;
  }

  /**
   * Takes the files.
   *
   * @param given those that the command line names
   * @param usual where they are otherwise
   * @param vrrp take that of VRRP, too
   * @param checkers take that of the checkers, too
   * @return empty if another daemon has one of these files, which the log says
   * @throws IOException if a file cannot be written
   */
  static Optional<PidFiles> take(
      DaemonOptions.PidFiles given, PidFileNames usual, boolean vrrp, boolean checkers)
      throws IOException {
    PidFiles files = new PidFiles(given.checkers().orElse(usual.checkers()));
    boolean all = false;
    try {
      all =
          files.take(given.parent().orElse(usual.parent()))
              && (!vrrp || files.take(given.vrrp().orElse(usual.vrrp())))
              && (!checkers || files.takeCheckers());
    } finally {
      if (!all) {
        files.close();
      }
    }
    return all ? Optional.of(files) : Optional.empty();
  }

  private boolean take(Path path) throws IOException {
    Optional<PidFile> file = PidFile.take(path, OwnProcess.id());
    if (file.isEmpty()) {
      LOG.error("daemon is already running ({} is locked by it)", path);
    }
    file.ifPresent(taken::add);
    return file.isPresent();
  }

  private boolean takeCheckers() throws IOException {
    hasCheckers = take(checkersFile);
    return hasCheckers;
  }

  /**
   * Takes the checkers' file, too, once a reload has brought the first virtual server, as
   * keepalived starts its process then. Kept from then on. What stands in the way is logged, and
   * tried again at the next reload: the service itself does not depend on it.
   */
  void follow(Configuration next) {
    if (hasCheckers || next.director().servers().isEmpty()) {
      return;
    }
    try {
      takeCheckers();
    } catch (IOException e) {
      LOG.warn("{}", FileError.text(e, checkersFile));
    }
  }

  /** The daemon's own file. */
  Path parent() {
    return taken.get(0).path();
  }

  /** Removes the files. */
  @Override
  public void close() {
    for (PidFile file : taken) {
      try {
        file.close();
      } catch (IOException e) {
        LOG.warn("{}", FileError.text(e, file.path()));
      }
    }
  }
}
