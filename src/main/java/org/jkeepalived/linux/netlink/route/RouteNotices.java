package org.jkeepalived.linux.netlink.route;

import java.nio.ByteBuffer;
import org.jkeepalived.linux.Errno;
import org.jkeepalived.linux.SystemCallException;
import org.jkeepalived.linux.netlink.NetlinkSocket;

/**
 * A descriptor that says that something has happened, to links or to addresses, for those who then
 * look anew; what it was is not read. One thread at a time.
 */
final class RouteNotices implements AutoCloseable {
  static final int LINKS = 1; // RTNLGRP_LINK
  static final int IPV4_ADDRESSES = 5; // RTNLGRP_IPV4_IFADDR
  static final int IPV6_ADDRESSES = 9; // RTNLGRP_IPV6_IFADDR

  /** How much may wait to be read where nothing else is asked for. */
  static final int QUEUE_BYTES = 64 * 1024;

  private static final int DATAGRAM_BYTES = 8 * 1024;

  private final NetlinkSocket socket;
  private final ByteBuffer datagram;

  private RouteNotices(NetlinkSocket socket) {
    this.socket = socket;
    datagram = socket.buffer(DATAGRAM_BYTES);
  }

  /**
   * Opens it in the network namespace of the thread that calls this.
   *
   * @param groups of what it says
   */
  static RouteNotices of(int... groups) throws SystemCallException {
    NetlinkSocket socket = NetlinkSocket.open(QUEUE_BYTES, 0);
    try {
      for (int group : groups) {
        socket.join(group);
      }
      return new RouteNotices(socket);
    } catch (SystemCallException e) {
      socket.close();
      throw e;
    }
  }

  /** Sets how much may wait to be read. */
  void makeRoom(int bytes) {
    socket.makeRoom(bytes);
  }

  /** Readable when something has happened. */
  int fd() {
    return socket.fd();
  }

  /** Takes note of what the descriptor has told, whatever it is. Does not wait. */
  void drain() {
    // what was lost is news, too: whoever calls this looks anew
    int received = socket.receive(datagram);
    while (received >= 0 || received == -Errno.ENOBUFS) {
      received = socket.receive(datagram);
    }
  }

  @Override
  public void close() {
    socket.close();
  }
}
