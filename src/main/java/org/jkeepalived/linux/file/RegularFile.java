package org.jkeepalived.linux.file;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * A file that is written for others to see. What is there and is no regular file, a link among it,
 * is left alone: as root one would write to whatever somebody has put there.
 */
public final class RegularFile {

  private RegularFile() {}

  /**
   * Makes the file for its owner alone, or empties the one that is there, and writes a text.
   *
   * @throws IOException it cannot be written, and is not there if it was not; or something else has
   *     its name
   */
  public static void write(Path path, String text) throws IOException {
    write(path, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
  }

  /** What is written. */
  interface Content {
    void to(OutputStream out) throws IOException;
  }

  static void write(Path path, Content content) throws IOException {
    boolean isNew = Files.notExists(path, LinkOption.NOFOLLOW_LINKS);
    if (isNew) {
      Files.createFile(path, mode("rw-------"));
    }
    require(path);
    try {
      fill(path, content);
    } catch (IOException e) {
      if (isNew) {
        // a full disk
        Files.deleteIfExists(path);
      }
      throw e;
    }
  }

  private static void fill(Path path, Content content) throws IOException {
    try (OutputStream out =
        Files.newOutputStream(
            path,
            StandardOpenOption.WRITE,
            StandardOpenOption.TRUNCATE_EXISTING,
            LinkOption.NOFOLLOW_LINKS)) {
      content.to(out);
    }
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
    Path next = Files.createTempFile(folder, "." + path.getFileName(), "", mode("rw-------"));
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
