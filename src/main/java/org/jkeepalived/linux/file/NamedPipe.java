package org.jkeepalived.linux.file;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.jkeepalived.linux.Errno;
import org.jkeepalived.linux.Libc;
import org.jkeepalived.linux.NativeFunction;
import org.jkeepalived.linux.NativeMemory;
import org.jkeepalived.linux.process.AccountTable;
import org.jkeepalived.model.Account;
import org.jkeepalived.model.Fifo;
import org.jkeepalived.notify.Pipe;
import org.jkeepalived.script.Credentials;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A FIFO in the file system.
 *
 * <p>COMPAT: like keepalived it is opened for reading, too. So it opens at once when nobody reads
 * from it, what is written waits in the kernel for the first reader, and a reader that goes away is
 * no error.
 */
public final class NamedPipe implements Pipe {
  private static final Logger LOG = LoggerFactory.getLogger(NamedPipe.class);

  private static final NativeFunction MKFIFO = NativeFunction.ofLibc("mkfifo");
  private static final NativeFunction FCHOWN = NativeFunction.ofLibc("fchown");
  private static final NativeFunction IOCTL = NativeFunction.ofLibc("ioctl");

  // asm-generic/fcntl.h, asm-generic/ioctls.h and linux/stat.h
  private static final int O_RDWR = 2;
  private static final int FIONREAD = 0x541B;
  private static final int S_IFMT = 0170000;
  private static final int S_IFIFO = 0010000;
  private static final int S_IFLNK = 0120000;

  /** COMPAT: keepalived's, whoever the owner. */
  private static final int MODE = 0600;

  private final String path;
  private final int fd;
  private final boolean made;
  private final NativeMemory unread = NativeMemory.allocate(Integer.BYTES);
  private NativeMemory buffer = NativeMemory.allocate(256);

  private NamedPipe(String path, int fd, boolean made) {
    this.path = path;
    this.fd = fd;
    this.made = made;
  }

  /**
   * Opens a FIFO, and makes it if it is not there; one that is there keeps its owner and mode.
   *
   * @param name what log lines call it
   * @throws IOException if that cannot be; its message is a log line
   */
  public static NamedPipe open(String name, Fifo fifo) throws IOException {
    int result = NativeMemory.ofString(fifo.path()).lend(at -> MKFIFO.call(at, MODE));
    if (result < 0 && result != -Errno.EEXIST) {
      throw new IOException("Unable to create " + name + " " + fifo.path() + ": " + text(result));
    }
    try {
      NamedPipe pipe = new NamedPipe(fifo.path(), openPath(fifo.path()), result == 0);
      pipe.finish(fifo);
      return pipe;
    } catch (IOException failure) {
      String line = "Unable to open " + name + " " + fifo.path() + ": " + failure.getMessage();
      throw new IOException(line, failure);
    }
  }

  private static int openPath(String fifo) throws IOException {
    try {
      return open(fifo);
    } catch (InvalidPathException unusable) {
      throw new IOException(unusable.getReason(), unusable);
    }
  }

  private static int open(String fifo) throws IOException {
    // looked at before it is opened: opening a device can have effects
    Map<String, Object> named = status(Path.of(fifo), LinkOption.NOFOLLOW_LINKS);
    requireFifo(named);
    int fd = Libc.open(fifo, O_RDWR | Libc.O_NONBLOCK | Libc.O_CLOEXEC);
    if (fd < 0) {
      throw new IOException(text(fd));
    }
    try {
      // and it is what was looked at: nobody has put another one, or a link, in its place
      Map<String, Object> opened = status(Path.of(descriptorPath(fd)));
      requireFifo(opened);
      if (!named.equals(opened)) {
        throw new IOException("it is replaced by something else");
      }
      return fd;
    } catch (IOException failure) {
      Libc.close(fd);
      throw failure;
    }
  }

  private void finish(Fifo fifo) throws IOException {
    try {
      if (made && fifo.owner().isPresent()) {
        giveTo(fifo.owner().get());
      }
    } catch (IOException failure) {
      close();
      throw failure;
    }
  }

  private static Map<String, Object> status(Path path, LinkOption... links) throws IOException {
    try {
      return Files.readAttributes(path, "unix:dev,ino,mode", links);
    } catch (FileSystemException unreachable) {
      throw new IOException(
          Objects.requireNonNullElse(unreachable.getReason(), "it cannot be found"), unreachable);
    }
  }

  private static void requireFifo(Map<String, Object> status) throws IOException {
    int mode = (Integer) status.get("mode");
    if ((mode & S_IFMT) == S_IFLNK) {
      throw new IOException("it is a symbolic link");
    }
    if ((mode & S_IFMT) != S_IFIFO) {
      throw new IOException("it is there, but it is not a FIFO");
    }
  }

  private void giveTo(Account account) throws IOException {
    AccountTable.Found found = new AccountTable().find(account);
    if (found.account().isEmpty()) {
      throw new IOException(found.reason());
    }
    Credentials owner = found.account().get().credentials();
    int result = FCHOWN.call(fd, owner.user(), owner.group());
    if (result < 0) {
      throw new IOException("it cannot be given to its owner: " + text(result));
    }
  }

  private static String descriptorPath(int fd) {
    return "/proc/self/fd/" + fd;
  }

  private static String text(int result) {
    return Libc.errorText(-result);
  }

  @Override
  public boolean write(byte[] line) throws IOException {
    if (line.length > buffer.length()) {
      buffer = NativeMemory.allocate(line.length);
    }
    buffer.bytes().put(0, line);
    int written = Libc.write(fd, buffer, line.length);
    if (written == -Errno.EAGAIN || written == -Errno.EINTR) {
      return false;
    }
    if (written < 0) {
      throw new IOException(text(written));
    }
    return true;
  }

  @Override
  public boolean isDrained() {
    int result = unread.lend(at -> IOCTL.call(fd, FIONREAD, at));
    return result < 0 || unread.bytes().getInt(0) == 0;
  }

  @Override
  public boolean isInPlace() {
    try {
      return inode(Path.of(path)).equals(inode(Path.of(descriptorPath(fd))));
    } catch (IOException gone) {
      return false;
    }
  }

  private static Map<String, Object> inode(Path path) throws IOException {
    return Files.readAttributes(path, "unix:dev,ino");
  }

  @Override
  public void close() {
    if (made && isInPlace()) {
      removeFile();
    }
    Libc.close(fd);
  }

  private void removeFile() {
    try {
      Files.deleteIfExists(Path.of(path));
    } catch (IOException refused) {
      LOG.warn("Unable to remove fifo {}: {}", path, refused.getMessage());
    }
  }
}
