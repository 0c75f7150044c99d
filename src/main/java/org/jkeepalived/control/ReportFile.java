package org.jkeepalived.control;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.function.Consumer;

/**
 * A file for others to read, in a folder where everybody may write. The new file is made under a
 * name that nobody knows, with the mode that the process's umask leaves it, and takes the place of
 * the old one at once: a symbolic link that somebody put there is replaced, not followed, and a
 * reader never sees half.
 */
final class ReportFile {

  /** COMPAT: as keepalived's, what the umask leaves of it: nothing for others, unless set. */
  private static final Set<PosixFilePermission> FOR_ALL =
      PosixFilePermissions.fromString("rw-rw-rw-");

  private static final Path DEVICES = Path.of("/dev");

  private ReportFile() {}

  /** Puts the text together, piece by piece. */
  @FunctionalInterface
  interface Content {
    void write(Consumer<String> pieces);
  }

  /**
   * Writes the file anew.
   *
   * @throws IOException the file could not be written; what was there is there still
   */
  static void write(Path file, Content content) throws IOException {
    if (isOfTheMachine(file)) {
      throw new FileSystemException(file.toString(), null, "not a regular file");
    }
    Path next =
        Files.createTempFile(
            file.toAbsolutePath().getParent(),
            "." + file.getFileName(),
            "",
            PosixFilePermissions.asFileAttribute(FOR_ALL));
    try {
      fill(next, content);
      Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException | RuntimeException e) {
      Files.deleteIfExists(next);
      throw e;
    }
  }

  /** A device, such as /dev/null, would be gone, and so would /dev/stdout, which is a link. */
  private static boolean isOfTheMachine(Path file) {
    boolean other =
        Files.exists(file, LinkOption.NOFOLLOW_LINKS)
            && !Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS);
    return other && (!Files.isSymbolicLink(file) || DEVICES.equals(file.getParent()));
  }

  private static void fill(Path file, Content content) throws IOException {
    try (BufferedWriter writer =
        Files.newBufferedWriter(
            file, StandardCharsets.UTF_8, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS)) {
      content.write(
          piece -> {
            try {
              writer.write(piece);
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
          });
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }
}
