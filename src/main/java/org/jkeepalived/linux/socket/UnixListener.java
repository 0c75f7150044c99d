package org.jkeepalived.linux.socket;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.jkeepalived.linux.Errno;
import org.jkeepalived.linux.Libc;
import org.jkeepalived.linux.NativeFunction;
import org.jkeepalived.linux.NativeMemory;
import org.jkeepalived.linux.SystemCallException;
import org.jkeepalived.linux.file.Ownership;

/**
 * A stream socket with a name in the file system, where other processes of this machine connect
 * (unix(7)). Nothing here waits; lives on one thread.
 *
 * <p>Its folder must be ours alone. A socket that is there under its name was left by a process
 * that was killed, and is replaced; whatever else is there stays, and no link is followed.
 */
public final class UnixListener implements AutoCloseable {

  /** The longest name of a socket, in bytes. */
  public static final int MOST_PATH_BYTES = 107;

  private static final NativeFunction LISTEN = NativeFunction.ofLibc("listen");
  private static final NativeFunction ACCEPT = NativeFunction.ofLibc("accept4");
  private static final NativeFunction CHMOD = NativeFunction.ofLibc("chmod");
  private static final NativeFunction CHOWN = NativeFunction.ofLibc("lchown");

  private static final int AF_UNIX = 1;
  private static final int SOCK_STREAM = 1;
  private static final int BACKLOG = 32;
  private static final int S_IFMT = 0xF000;
  private static final int S_IFSOCK = 0xC000;
  private static final int OWNER_ONLY = 0600;
  private static final int OWNER_AND_GROUP = 0660;
  private static final int NOBODY_ELSE = -1;

  private final Path path;
  private final int fd;
  private Optional<Map<String, Object>> identity = Optional.empty();
  private boolean closed;

  private UnixListener(Path path, int fd) {
    this.path = path;
    this.fd = fd;
  }

  /**
   * Makes the socket, with its folder.
   *
   * @param path absolute, of at most {@link #MOST_PATH_BYTES}
   * @param group the number of the group that may connect, too; nobody but the owner if empty
   * @throws IOException it cannot be made; what is there is left as it is
   */
  public static UnixListener open(Path path, OptionalInt group) throws IOException {
    byte[] name = path.toString().getBytes(StandardCharsets.UTF_8);
    if (name.length > MOST_PATH_BYTES) {
      throw new FileSystemException(path.toString(), null, "Too long for the name of a socket");
    }
    makeWay(path);
    int fd =
        SystemCallException.check(
            "open socket", Libc.socket(AF_UNIX, SOCK_STREAM | Libc.O_CLOEXEC | Libc.O_NONBLOCK, 0));
    UnixListener listener = new UnixListener(path, fd);
    try {
      NativeMemory address = NativeMemory.allocate(2 + name.length + 1);
      address.bytes().putShort(0, (short) AF_UNIX).put(2, name);
      SystemCallException.check("bind " + path, Libc.bind(fd, address));
    } catch (IOException e) {
      Libc.close(fd);
      throw e;
    }
    try {
      listener.admit(group);
      // nobody can connect before, whatever the umask has made of its mode
      SystemCallException.check("listen", LISTEN.call(fd, BACKLOG));
      listener.identity = Optional.of(identity(path));
      return listener;
    } catch (IOException e) {
      listener.close();
      throw e;
    }
  }

  private static void makeWay(Path path) throws IOException {
    Path folder = path.getParent();
    if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
      Files.createDirectories(folder);
      // whatever the umask is: a group may be let in
      Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
    Ownership.requireFolder(folder);
    try {
      int mode = (Integer) Files.getAttribute(path, "unix:mode", LinkOption.NOFOLLOW_LINKS);
      if ((mode & S_IFMT) != S_IFSOCK) {
        throw new FileSystemException(path.toString(), null, "Is there, and is no socket");
      }
      Files.delete(path);
    } catch (NoSuchFileException none) {
      // the last process has cleaned up, or there was none
    }
  }

  /**
   * Says who may connect from now on.
   *
   * @param group as in {@link #open}
   */
  public void admit(OptionalInt group) throws IOException {
    requireSocket();
    NativeMemory name = NativeMemory.ofString(path.toString());
    SystemCallException.check("chmod " + path, name.lend(at -> CHMOD.call(at, OWNER_ONLY)));
    if (group.isPresent()) {
      SystemCallException.check(
          "chown " + path, name.lend(at -> CHOWN.call(at, NOBODY_ELSE, group.getAsInt())));
      SystemCallException.check("chmod " + path, name.lend(at -> CHMOD.call(at, OWNER_AND_GROUP)));
    }
  }

  /** What somebody has put in its place, a link perhaps, gets no other mode. */
  private void requireSocket() throws IOException {
    int mode = (Integer) Files.getAttribute(path, "unix:mode", LinkOption.NOFOLLOW_LINKS);
    if ((mode & S_IFMT) != S_IFSOCK) {
      throw new FileSystemException(path.toString(), null, "Is no socket any more");
    }
  }

  private static Map<String, Object> identity(Path path) throws IOException {
    return Files.readAttributes(path, "unix:dev,ino", LinkOption.NOFOLLOW_LINKS);
  }

  /** Whether who looks under its name finds it: somebody may have removed it, or its folder. */
  public boolean isFound() {
    try {
      return identity.equals(Optional.of(identity(path)));
    } catch (IOException none) {
      return false;
    }
  }

  public Path path() {
    return path;
  }

  /** For epoll: somebody connects. */
  public int fd() {
    return fd;
  }

  /**
   * Takes who has connected, if anybody has.
   *
   * @return the descriptor of the connection, non-blocking, for {@link UnixConnection}; the negated
   *     number of the kernel's error, EAGAIN where nobody has
   */
  public int accept() {
    int result;
    do {
      result = ACCEPT.call(fd, 0, 0, Libc.O_CLOEXEC | Libc.O_NONBLOCK);
    } while (result == -Errno.EINTR);
    return result;
  }

  /** Listens no more; what is there under its name now, stays. */
  public void leave() {
    if (!closed) {
      closed = true;
      Libc.close(fd);
    }
  }

  /** Removes the socket. */
  @Override
  public void close() {
    if (!closed) {
      // before anybody can find a name that nobody listens behind
      path.toFile().delete();
      leave();
    }
  }
}
