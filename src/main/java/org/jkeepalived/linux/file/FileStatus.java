package org.jkeepalived.linux.file;

import java.nio.ByteBuffer;
import java.util.Objects;
import org.jkeepalived.linux.Errno;
import org.jkeepalived.linux.NativeFunction;
import org.jkeepalived.linux.NativeMemory;

/**
 * What stands under a name (statx(2), whose structure is the same on all machines).
 *
 * @param kind what it is
 * @param names how many names it has; 0 where there is none
 * @param access whose it is and what may be done with it; {@link Access#NONE} where there is none
 * @param errno why it could not be looked at, positive; 0 where it could, or is not there
 */
public record FileStatus(Kind kind, int names, Access access, int errno) {

  /** What stands under a name. */
  public enum Kind {
    MISSING,
    REGULAR,
    DIRECTORY,
    LINK,
    OTHER,
    UNKNOWN
  }

  /**
   * Whose something is, and what may be done with it.
   *
   * @param user the owner's number, as an unsigned one
   * @param group the group's number, as an unsigned one
   * @param permissions 0 to 07777, as chmod(1) writes them
   */
  public record Access(int user, int group, int permissions) {
    static final Access NONE = new Access(0, 0, 0);
  }

  private static final NativeFunction STATX = NativeFunction.ofLibc("statx");

  private static final int AT_FDCWD = -100;
  private static final int AT_SYMLINK_NOFOLLOW = 0x100;
  private static final int AT_EMPTY_PATH = 0x1000;

  // STATX_TYPE, _MODE, _NLINK, _UID, _GID
  private static final int WANTED = 0x1F;

  // struct statx
  private static final int STRUCTURE_BYTES = 256;
  private static final int NLINK_OFFSET = 16;
  private static final int UID_OFFSET = 20;
  private static final int GID_OFFSET = 24;
  private static final int MODE_OFFSET = 28;

  private static final int S_IFMT = 0xF000;
  private static final int S_IFDIR = 0x4000;
  private static final int S_IFREG = 0x8000;
  private static final int S_IFLNK = 0xA000;
  private static final int PERMISSIONS = 0xFFF;

  public FileStatus {
    Objects.requireNonNull(kind);
    Objects.requireNonNull(access);
  }

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
    int error = name.lend(at -> result.lend(to -> STATX.call(directory, at, flags, WANTED, to)));
    if (error == -Errno.ENOENT || error == -Errno.ENOTDIR) {
      return new FileStatus(Kind.MISSING, 0, Access.NONE, 0);
    }
    if (error < 0) {
      return new FileStatus(Kind.UNKNOWN, 0, Access.NONE, -error);
    }
    ByteBuffer bytes = result.bytes();
    int mode = bytes.getShort(MODE_OFFSET);
    Access access =
        new Access(bytes.getInt(UID_OFFSET), bytes.getInt(GID_OFFSET), mode & PERMISSIONS);
    return new FileStatus(kind(mode), bytes.getInt(NLINK_OFFSET), access, 0);
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
