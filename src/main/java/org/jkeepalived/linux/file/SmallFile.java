package org.jkeepalived.linux.file;

import java.util.Objects;
import java.util.Optional;
import org.jkeepalived.linux.Errno;
import org.jkeepalived.linux.Libc;
import org.jkeepalived.linux.NativeMemory;
import org.jkeepalived.linux.SystemError;

/**
 * The beginning of a file, read at once.
 *
 * @param kind what stands under the name
 * @param bytes the beginning; empty unless it is a regular file
 * @param error why it could not be read, where it could not
 */
public record SmallFile(Kind kind, byte[] bytes, Optional<SystemError> error) {

  /** What stands under a name. */
  public enum Kind {
    REGULAR,
    MISSING,
    /** A directory, a pipe, a device: nothing that is read. */
    OTHER,
    UNREADABLE
  }

  private static final int O_PATH = 0x200000;
  private static final byte[] NOTHING = {};

  public SmallFile {
    Objects.requireNonNull(kind);
    Objects.requireNonNull(bytes);
    Objects.requireNonNull(error);
  }

  private static SmallFile without(Kind kind) {
    return new SmallFile(kind, NOTHING, Optional.empty());
  }

  private static SmallFile unreadable(String path, int errno) {
    return new SmallFile(Kind.UNREADABLE, NOTHING, Optional.of(SystemError.of(path, errno)));
  }

  /**
   * Reads at most {@code most} bytes. What is no regular file is not even opened: that would wait
   * for a pipe's other end, or start a watchdog.
   */
  public static SmallFile read(String path, int most) {
    int place = Libc.open(path, O_PATH | Libc.O_CLOEXEC);
    if (place == -Errno.ENOENT || place == -Errno.ENOTDIR) {
      return without(Kind.MISSING);
    }
    if (place < 0) {
      return unreadable(path, -place);
    }
    try {
      FileStatus status = FileStatus.ofDescriptor(place);
      if (status.errno() != 0) {
        return unreadable(path, status.errno());
      }
      return status.kind() == FileStatus.Kind.REGULAR
          ? readDescriptor(path, place, most)
          : without(Kind.OTHER);
    } finally {
      Libc.close(place);
    }
  }

  private static SmallFile readDescriptor(String path, int place, int most) {
    int fd = Libc.open("/proc/self/fd/" + place, Libc.O_CLOEXEC | Libc.O_NONBLOCK);
    if (fd < 0) {
      return unreadable(path, -fd);
    }
    NativeMemory memory = NativeMemory.allocate(most);
    int length = Libc.read(fd, memory, most);
    Libc.close(fd);
    if (length < 0) {
      return unreadable(path, -length);
    }
    byte[] bytes = new byte[length];
    memory.bytes().get(0, bytes);
    return new SmallFile(Kind.REGULAR, bytes, Optional.empty());
  }
}
