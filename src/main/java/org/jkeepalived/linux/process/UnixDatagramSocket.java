package org.jkeepalived.linux.process;

import java.nio.charset.StandardCharsets;
import org.jkeepalived.linux.Errno;
import org.jkeepalived.linux.Libc;
import org.jkeepalived.linux.NativeFunction;
import org.jkeepalived.linux.NativeMemory;
import org.jkeepalived.linux.SystemCallException;

/**
 * Sends datagrams to a Unix socket, which Java itself cannot: to syslog, the journal, the service
 * manager.
 *
 * <p>Each datagram names its receiver anew, so a receiver that was restarted gets the next one. An
 * object belongs to one thread.
 */
public final class UnixDatagramSocket implements AutoCloseable {

  /** The longest datagram that may be sent, in bytes. */
  public static final int MAXIMUM_BYTES = 65_536;

  private static final NativeFunction SENDTO = NativeFunction.ofLibc("sendto");
  private static final int AF_UNIX = 1;
  private static final int SOCK_DGRAM = 2;
  private static final int MSG_NOSIGNAL = 0x4000;
  private static final int MSG_DONTWAIT = 0x40;
  private static final int EINTR = 4;
  private static final int MAXIMUM_PATH_BYTES = 107;

  private final int descriptor;
  private final NativeMemory address;
  private final NativeMemory payload = NativeMemory.allocate(MAXIMUM_BYTES);
  private boolean open = true;

  private UnixDatagramSocket(int descriptor, NativeMemory address) {
    this.descriptor = descriptor;
    this.address = address;
  }

  /**
   * Opens a socket that sends to a path, or to an abstract name if it starts with {@code @}.
   *
   * @throws SystemCallException if the kernel gives no socket
   * @throws IllegalArgumentException if the path is empty or longer than 107 bytes
   */
  public static UnixDatagramSocket to(String path) throws SystemCallException {
    NativeMemory address = address(path);
    int descriptor = Libc.socket(AF_UNIX, SOCK_DGRAM | Libc.O_CLOEXEC, 0);
    return new UnixDatagramSocket(SystemCallException.check("socket", descriptor), address);
  }

  /** unix(7): the family; then the path and a NUL, or a NUL and the abstract name. */
  private static NativeMemory address(String path) {
    byte[] name = path.getBytes(StandardCharsets.UTF_8);
    if (name.length == 0 || name.length > MAXIMUM_PATH_BYTES) {
      throw new IllegalArgumentException("no address of a Unix socket: " + path);
    }
    boolean isAbstract = name[0] == '@';
    NativeMemory address = NativeMemory.allocate(2 + name.length + (isAbstract ? 0 : 1));
    address.bytes().putShort(0, (short) AF_UNIX).put(2, name);
    if (isAbstract) {
      address.bytes().put(2, (byte) 0);
    }
    return address;
  }

  /**
   * Sends the first bytes of an array as one datagram; waits while the receiver's queue is full.
   *
   * @param length from 0 to {@link #MAXIMUM_BYTES}
   * @throws SystemCallException if it could not be delivered
   */
  public void send(byte[] bytes, int length) throws SystemCallException {
    if (!open || length > MAXIMUM_BYTES) {
      throw new IllegalArgumentException(open ? length + " bytes are too many" : "closed");
    }
    SystemCallException.check("sendto", send(bytes, length, MSG_NOSIGNAL));
  }

  /**
   * The same, but never waits.
   *
   * @return false if the receiver's queue is full, and nothing was sent
   * @throws SystemCallException if it could not be delivered
   */
  public boolean offer(byte[] bytes, int length) throws SystemCallException {
    if (!open || length > MAXIMUM_BYTES) {
      throw new IllegalArgumentException(open ? length + " bytes are too many" : "closed");
    }
    int sent = send(bytes, length, MSG_NOSIGNAL | MSG_DONTWAIT);
    if (sent == -Errno.EAGAIN) {
      return false;
    }
    SystemCallException.check("sendto", sent);
    return true;
  }

  private int send(byte[] bytes, int length, int flags) {
    payload.bytes().put(0, bytes, 0, length);
    int sent;
    do {
      sent =
          payload.lend(
              at ->
                  address.lend(
                      to -> SENDTO.call(descriptor, at, length, flags, to, address.length())));
    } while (sent == -EINTR);
    return sent;
  }

  @Override
  public void close() {
    if (open) {
      open = false;
      Libc.close(descriptor);
    }
  }
}
