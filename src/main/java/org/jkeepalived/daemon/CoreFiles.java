package org.jkeepalived.daemon;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.jkeepalived.linux.process.CorePattern;
import org.jkeepalived.linux.process.OwnProcess;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Core files as {@code -m} and {@code -M} ask for them, for as long as the daemon runs.
 *
 * <p>COMPAT: what this process may not change, such as a read-only /proc/sys in a container, is
 * worth a line in the log, but no reason not to run.
 */
final class CoreFiles implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(CoreFiles.class);

  private final Optional<CorePattern> changed;

  private CoreFiles(Optional<CorePattern> changed) {
    this.changed = changed;
  }

  /**
   * Makes what is asked for so.
   *
   * @param patternFile {@link CorePattern#FILE}
   */
  static CoreFiles set(DaemonOptions.CoreDump asked, Path patternFile) {
    if (asked.allowed()) {
      try {
        OwnProcess.allowCoreDumps();
      } catch (IOException e) {
        LOG.warn("Failed to set core file size: {}", e.getMessage());
      }
    }
    return new CoreFiles(asked.pattern().flatMap(pattern -> write(patternFile, pattern)));
  }

  private static Optional<CorePattern> write(Path file, String pattern) {
    try {
      return Optional.of(CorePattern.set(file, pattern));
    } catch (IOException e) {
      LOG.warn("Unable to read/write core_pattern: {}", e.toString());
      return Optional.empty();
    }
  }

  /** Puts the kernel's pattern back. */
  @Override
  public void close() {
    changed.ifPresent(
        pattern -> {
          try {
            pattern.close();
          } catch (IOException e) {
            LOG.warn("Unable to restore core_pattern: {}", e.toString());
          }
        });
  }
}
