package org.jkeepalived.linux.file;

import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/**
 * A file that is written for others to see. What is there and is no regular file, a link among it,
 * is left alone: as root one would write to whatever somebody has put there.
 */
public final class RegularFile {

  /** So many are not all taken by chance. */
  private static final int MOST_NAMES = 100;

  private RegularFile() {}

  /**
   * Writes a text, piece by piece, into a new file for its owner alone, which takes the place of
   * the one that is there: whoever may read that one, or has it open, reads nothing of it.
   *
   * @throws IOException it cannot be written, and is as it was; or something else has its name
   */
  public static void write(Path path, Iterable<String> pieces) throws IOException {
    if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
      require(path);
    }
    Path next = createBeside(path);
    try {
      try (Writer out =
          new OutputStreamWriter(
              Files.newOutputStream(next, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS),
              StandardCharsets.UTF_8)) {
        for (String piece : pieces) {
          out.write(piece);
        }
      }
      Files.move(next, path, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException | RuntimeException e) {
      Files.deleteIfExists(next);
      throw e;
    }
  }

  /** The same of one piece. */
  public static void write(Path path, String text) throws IOException {
    write(path, List.of(text));
  }

  /**
   * Has the file say something else, for its owner alone, at once: whoever reads it, also after the
   * power has failed, sees the one text or the other. Its folder is made, for its owner alone, if
   * it is not there.
   *
   * @throws IOException it cannot be written, and is as it was; or something else has its name
   */
  public static void replace(Path path, String text) throws IOException {
    Path folder = path.toAbsolutePath().getParent();
    if (Files.notExists(folder)) {
      Files.createDirectories(folder, mode("rwx------"));
    }
    if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
      require(path);
    }
    Path next = createBeside(path);
    try (FileChannel out = FileChannel.open(next, StandardOpenOption.WRITE)) {
      ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
      while (bytes.hasRemaining()) {
        out.write(bytes);
      }
      out.force(true);
      Files.move(next, path, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException | RuntimeException e) {
      Files.deleteIfExists(next);
      throw e;
    }
  }

  /**
   * Makes an empty file for its owner alone, of a name that nothing else has. Java's own way of
   * finding such names costs the start 6 ms for the security of names that need none: whoever comes
   * first has it, and this is never somebody else's.
   */
  private static Path createBeside(Path path) throws IOException {
    for (int tried = 1; ; tried++) {
      String suffix = Long.toUnsignedString(ThreadLocalRandom.current().nextLong(), 36);
      Path next = path.toAbsolutePath().resolveSibling("." + path.getFileName() + "." + suffix);
      try {
        return Files.createFile(next, mode("rw-------"));
      } catch (FileAlreadyExistsException e) {
        if (tried == MOST_NAMES) {
          throw e;
        }
      } catch (FileSystemException e) {
        throw ofName(path, e);
      }
    }
  }

  /** The same error, of the name that somebody knows. */
  private static FileSystemException ofName(Path path, FileSystemException error) {
    String name = path.toString();
    return error instanceof AccessDeniedException
        ? new AccessDeniedException(name)
        : error instanceof NoSuchFileException
            ? new NoSuchFileException(name)
            : new FileSystemException(name, null, error.getReason());
  }

  private static FileAttribute<Set<PosixFilePermission>> mode(String text) {
    return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(text));
  }

  /**
   * Removes the file if it is there.
   *
   * @throws IOException it cannot be removed, or something else has its name
   */
  public static void remove(Path path) throws IOException {
    if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
      require(path);
      Files.deleteIfExists(path);
    }
  }

  private static void require(Path path) throws FileSystemException {
    if (!Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
      throw new FileSystemException(path.toString(), null, "Not a regular file");
    }
  }
}
