package org.jkeepalived.host.track;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.jkeepalived.linux.file.FileError;
import org.jkeepalived.model.FileTracker;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes what {@code init_file} asks for.
 *
 * <p>COMPAT: as keepalived 2.2.7, the file is replaced by a new one of mode 0600, a symbolic link
 * too; {@code overwrite} counts at the start only, and a reload makes just what is missing.
 */
final class InitialFile {

  private static final Logger LOG = LoggerFactory.getLogger(InitialFile.class);

  private InitialFile() {}

  /**
   * @param file the tracker's file, absolute
   * @param starting whether the daemon starts, and does not merely reload
   */
  static void write(FileTracker tracker, String file, boolean starting) {
    if (tracker.initial().isEmpty()) {
      return;
    }
    try {
      Path path = Path.of(file);
      FileTracker.Initial initial = tracker.initial().get();
      if (starting && initial.overwrite() || !Files.exists(path)) {
        replace(tracker.name(), path, initial.value());
      }
    } catch (InvalidPathException e) {
      LOG.info("Unable to initialise track file {}: {}", tracker.name(), e.getMessage());
    }
  }

  private static void replace(String name, Path path, int value) {
    try {
      if (Files.exists(path) && !Files.isRegularFile(path)) {
        throw new IOException(path + ": not a regular file");
      }
      if (!Files.isDirectory(path.getParent())) {
        throw new NoSuchFileException(path.toString());
      }
      // made with mode 0600, whatever the umask is
      Path fresh = Files.createTempFile(path.getParent(), path.getFileName().toString(), "");
      try {
        Files.write(fresh, (value + "\n").getBytes(StandardCharsets.US_ASCII));
        Files.move(
            fresh, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      } finally {
        Files.deleteIfExists(fresh);
      }
    } catch (IOException e) {
      LOG.info("Unable to initialise track file {}: {}", name, FileError.text(e, path));
    }
  }
}
