package org.jkeepalived.linux.firewall;

import java.nio.ByteBuffer;
import org.jkeepalived.linux.Errno;
import org.jkeepalived.linux.SystemCallException;
import org.jkeepalived.linux.netlink.AttributeReader;
import org.jkeepalived.linux.netlink.MessageReader;
import org.jkeepalived.linux.netlink.NetlinkSocket;

/** Hears what is done to nftables, by whomever. One thread at a time. */
public final class NftablesMonitor implements AutoCloseable {

  private static final int NETLINK_NETFILTER = 12;
  private static final int GROUP_NFTABLES = 7;
  private static final int SUBSYSTEM = 10;
  private static final int RECEIVE_QUEUE_BYTES = 1024 * 1024;
  private static final int DATAGRAM_BYTES = 32 * 1024;

  /** Family, version, and a number: what stands between netlink's header and the attributes. */
  private static final int HEADER_BYTES = 4;

  private static final int NEW_TABLE = 0;

  /** In the messages of tables, chains, rules, sets and elements alike. */
  private static final int TABLE_NAME = 1;

  private static final int IPV4 = 2;

  private final NetlinkSocket socket;
  private final ByteBuffer datagram;

  /** Hears of changes. */
  public interface Listener {

    /**
     * A table is there.
     *
     * @param family {@code ip} or {@code ip6}
     * @param port the number of the socket that it was asked for with
     */
    void made(String family, String table, int port);

    /** A table, or something in it, is gone. */
    void removed(String family, String table, int port);

    /** Some of what was told has been lost. */
    void lost();
  }

  private NftablesMonitor(NetlinkSocket socket) {
    this.socket = socket;
    datagram = socket.buffer(DATAGRAM_BYTES);
  }

  /** Subscribes, in the network namespace of the calling thread. */
  public static NftablesMonitor open() throws SystemCallException {
    NetlinkSocket socket = NetlinkSocket.open(NETLINK_NETFILTER, RECEIVE_QUEUE_BYTES, 0);
    try {
      socket.join(GROUP_NFTABLES);
      return new NftablesMonitor(socket);
    } catch (SystemCallException e) {
      socket.close();
      throw e;
    }
  }

  /** Readable when there is news; to be followed by {@link #drain}. */
  public int fd() {
    return socket.fd();
  }

  /** Tells all that there is to tell. Does not wait. */
  public void drain(Listener listener) {
    while (true) {
      int received = socket.receive(datagram);
      if (received == -Errno.ENOBUFS || received > datagram.limit()) {
        listener.lost();
      } else if (received < 0) {
        return;
      } else {
        for (MessageReader message = new MessageReader(datagram); message.next(); ) {
          tell(message, listener);
        }
      }
    }
  }

  private static void tell(MessageReader message, Listener listener) {
    if (message.type() >> 8 != SUBSYSTEM) {
      return;
    }
    String family = message.u8(0) == IPV4 ? "ip" : "ip6";
    switch (message.type() & 0xff) {
      case NEW_TABLE -> listener.made(family, table(message), message.port());
      // a table, a chain, a rule, a set, elements
      case 2, 5, 8, 11, 14 -> listener.removed(family, table(message), message.port());
      default -> {}
    }
  }

  private static String table(MessageReader message) {
    AttributeReader attribute = message.attributes(HEADER_BYTES);
    while (attribute.next()) {
      if (attribute.type() == TABLE_NAME) {
        return attribute.string();
      }
    }
    return "";
  }

  @Override
  public void close() {
    socket.close();
  }
}
