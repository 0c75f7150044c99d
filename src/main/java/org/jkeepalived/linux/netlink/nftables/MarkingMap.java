package org.jkeepalived.linux.netlink.nftables;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jkeepalived.linux.netlink.nftables.Expression.Header;
import org.jkeepalived.linux.netlink.nftables.Expression.Meta;
import org.jkeepalived.lvs.mark.MarkMap;
import org.jkeepalived.lvs.mark.MarkedRange;
import org.jkeepalived.model.AddressFamily;
import org.jkeepalived.model.lvs.Protocol;

/**
 * A map from addresses and ports to marks, and its rule, as keepalived makes them:
 *
 * <pre>
 * map tcp_map { type ipv4_addr . inet_service : mark; flags interval; }
 * chain in { meta mark set ip daddr . tcp dport map @tcp_map return }
 * </pre>
 *
 * @param id of the map among those of its batch
 */
record MarkingMap(MarkMap map, int id) {

  // nft's own numbers of types
  private static final int TYPE_IPV4_ADDRESS = 7;
  private static final int TYPE_IPV6_ADDRESS = 8;
  private static final int TYPE_SERVICE = 13;
  private static final int TYPE_MARK = 19;
  private static final int TYPE_BITS = 6;

  private static final int PORT_BYTES = 2;
  private static final int MARK_BYTES = 4;
  private static final int WORD_BYTES = 4;

  // where the receiver stands in IPv4's and IPv6's header, and in those of all three protocols
  private static final int IPV4_RECEIVER = 16;
  private static final int IPV6_RECEIVER = 24;
  private static final int PORT_OFFSET = 2;

  String name() {
    return map.protocol().name().toLowerCase(Locale.ROOT) + "_map";
  }

  private int addressBytes() {
    return map.family() == AddressFamily.IPV4 ? 4 : 16;
  }

  MapDeclaration declaration(boolean counted) {
    int address = map.family() == AddressFamily.IPV4 ? TYPE_IPV4_ADDRESS : TYPE_IPV6_ADDRESS;
    return new MapDeclaration(
        name(),
        id,
        (long) address << TYPE_BITS | TYPE_SERVICE,
        List.of(addressBytes(), PORT_BYTES),
        new MapDeclaration.Data(TYPE_MARK, MARK_BYTES),
        counted);
  }

  /** What its rule does. */
  List<Expression> rule(boolean counted) {
    int offset = map.family() == AddressFamily.IPV4 ? IPV4_RECEIVER : IPV6_RECEIVER;
    // an IPv4 address takes a word of the first register, an IPv6 address all of it
    boolean ipv4 = map.family() == AddressFamily.IPV4;
    int behind = ipv4 ? Expression.FIRST_WORD + 1 : Expression.FIRST + 1;
    List<Expression> steps = new ArrayList<>();
    steps.add(Expression.load(Meta.TRANSPORT_PROTOCOL, Expression.FIRST));
    steps.add(Expression.isEqual(Expression.FIRST, new byte[] {(byte) number(map.protocol())}));
    steps.add(Expression.payload(Expression.FIRST, Header.NETWORK, offset, addressBytes()));
    steps.add(Expression.payload(behind, Header.TRANSPORT, PORT_OFFSET, PORT_BYTES));
    steps.add(Expression.lookUp(name(), Expression.FIRST, Expression.FIRST, id));
    steps.add(Expression.store(Meta.MARK, Expression.FIRST));
    if (counted) {
      steps.add(Expression.counter());
    }
    steps.add(Expression.goOn());
    return steps;
  }

  private static int number(Protocol protocol) {
    return switch (protocol) {
      case TCP -> 6;
      case UDP -> 17;
      case SCTP -> 132;
    };
  }

  static MapElement element(MarkedRange range) {
    byte[] mark = new byte[MARK_BYTES];
    ByteBuffer.wrap(mark).order(ByteOrder.nativeOrder()).putInt((int) range.mark());
    return new MapElement(
        key(range.first(), range.firstPort()), key(range.last(), range.lastPort()), mark);
  }

  private static byte[] key(InetAddress address, int port) {
    byte[] bytes = address.getAddress();
    byte[] key = Arrays.copyOf(bytes, bytes.length + WORD_BYTES);
    key[bytes.length] = (byte) (port >> 8);
    key[bytes.length + 1] = (byte) port;
    return key;
  }

  /** What an element marks; empty for one that is none of ours. */
  Optional<MarkedRange> range(MapElement element) {
    int length = addressBytes() + WORD_BYTES;
    if (element.key().length != length
        || element.end().length != length
        || element.data().length != MARK_BYTES) {
      return Optional.empty();
    }
    int mark = ByteBuffer.wrap(element.data()).order(ByteOrder.nativeOrder()).getInt();
    try {
      return Optional.of(
          new MarkedRange(
              address(element.key()),
              address(element.end()),
              port(element.key()),
              port(element.end()),
              Integer.toUnsignedLong(mark)));
    } catch (UnknownHostException e) {
      throw new AssertionError("as many bytes as an address has", e);
    }
  }

  private InetAddress address(byte[] key) throws UnknownHostException {
    return InetAddress.getByAddress(Arrays.copyOf(key, addressBytes()));
  }

  private int port(byte[] key) {
    return Short.toUnsignedInt(ByteBuffer.wrap(key).getShort(addressBytes()));
  }
}
