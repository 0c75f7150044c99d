package org.jkeepalived.linux.file;

import org.jkeepalived.linux.Libc;
import org.jkeepalived.linux.NativeFunction;
import org.jkeepalived.linux.NativeMemory;
import org.jkeepalived.linux.SystemCallException;

/** The kernel's reports of what happens in directories (inotify(7)). One thread at a time. */
public final class Inotify implements AutoCloseable {
  /** A file that was open for writing is closed. */
  public static final int CLOSE_WRITE = 0x008;

  public static final int MOVED_FROM = 0x040;
  public static final int MOVED_TO = 0x080;
  public static final int CREATE = 0x100;
  public static final int DELETE = 0x200;

  /** Something happens to one of the directory's names. */
  public static final int NAMES = CLOSE_WRITE | MOVED_FROM | MOVED_TO | CREATE | DELETE;

  /** The directory itself is removed, or gets another name. */
  public static final int SELF = 0xC00;

  /** Reports were lost; they were of any watch. */
  public static final int OVERFLOW = 0x4000;

  /** The watch is no more: its directory is gone, or its file system is unmounted. */
  public static final int IGNORED = 0x8000;

  private static final int IN_ONLYDIR = 0x1000000;
  private static final int IN_DONT_FOLLOW = 0x2000000;
  private static final int IN_EXCL_UNLINK = 0x4000000;
  private static final int IN_MASK_ADD = 0x20000000;

  private static final NativeFunction INIT = NativeFunction.ofLibc("inotify_init1");
  private static final NativeFunction ADD = NativeFunction.ofLibc("inotify_add_watch");
  private static final NativeFunction REMOVE = NativeFunction.ofLibc("inotify_rm_watch");
  private static final int BUFFER_BYTES = 32 * 1024;
  private static final int ROUNDS = 64;

  private final int fd;
  private final NativeMemory buffer = NativeMemory.allocate(BUFFER_BYTES);

  /** Hears of what happens. */
  @FunctionalInterface
  public interface Listener {
    /**
     * @param watch what {@link Inotify#watch} returned; negative with {@link Inotify#OVERFLOW}
     * @param events one of this class's constants, perhaps with bits that are none of them
     * @param name in the directory; empty where it is the directory itself
     */
    void changed(int watch, int events, String name);
  }

  private Inotify(int fd) {
    this.fd = fd;
  }

  public static Inotify open() throws SystemCallException {
    int fd = INIT.call(Libc.O_CLOEXEC | Libc.O_NONBLOCK);
    return new Inotify(SystemCallException.check("inotify_init1", fd));
  }

  /** For {@link org.jkeepalived.linux.Poller#add}, with {@link #drain} as the callback. */
  public int fd() {
    return fd;
  }

  /**
   * Watches a directory, for more than before if it is watched already.
   *
   * @param events {@link #NAMES} or {@link #SELF} or both
   * @return the directory's number, the same for each of its names; or a negated error number
   */
  public int watch(String directory, int events) {
    int mask = events | IN_ONLYDIR | IN_DONT_FOLLOW | IN_EXCL_UNLINK | IN_MASK_ADD;
    return NativeMemory.ofString(directory).lend(at -> ADD.call(fd, at, mask));
  }

  public void forget(int watch) {
    REMOVE.call(fd, watch);
  }

  /** Tells what has happened; does not wait. */
  public void drain(Listener listener) {
    for (int round = 0; round < ROUNDS; round++) {
      int length = Libc.read(fd, buffer, BUFFER_BYTES);
      if (length <= 0) {
        return;
      }
      InotifyEvents.tell(buffer.bytes().clear().limit(length), listener);
    }
  }

  @Override
  public void close() {
    Libc.close(fd);
  }
}
