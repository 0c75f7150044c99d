package org.jkeepalived.linux;

/**
 * The C library's functions that the Java library has no counterpart for. They return what C
 * returns, but an error as the negated number ({@code -EAGAIN}); see their manual pages, section 2.
 *
 * <p>Public only because the room has more than one package.
 */
public final class Libc {
  public static final int SOL_SOCKET = 1;
  public static final int O_CLOEXEC = 0x80000;
  public static final int O_NONBLOCK = 0x800;
  public static final int MSG_TRUNC = 0x20;
  public static final int MSG_DONTWAIT = 0x40;
  public static final int MSG_NOSIGNAL = 0x4000;

  private static final NativeFunction CLOSE = NativeFunction.ofLibc("close");
  private static final NativeFunction OPEN = NativeFunction.ofLibc("open");
  private static final NativeFunction READ = NativeFunction.ofLibc("read");
  private static final NativeFunction WRITE = NativeFunction.ofLibc("write");
  private static final NativeFunction SOCKET = NativeFunction.ofLibc("socket");
  private static final NativeFunction BIND = NativeFunction.ofLibc("bind");
  private static final NativeFunction GETSOCKNAME = NativeFunction.ofLibc("getsockname");
  private static final NativeFunction SETSOCKOPT = NativeFunction.ofLibc("setsockopt");
  private static final NativeFunction GETSOCKOPT = NativeFunction.ofLibc("getsockopt");
  private static final NativeFunction SEND = NativeFunction.ofLibc("send");
  private static final NativeFunction RECVFROM = NativeFunction.ofLibc("recvfrom");
  private static final NativeFunction STRERROR = NativeFunction.ofLibc("strerror");

  private Libc() {}

  public static int close(int fd) {
    return CLOSE.call(fd);
  }

  /** Reads into the memory's first {@code length} bytes. */
  public static int read(int fd, NativeMemory buffer, int length) {
    return buffer.lend(at -> READ.call(fd, at, length));
  }

  /** Writes the memory's first {@code length} bytes. */
  public static int write(int fd, NativeMemory buffer, int length) {
    return buffer.lend(at -> WRITE.call(fd, at, length));
  }

  /** Opens a file; {@code O_CREAT} is not for this function, which gives no mode. */
  public static int open(String path, int flags) {
    return NativeMemory.ofString(path).lend(at -> OPEN.call(at, flags));
  }

  public static int socket(int domain, int type, int protocol) {
    return SOCKET.call(domain, type, protocol);
  }

  public static int bind(int fd, NativeMemory address) {
    return address.lend(at -> BIND.call(fd, at, address.length()));
  }

  /**
   * @param length an int: the memory's length before, the address's length after
   */
  public static int getSocketName(int fd, NativeMemory address, NativeMemory length) {
    return address.lend(at -> length.lend(lengthAt -> GETSOCKNAME.call(fd, at, lengthAt)));
  }

  public static int setSocketOption(int fd, int level, int option, NativeMemory value) {
    return value.lend(at -> SETSOCKOPT.call(fd, level, option, at, value.length()));
  }

  public static int setSocketOption(int fd, int level, int option, int value) {
    NativeMemory memory = NativeMemory.allocate(Integer.BYTES);
    memory.bytes().putInt(0, value);
    return setSocketOption(fd, level, option, memory);
  }

  /** An {@code int} option's value, which must not be negative, or the negated error number. */
  public static int getSocketOption(int fd, int level, int option) {
    NativeMemory memory = NativeMemory.allocate(2 * Integer.BYTES);
    memory.bytes().putInt(Integer.BYTES, Integer.BYTES);
    int result = memory.lend(at -> GETSOCKOPT.call(fd, level, option, at, at + Integer.BYTES));
    return result < 0 ? result : memory.bytes().getInt(0);
  }

  /**
   * An option's value into {@code value}, of which the kernel fills as much as it has.
   *
   * @return 0 or the negated error number
   */
  public static int getSocketOption(int fd, int level, int option, NativeMemory value) {
    NativeMemory length = NativeMemory.allocate(Integer.BYTES);
    length.bytes().putInt(0, value.length());
    return value.lend(
        at -> length.lend(lengthAt -> GETSOCKOPT.call(fd, level, option, at, lengthAt)));
  }

  /**
   * An option's value into {@code value}, of which the kernel fills as much as it has.
   *
   * @param room how many bytes of it the kernel may fill
   * @return how many it has filled, or the negated error number
   */
  public static int getSocketOption(int fd, int level, int option, NativeMemory value, int room) {
    NativeMemory length = NativeMemory.allocate(Integer.BYTES);
    length.bytes().putInt(0, room);
    int result =
        value.lend(at -> length.lend(lengthAt -> GETSOCKOPT.call(fd, level, option, at, lengthAt)));
    return result < 0 ? result : length.bytes().getInt(0);
  }

  /** Sends the memory's first {@code length} bytes. */
  public static int send(int fd, NativeMemory buffer, int length, int flags) {
    return buffer.lend(at -> SEND.call(fd, at, length, flags));
  }

  /**
   * Receives into the whole of {@code buffer}.
   *
   * @param sender where the sender's address goes, and behind its room an int: the room's length
   *     before, the address's length after
   */
  public static int receiveFrom(int fd, NativeMemory buffer, int flags, NativeMemory sender) {
    int room = sender.length() - Integer.BYTES;
    return buffer.lend(
        at ->
            sender.lend(from -> RECVFROM.call(fd, at, buffer.length(), flags, from, from + room)));
  }

  /** The text for an error number, such as {@code Operation not permitted}. */
  public static String errorText(int errno) {
    return NativeMemory.foreignString(STRERROR.callForAddress(errno));
  }
}
