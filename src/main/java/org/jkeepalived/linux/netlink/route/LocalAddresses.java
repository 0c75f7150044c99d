package org.jkeepalived.linux.netlink.route;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.jkeepalived.linux.Errno;
import org.jkeepalived.linux.SystemCallException;
import org.jkeepalived.linux.netlink.AttributeReader;
import org.jkeepalived.linux.netlink.MessageReader;
import org.jkeepalived.linux.netlink.NetlinkConnection;
import org.jkeepalived.linux.netlink.NetlinkSocket;

/**
 * The addresses that this machine has, of both families, on whatever link; and a descriptor that
 * says when to look again. One thread at a time.
 */
public final class LocalAddresses implements AutoCloseable {
  private static final int RTNLGRP_IPV4_IFADDR = 5;
  private static final int RTNLGRP_IPV6_IFADDR = 9;

  /** How much may wait to be read where nothing else is asked for. */
  public static final int QUEUE_BYTES = 64 * 1024;

  private static final int DATAGRAM_BYTES = 8 * 1024;

  private final NetlinkSocket notifications;
  private final NetlinkConnection tables;
  private final ByteBuffer datagram;

  private LocalAddresses(NetlinkSocket notifications, NetlinkConnection tables) {
    this.notifications = notifications;
    this.tables = tables;
    datagram = notifications.buffer(DATAGRAM_BYTES);
  }

  /** In the network namespace of the thread that calls it. */
  public static LocalAddresses open() throws SystemCallException {
    NetlinkSocket socket = NetlinkSocket.open(QUEUE_BYTES, 0);
    try {
      socket.join(RTNLGRP_IPV4_IFADDR);
      socket.join(RTNLGRP_IPV6_IFADDR);
      return new LocalAddresses(socket, NetlinkConnection.open());
    } catch (SystemCallException e) {
      socket.close();
      throw e;
    }
  }

  /** Sets how much may wait to be read. */
  public void makeRoom(int bytes) {
    notifications.makeRoom(bytes);
  }

  /** Readable when addresses may have changed. */
  public int fd() {
    return notifications.fd();
  }

  /** Takes note of what the descriptor has told, whatever it is. Does not wait. */
  public void drain() {
    // what was lost is a change, too: whoever calls this reads everything anew
    int received = notifications.receive(datagram);
    while (received >= 0 || received == -Errno.ENOBUFS) {
      received = notifications.receive(datagram);
    }
  }

  /** All addresses of this moment. */
  public Set<InetAddress> read() throws SystemCallException {
    return new HashSet<>(
        tables.dump(
            "read addresses",
            RouteMessages.RTM_GETADDR,
            writer -> writer.u8(RouteMessages.AF_UNSPEC).u8(0).u8(0).u8(0).u32(0),
            LocalAddresses::address));
  }

  private static Optional<InetAddress> address(MessageReader message) {
    if (message.type() != RouteMessages.RTM_NEWADDR) {
      return Optional.empty();
    }
    Optional<InetAddress> found = Optional.empty();
    AttributeReader attribute = message.attributes(RouteMessages.ADDRESS_HEADER_BYTES);
    while (attribute.next()) {
      boolean local = attribute.type() == RouteMessages.IFA_LOCAL;
      // the other end's, where the link has two ends and there is an IFA_LOCAL
      boolean alone = attribute.type() == RouteMessages.IFA_ADDRESS && found.isEmpty();
      if (local || alone) {
        found = address(attribute.bytes());
      }
    }
    return found;
  }

  private static Optional<InetAddress> address(byte[] bytes) {
    try {
      return Optional.of(InetAddress.getByAddress(bytes));
    } catch (UnknownHostException e) {
      return Optional.empty();
    }
  }

  @Override
  public void close() {
    notifications.close();
    tables.close();
  }
}
