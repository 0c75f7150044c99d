package org.jkeepalived.linux.file;

import org.jkeepalived.linux.Errno;
import org.jkeepalived.linux.NativeFunction;
import org.jkeepalived.linux.NativeMemory;

/**
 * What stands under a name (statx(2), whose structure is the same on all machines).
 *
 * @param kind what it is
 * @param names how many names it has; 0 where there is none
 * @param errno why it could not be looked at, positive; 0 where it could, or is not there
 */
record FileStatus(Kind kind, int names, int errno) {

  enum Kind {
    MISSING,
    REGULAR,
    DIRECTORY,
    LINK,
    OTHER,
    UNKNOWN
  }

  private static final NativeFunction STATX = NativeFunction.ofLibc("statx");

  private static final int AT_FDCWD = -100;
  private static final int AT_SYMLINK_NOFOLLOW = 0x100;
  private static final int AT_EMPTY_PATH = 0x1000;
  private static final int STATX_TYPE = 1;
  private static final int STATX_NLINK = 4;

  // struct statx
  private static final int STRUCTURE_BYTES = 256;
  private static final int NLINK_OFFSET = 16;
  private static final int MODE_OFFSET = 28;

  private static final int S_IFMT = 0xF000;
  private static final int S_IFDIR = 0x4000;
  private static final int S_IFREG = 0x8000;
  private static final int S_IFLNK = 0xA000;

  /** Of the name itself: a symbolic link is not followed. */
  static FileStatus of(String path) {
    return call(AT_FDCWD, path, AT_SYMLINK_NOFOLLOW);
  }

  static FileStatus ofDescriptor(int fd) {
    return call(fd, "", AT_EMPTY_PATH);
  }

  private static FileStatus call(int directory, String path, int flags) {
    NativeMemory name = NativeMemory.ofString(path);
    NativeMemory result = NativeMemory.allocate(STRUCTURE_BYTES);
    int error =
        name.lend(
            at ->
                result.lend(to -> STATX.call(directory, at, flags, STATX_TYPE | STATX_NLINK, to)));
    if (error == -Errno.ENOENT || error == -Errno.ENOTDIR) {
      return new FileStatus(Kind.MISSING, 0, 0);
    }
    if (error < 0) {
      return new FileStatus(Kind.UNKNOWN, 0, -error);
    }
    return new FileStatus(
        kind(result.bytes().getShort(MODE_OFFSET)), result.bytes().getInt(NLINK_OFFSET), 0);
  }

  private static Kind kind(int mode) {
    return switch (mode & S_IFMT) {
      case S_IFREG -> Kind.REGULAR;
      case S_IFDIR -> Kind.DIRECTORY;
      case S_IFLNK -> Kind.LINK;
      default -> Kind.OTHER;
    };
  }
}
