package org.jkeepalived.host.kernel;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jkeepalived.linux.file.Ownership;

/**
 * A text file that lines are appended to, and that is only ever replaced as a whole. Nothing that
 * belongs to another user is read, written or followed.
 *
 * <p>It needs no fsync: what it survives is the process.
 */
final class JournalFile implements AutoCloseable {

  private final Path file;
  private final FileChannel channel;
  private long wholeBytes;

  private JournalFile(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  /**
   * Reads a file, if it is there; a line without an end was not finished and is left out.
   *
   * @throws IOException it is not ours, or cannot be read
   */
  static void read(Path file, Consumer<String> line) throws IOException {
    try {
      Ownership.requireFolder(file.getParent());
      Ownership.requireFile(file);
      InputStream opened =
          Files.newInputStream(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
      try (InputStream bytes = new BufferedInputStream(opened)) {
        StringBuilder text = new StringBuilder();
        for (int read = bytes.read(); read >= 0; read = bytes.read()) {
          if (read == '\n') {
            line.accept(text.toString());
            text.setLength(0);
          } else {
            text.append((char) read);
          }
        }
      }
    } catch (NoSuchFileException none) {
      // a first start
    }
  }

  /**
   * Puts a new file in the place of what is there, with its folder.
   *
   * @throws IOException that is not possible; what is there is left as it is
   */
  static JournalFile replace(Path file, List<String> lines) throws IOException {
    Path folder = file.getParent();
    if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
      Files.createDirectories(folder);
      // whatever the umask is: a folder that may not be entered is none
      Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
    Ownership.requireFolder(folder);
    Path next = file.resolveSibling(file.getFileName() + ".new");
    Files.deleteIfExists(next);
    JournalFile made =
        new JournalFile(
            file,
            FileChannel.open(
                next,
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(
                    PosixFilePermissions.fromString("rw-------"))));
    try {
      made.write(lines);
      Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
      return made;
    } catch (IOException e) {
      made.close();
      Files.deleteIfExists(next);
      throw e;
    }
  }

  /**
   * Appends lines.
   *
   * @throws IOException not all were written; none is there then
   */
  void append(List<String> lines) throws IOException {
    try {
      write(lines);
    } catch (IOException e) {
      channel.truncate(wholeBytes);
      throw e;
    }
  }

  private void write(List<String> lines) throws IOException {
    StringBuilder text = new StringBuilder();
    lines.forEach(line -> text.append(line).append('\n'));
    ByteBuffer bytes = ByteBuffer.wrap(text.toString().getBytes(StandardCharsets.ISO_8859_1));
    final long written = wholeBytes + bytes.remaining();
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
    wholeBytes = written;
  }

  /** Removes the file. */
  void delete() throws IOException {
    Files.deleteIfExists(file);
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
