package org.jkeepalived.linux.netlink.route;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.Consumer;
import org.jkeepalived.kernel.KernelObject;
import org.jkeepalived.linux.Errno;
import org.jkeepalived.linux.SystemCallException;
import org.jkeepalived.linux.netlink.MessageReader;
import org.jkeepalived.linux.netlink.NetlinkSocket;

/**
 * Hears that routes and rules are gone. The kernel tells nothing of IPv4 routes that it drops with
 * a link or an address. One thread at a time.
 */
public final class RoutingMonitor implements AutoCloseable {
  private static final int[] GROUPS = {
    7, // RTNLGRP_IPV4_ROUTE
    8, // RTNLGRP_IPV4_RULE
    11, // RTNLGRP_IPV6_ROUTE
    19, // RTNLGRP_IPV6_RULE
  };

  private static final int RECEIVE_QUEUE_BYTES = 4 * 1024 * 1024;
  private static final int DATAGRAM_BYTES = 32 * 1024;

  private final NetlinkSocket socket;
  private final ByteBuffer datagram;
  private final Consumer<List<KernelObject.Key>> gone;
  private final Runnable lost;

  private RoutingMonitor(
      NetlinkSocket socket, Consumer<List<KernelObject.Key>> gone, Runnable lost) {
    this.socket = socket;
    this.gone = gone;
    this.lost = lost;
    datagram = socket.buffer(DATAGRAM_BYTES);
  }

  /**
   * Subscribes, in the network namespace of the calling thread.
   *
   * @param gone hears of each route or rule that is gone: the keys that it may be held under
   * @param lost hears that some of what was told has been lost
   */
  public static RoutingMonitor open(Consumer<List<KernelObject.Key>> gone, Runnable lost)
      throws SystemCallException {
    NetlinkSocket socket = NetlinkSocket.open(RECEIVE_QUEUE_BYTES, 0);
    try {
      RoutingFilter.attachTo(socket.fd());
      for (int group : GROUPS) {
        socket.join(group);
      }
      return new RoutingMonitor(socket, gone, lost);
    } catch (SystemCallException e) {
      socket.close();
      throw e;
    }
  }

  /** Readable when there is news; to be followed by {@link #drain}. */
  public int fd() {
    return socket.fd();
  }

  /**
   * Tells what is gone. Does not wait.
   *
   * @param most how many datagrams to read at most
   */
  public void drain(int most) {
    for (int read = 0; read < most; read++) {
      int received = socket.receive(datagram);
      if (received == -Errno.ENOBUFS || received > datagram.limit()) {
        lost.run();
      } else if (received < 0) {
        return;
      } else {
        tell();
      }
    }
  }

  private void tell() {
    for (MessageReader message = new MessageReader(datagram); message.next(); ) {
      List<KernelObject.Key> keys = RoutingNews.gone(message);
      if (!keys.isEmpty()) {
        gone.accept(keys);
      }
    }
  }

  @Override
  public void close() {
    socket.close();
  }
}
