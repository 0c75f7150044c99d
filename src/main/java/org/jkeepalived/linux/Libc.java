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

  private static final NativeFunction CLOSE = NativeFunction.ofLibc("close");
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

  public static int read(int fd, long buffer, int length) {
    return READ.call(fd, buffer, length);
  }

  public static int write(int fd, long buffer, int length) {
    return WRITE.call(fd, buffer, length);
  }

  public static int socket(int domain, int type, int protocol) {
    return SOCKET.call(domain, type, protocol);
  }

  public static int bind(int fd, NativeMemory address) {
    return BIND.call(fd, address.address(), address.length());
  }

  /**
   * @param lengthAddress of an int: the memory's length before, the address's length after
   */
  public static int getSocketName(int fd, NativeMemory address, NativeMemory lengthAddress) {
    return GETSOCKNAME.call(fd, address.address(), lengthAddress.address());
  }

  public static int setSocketOption(int fd, int level, int option, NativeMemory value) {
    return SETSOCKOPT.call(fd, level, option, value.address(), value.length());
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
    int result =
        GETSOCKOPT.call(fd, level, option, memory.address(), memory.address() + Integer.BYTES);
    return result < 0 ? result : memory.bytes().getInt(0);
  }

  public static int send(int fd, long buffer, int length, int flags) {
    return SEND.call(fd, buffer, length, flags);
  }

  /**
   * @param address where the sender's address goes; 0 for nowhere
   * @param addressLength address of an int, the address's length before and after; 0 for nowhere
   */
  public static int receiveFrom(
      int fd, long buffer, int length, int flags, long address, long addressLength) {
    return RECVFROM.call(fd, buffer, length, flags, address, addressLength);
  }

  /** The text for an error number, such as {@code Operation not permitted}. */
  public static String errorText(int errno) {
    return NativeMemory.stringAt(STRERROR.callForAddress(errno));
  }
}
