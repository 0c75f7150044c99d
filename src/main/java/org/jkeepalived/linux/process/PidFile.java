package org.jkeepalived.linux.process;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A pid file that only one process can have.
 *
 * <p>The process holds a lock on the file (fcntl(2), F_SETLK) for as long as it lives, so what a
 * dead one left is no obstacle, whoever has its number today. A real keepalived takes no lock: if
 * the file names one that is alive, the file is taken, too.
 *
 * <p>The kernel drops the lock as soon as this process closes <em>any</em> descriptor of the file:
 * nothing here, or elsewhere in the process, may open it a second time.
 */
public final class PidFile implements AutoCloseable {

  private static final int MAXIMUM_BYTES = 32;
  private static final int ATTEMPTS = 10;

  /** Its processes are called so, or with {@code process_names} like {@code keepalived_vrrp}. */
  private static final Pattern KEEPALIVED = Pattern.compile("^Name:\\tkeepalived(_[a-z]+)?\\n");

  /** Nobody has taken notice of its end yet. */
  private static final Pattern ENDED = Pattern.compile("\\nState:\\t[ZX]");

  private final Path path;
  private final FileChannel channel;

  private PidFile(Path path, FileChannel channel) {
    this.path = path;
    this.channel = channel;
  }

  /**
   * Locks the file and writes a process id into it, with the directory if that is missing.
   *
   * @return empty if another daemon that is alive has the file
   * @throws FileSystemException it cannot be written, or something else than a regular file has its
   *     name: a device would be removed in the end
   */
  public static Optional<PidFile> take(Path path, long processId) throws FileSystemException {
    try {
      return lockAndWrite(path, processId);
    } catch (FileSystemException named) {
      throw named;
    } catch (IOException e) {
      throw about(path, Objects.requireNonNullElse(e.getMessage(), e.toString()), e);
    }
  }

  private static FileSystemException about(Path path, String reason, IOException cause) {
    FileSystemException named = new FileSystemException(path.toString(), null, reason);
    named.initCause(cause);
    return named;
  }

  private static Optional<PidFile> lockAndWrite(Path path, long processId) throws IOException {
    Path parent = path.toAbsolutePath().getParent();
    if (parent != null && parent.startsWith("/run/keepalived")) {
      makeFolder(parent);
    }
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      Optional<Object> before = credentials(path);
      FileChannel channel =
          FileChannel.open(
              path,
              StandardOpenOption.CREATE,
              StandardOpenOption.READ,
              StandardOpenOption.WRITE,
              LinkOption.NOFOLLOW_LINKS);
      boolean kept = false;
      try {
        if (!lock(channel)) {
          return Optional.empty();
        }
        // between our open and our lock its last owner may have removed it
        if (before.isPresent() && before.equals(credentials(path))) {
          if (namesLiveKeepalived(channel, processId)) {
            return Optional.empty();
          }
          writeOrRemove(path, channel, processId);
          kept = true;
          return Optional.of(new PidFile(path, channel));
        }
      } finally {
        if (!kept) {
          channel.close();
        }
      }
    }
    throw new IOException("is created and removed all the time");
  }

  /** Whatever the umask is: everybody may look for a daemon. */
  private static void makeFolder(Path folder) throws IOException {
    if (folder != null && Files.notExists(folder)) {
      makeFolder(folder.getParent());
      Files.createDirectories(folder);
      Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
  }

  /** What tells the file from another one of that name. */
  private static Optional<Object> credentials(Path path) throws IOException {
    try {
      BasicFileAttributes attributes =
          Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      if (!attributes.isRegularFile()) {
        throw new IOException("Not a regular file");
      }
      return Optional.of(Objects.requireNonNull(attributes.fileKey()));
    } catch (NoSuchFileException missing) {
      return Optional.empty();
    }
  }

  private static boolean lock(FileChannel channel) throws IOException {
    try {
      FileLock lock = channel.tryLock();
      return lock != null;
    } catch (OverlappingFileLockException ours) {
      return false;
    }
  }

  private static boolean namesLiveKeepalived(FileChannel channel, long own) throws IOException {
    ByteBuffer content = ByteBuffer.allocate(MAXIMUM_BYTES);
    channel.read(content, 0);
    String text = new String(content.array(), 0, content.position(), StandardCharsets.US_ASCII);
    String digits = text.strip();
    if (!digits.matches("[1-9][0-9]{0,9}") || Long.parseLong(digits) == own) {
      return false;
    }
    try {
      String status = Files.readString(Path.of("/proc", digits, "status"));
      return KEEPALIVED.matcher(status).find()
          && !ENDED.matcher(status).find()
          // numbers of threads are among those of processes, and one of ours may be keepalived's
          && status.contains("\nTgid:\t" + digits + "\n");
    } catch (IOException gone) {
      return false;
    }
  }

  /** Where there is no room for the number, no empty file tells of a daemon. */
  private static void writeOrRemove(Path path, FileChannel channel, long processId)
      throws IOException {
    try {
      write(path, channel, processId);
    } catch (IOException e) {
      Files.deleteIfExists(path);
      throw e;
    }
  }

  private static void write(Path path, FileChannel channel, long processId) throws IOException {
    channel.truncate(0);
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-r--r--"));
    byte[] text = (processId + "\n").getBytes(StandardCharsets.US_ASCII);
    channel.write(ByteBuffer.wrap(text), 0);
  }

  /** Where the file is. */
  public Path path() {
    return path;
  }

  /** Removes the file while it is still locked, then lets it go. */
  @Override
  public void close() throws IOException {
    if (channel.isOpen()) {
      try {
        Files.deleteIfExists(path);
      } finally {
        channel.close();
      }
    }
  }
}
