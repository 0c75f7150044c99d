package org.jkeepalived.linux.netlink;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jkeepalived.linux.Errno;
import org.jkeepalived.linux.Libc;
import org.jkeepalived.linux.NativeMemory;
import org.jkeepalived.linux.SystemCallException;

/** A netlink socket (netlink(7)). */
public final class NetlinkSocket implements NetlinkTransport {
  private static final int AF_NETLINK = 16;
  private static final int SOCK_RAW = 3;
  private static final int NETLINK_ROUTE = 0;

  private static final int SOL_NETLINK = 270;
  private static final int NETLINK_ADD_MEMBERSHIP = 1;
  private static final int NETLINK_CAP_ACK = 10;
  private static final int NETLINK_EXT_ACK = 11;

  private static final int SO_RCVBUF = 8;
  private static final int SO_RCVTIMEO = 20;
  private static final int SO_RCVBUFFORCE = 33;

  // struct sockaddr_nl: family (2 bytes), padding (2), port id (4), groups (4)
  private static final int ADDRESS_BYTES = 12;
  private static final int ADDRESS_PORT_OFFSET = 4;

  private final int fd;
  private final List<NativeMemory> buffers = new ArrayList<>();
  private final NativeMemory sender = NativeMemory.allocate(ADDRESS_BYTES + Integer.BYTES);

  private NetlinkSocket(int fd) {
    this.fd = fd;
  }

  /**
   * Opens a socket for routing messages.
   *
   * @param receiveBufferBytes room for what has arrived and was not read
   * @param timeoutMillis how long {@link #receive} waits; 0 does not wait
   */
  public static NetlinkSocket open(int receiveBufferBytes, int timeoutMillis)
      throws SystemCallException {
    return open(NETLINK_ROUTE, receiveBufferBytes, timeoutMillis);
  }

  /** The same for another kind of messages, NETLINK_*. */
  public static NetlinkSocket open(int protocol, int receiveBufferBytes, int timeoutMillis)
      throws SystemCallException {
    int type = SOCK_RAW | Libc.O_CLOEXEC | (timeoutMillis == 0 ? Libc.O_NONBLOCK : 0);
    int fd =
        SystemCallException.check("open netlink socket", Libc.socket(AF_NETLINK, type, protocol));
    NetlinkSocket socket = new NetlinkSocket(fd);
    try {
      socket.configure(receiveBufferBytes, timeoutMillis);
      return socket;
    } catch (SystemCallException e) {
      socket.close();
      throw e;
    }
  }

  private void configure(int receiveBufferBytes, int timeoutMillis) throws SystemCallException {
    // both are a matter of comfort: an old kernel without them, or a lacking right, is no error
    Libc.setSocketOption(fd, SOL_NETLINK, NETLINK_EXT_ACK, 1);
    Libc.setSocketOption(fd, SOL_NETLINK, NETLINK_CAP_ACK, 1);
    makeRoom(receiveBufferBytes);
    if (timeoutMillis > 0) {
      NativeMemory time = NativeMemory.allocate(2 * Long.BYTES);
      time.bytes().putLong(0, timeoutMillis / 1000);
      time.bytes().putLong(Long.BYTES, timeoutMillis % 1000 * 1000L);
      SystemCallException.check(
          "netlink SO_RCVTIMEO", Libc.setSocketOption(fd, Libc.SOL_SOCKET, SO_RCVTIMEO, time));
    }
    NativeMemory address = NativeMemory.allocate(ADDRESS_BYTES);
    address.bytes().putShort(0, (short) AF_NETLINK);
    SystemCallException.check("bind netlink socket", Libc.bind(fd, address));
  }

  /** Sets how much may have arrived and not been read; less than that without the right to it. */
  @Override
  public void makeRoom(int receiveBufferBytes) {
    if (Libc.setSocketOption(fd, Libc.SOL_SOCKET, SO_RCVBUFFORCE, receiveBufferBytes) < 0) {
      Libc.setSocketOption(fd, Libc.SOL_SOCKET, SO_RCVBUF, receiveBufferBytes);
    }
  }

  /** Subscribes to a multicast group, RTNLGRP_*. */
  @Override
  public void join(int group) throws SystemCallException {
    SystemCallException.check(
        "join netlink group " + group,
        Libc.setSocketOption(fd, SOL_NETLINK, NETLINK_ADD_MEMBERSHIP, group));
  }

  public int fd() {
    return fd;
  }

  @Override
  public ByteBuffer buffer(int capacity) {
    NativeMemory memory = NativeMemory.allocate(capacity);
    buffers.add(memory);
    return memory.bytes();
  }

  @Override
  public int send(ByteBuffer datagram) {
    int result;
    do {
      result = Libc.send(fd, memoryOf(datagram), datagram.position(), 0);
    } while (result == -Errno.EINTR);
    return result;
  }

  @Override
  public int receive(ByteBuffer buffer) {
    buffer.clear();
    NativeMemory memory = memoryOf(buffer);
    int result;
    do {
      sender.bytes().putInt(ADDRESS_BYTES, ADDRESS_BYTES);
      result = Libc.receiveFrom(fd, memory, Libc.MSG_TRUNC, sender);
      // another process may write to this socket too: only the kernel has port 0
    } while (result == -Errno.EINTR
        || result >= 0 && sender.bytes().getInt(ADDRESS_PORT_OFFSET) != 0);
    buffer.limit(Math.max(0, Math.min(result, buffer.capacity())));
    return result;
  }

  private NativeMemory memoryOf(ByteBuffer buffer) {
    for (NativeMemory memory : buffers) {
      if (memory.bytes() == buffer) {
        return memory;
      }
    }
    throw new IllegalArgumentException("not a buffer of this socket");
  }

  @Override
  public void close() {
    Libc.close(fd);
  }
}
