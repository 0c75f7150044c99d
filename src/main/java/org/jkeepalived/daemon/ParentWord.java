package org.jkeepalived.daemon;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import org.jkeepalived.linux.file.FileError;
import org.jkeepalived.linux.file.RegularFile;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which process will start a daemon in the background again, as the launcher's {@code supervise}
 * does: a number in a file under /run, for whoever asks while no daemon runs. It stays where the
 * daemon ends otherwise than by its own will, and counts as long as that process is there.
 */
final class ParentWord {

  private static final Logger LOG = LoggerFactory.getLogger(ParentWord.class);

  private static final String MARK = "--supervise";

  private final Path file;

  ParentWord(Path file) {
    this.file = file;
  }

  /** Says that this process's parent is the one. */
  void leave() {
    try {
      long parent = ProcessHandle.current().parent().map(ProcessHandle::pid).orElse(0L);
      RegularFile.replace(file, parent + "\n");
    } catch (IOException e) {
      LOG.debug("{}", FileError.text(e, file));
    }
  }

  /** The daemon is not to be started again. */
  void withdraw() {
    try {
      RegularFile.remove(file);
    } catch (IOException e) {
      LOG.debug("{}", FileError.text(e, file));
    }
  }

  /** Nobody is there who would start it again. */
  void withdrawIfGone() {
    if (!supervises(number(file))) {
      withdraw();
    }
  }

  /**
   * The process that starts the daemon again.
   *
   * @return empty where there is none, or where the daemon itself is there
   */
  OptionalLong restarter(Path pidFile) {
    long parent = number(file);
    return parent > 0 && supervises(parent) && !isThere(number(pidFile))
        ? OptionalLong.of(parent)
        : OptionalLong.empty();
  }

  private static boolean isThere(long process) {
    return process > 0 && ProcessHandle.of(process).isPresent();
  }

  private static boolean supervises(long process) {
    try {
      Path words = Path.of("/proc/" + process + "/cmdline");
      return Files.readString(words, StandardCharsets.ISO_8859_1).contains(MARK);
    } catch (IOException gone) {
      return false;
    }
  }

  private static long number(Path file) {
    try {
      return Long.parseLong(Files.readString(file, StandardCharsets.ISO_8859_1).strip());
    } catch (IOException | NumberFormatException nothing) {
      return 0;
    }
  }
}
