package org.jkeepalived.linux.netlink;

import java.nio.ByteBuffer;
import org.jkeepalived.linux.SystemCallException;

/** Carries netlink datagrams to the kernel and back: a socket, or a test's list of datagrams. */
public interface NetlinkTransport extends AutoCloseable {

  /** A buffer that {@link #send} and {@link #receive} can use, in the machine's byte order. */
  ByteBuffer buffer(int capacity);

  /**
   * Sends what lies between the buffer's start and its position.
   *
   * @return how many bytes, or a negated error number
   */
  int send(ByteBuffer datagram);

  /**
   * Receives one datagram; it then lies between the buffer's position, 0, and its limit.
   *
   * @return how many bytes it had, which is more than the limit when it did not fit; {@code
   *     -EAGAIN} when there is none and it does not wait, or has waited long enough; another
   *     negated error number
   */
  int receive(ByteBuffer buffer);

  /** Has the kernel send what it tells to a group, from now on. */
  default void join(int group) throws SystemCallException {}

  /** Sets how much may have arrived and not been read. */
  default void makeRoom(int bytes) {}

  @Override
  void close();
}
