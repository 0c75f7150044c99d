package org.jkeepalived.linux.socket;

import java.net.InetSocketAddress;
import org.jkeepalived.linux.Errno;
import org.jkeepalived.linux.Libc;
import org.jkeepalived.linux.NativeFunction;
import org.jkeepalived.linux.NativeMemory;
import org.jkeepalived.linux.SystemCallException;

/** Where others connect by TCP (tcp(7)). Nothing here waits; lives on one thread. */
public final class TcpListener implements AutoCloseable {

  private static final NativeFunction LISTEN = NativeFunction.ofLibc("listen");
  private static final NativeFunction ACCEPT = NativeFunction.ofLibc("accept4");
  private static final NativeFunction BIND = NativeFunction.ofLibc("bind");

  private static final int SOCK_STREAM = 1;
  private static final int SO_REUSEADDR = 2;
  private static final int BACKLOG = 32;
  private static final int ADDRESS_BYTES = 28;
  private static final int PORT_OFFSET = 2;

  private final int fd;
  private boolean closed;

  private TcpListener(int fd) {
    this.fd = fd;
  }

  /**
   * Opens one.
   *
   * @param at an address, with a port of 0 to 65535, 0 for any that is free
   * @throws SystemCallException such as EADDRINUSE, EADDRNOTAVAIL
   */
  public static TcpListener open(InetSocketAddress at) throws SystemCallException {
    NativeMemory address = NativeMemory.allocate(ADDRESS_BYTES);
    int length = SocketAddressBytes.write(address, at.getAddress(), at.getPort(), 0);
    int family = address.bytes().getShort(0);
    int fd =
        SystemCallException.check(
            "open socket", Libc.socket(family, SOCK_STREAM | Libc.O_CLOEXEC | Libc.O_NONBLOCK, 0));
    try {
      // the last run's connections may still be in TIME_WAIT
      SystemCallException.check(
          "reuse address", Libc.setSocketOption(fd, Libc.SOL_SOCKET, SO_REUSEADDR, 1));
      SystemCallException.check("bind", address.lend(where -> BIND.call(fd, where, length)));
      SystemCallException.check("listen", LISTEN.call(fd, BACKLOG));
      return new TcpListener(fd);
    } catch (SystemCallException e) {
      Libc.close(fd);
      throw e;
    }
  }

  /** For epoll: somebody connects. */
  public int fd() {
    return fd;
  }

  /** The port that it listens on. */
  public int port() throws SystemCallException {
    NativeMemory address = NativeMemory.allocate(ADDRESS_BYTES);
    NativeMemory length = NativeMemory.allocate(Integer.BYTES);
    length.bytes().putInt(0, ADDRESS_BYTES);
    SystemCallException.check("getsockname", Libc.getSocketName(fd, address, length));
    return (address.bytes().get(PORT_OFFSET) & 0xFF) << Byte.SIZE
        | address.bytes().get(PORT_OFFSET + 1) & 0xFF;
  }

  /**
   * Takes who has connected, if anybody has.
   *
   * @return the descriptor of the connection, non-blocking, for {@link PeerSocket#accepted}; the
   *     negated number of the kernel's error, EAGAIN where nobody has
   */
  public int accept() {
    int result;
    do {
      result = ACCEPT.call(fd, 0, 0, Libc.O_CLOEXEC | Libc.O_NONBLOCK);
    } while (result == -Errno.EINTR);
    return result;
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      Libc.close(fd);
    }
  }
}
