package org.jkeepalived.linux.netlink.route;

import java.nio.ByteBuffer;
import java.util.OptionalInt;
import org.jkeepalived.link.LinkState;
import org.jkeepalived.linux.Errno;
import org.jkeepalived.linux.SystemCallException;
import org.jkeepalived.linux.netlink.NetlinkConnection;
import org.jkeepalived.linux.netlink.NetlinkSocket;

/**
 * A descriptor that says that something has happened to links, and which link has a name now. One
 * thread at a time.
 */
public final class LinkNews implements AutoCloseable {
  private static final int RTNLGRP_LINK = 1;
  private static final int IFLA_IFNAME = 3;
  private static final int QUEUE_BYTES = 64 * 1024;
  private static final int DATAGRAM_BYTES = 8 * 1024;

  private final NetlinkSocket notifications;
  private final NetlinkConnection links;
  private final ByteBuffer datagram;

  private LinkNews(NetlinkSocket notifications, NetlinkConnection links) {
    this.notifications = notifications;
    this.links = links;
    datagram = notifications.buffer(DATAGRAM_BYTES);
  }

  /** In the network namespace of the thread that calls it. */
  public static LinkNews open() throws SystemCallException {
    NetlinkSocket socket = NetlinkSocket.open(QUEUE_BYTES, 0);
    try {
      socket.join(RTNLGRP_LINK);
      return new LinkNews(socket, NetlinkConnection.open());
    } catch (SystemCallException e) {
      socket.close();
      throw e;
    }
  }

  /** Readable when something has happened. */
  public int fd() {
    return notifications.fd();
  }

  /** Takes note of what the descriptor has told, whatever it is. Does not wait. */
  public void drain() {
    // what was lost is news, too: whoever calls this looks anew
    int received = notifications.receive(datagram);
    while (received >= 0 || received == -Errno.ENOBUFS) {
      received = notifications.receive(datagram);
    }
  }

  /** The index of the link of a name; empty if there is none. */
  public OptionalInt index(String name) throws SystemCallException {
    try {
      return links
          .ask(
              "look for link " + name,
              RouteMessages.RTM_GETLINK,
              writer ->
                  writer
                      .u8(RouteMessages.AF_UNSPEC)
                      .u8(0)
                      .u16(0)
                      .s32(0)
                      .u32(0)
                      .u32(0)
                      .attributeString(IFLA_IFNAME, name),
              RouteMessages::link)
          .map(LinkState::index)
          .map(OptionalInt::of)
          .orElseGet(OptionalInt::empty);
    } catch (SystemCallException refused) {
      if (refused.error().errno() == Errno.ENODEV) {
        return OptionalInt.empty();
      }
      throw refused;
    }
  }

  @Override
  public void close() {
    notifications.close();
    links.close();
  }
}
