package org.jkeepalived.linux.netlink.route;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.jkeepalived.linux.SystemCallException;
import org.jkeepalived.linux.netlink.AttributeReader;
import org.jkeepalived.linux.netlink.MessageReader;
import org.jkeepalived.linux.netlink.NetlinkConnection;

/**
 * The addresses that this machine has, of both families, on whatever link; and a descriptor that
 * says when to look again. One thread at a time.
 */
public final class LocalAddresses implements AutoCloseable {

  /** How much may wait to be read where nothing else is asked for. */
  public static final int QUEUE_BYTES = RouteNotices.QUEUE_BYTES;

  private final RouteNotices notices;
  private final NetlinkConnection tables;

  private LocalAddresses(RouteNotices notices, NetlinkConnection tables) {
    this.notices = notices;
    this.tables = tables;
  }

  /** In the network namespace of the thread that calls it. */
  public static LocalAddresses open() throws SystemCallException {
    RouteNotices notices =
        RouteNotices.of(RouteNotices.IPV4_ADDRESSES, RouteNotices.IPV6_ADDRESSES);
    try {
      return new LocalAddresses(notices, NetlinkConnection.open());
    } catch (SystemCallException e) {
      notices.close();
      throw e;
    }
  }

  /** Sets how much may wait to be read. */
  public void makeRoom(int bytes) {
    notices.makeRoom(bytes);
  }

  /** Readable when addresses may have changed. */
  public int fd() {
    return notices.fd();
  }

  /** Takes note of what the descriptor has told, whatever it is. Does not wait. */
  public void drain() {
    notices.drain();
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
    notices.close();
    tables.close();
  }
}
