package org.jkeepalived.linux.netlink.nftables;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jkeepalived.linux.SystemCallException;
import org.jkeepalived.linux.SystemError;
import org.jkeepalived.linux.netlink.AttributeReader;
import org.jkeepalived.linux.netlink.MessageReader;
import org.jkeepalived.linux.netlink.MessageWriter;
import org.jkeepalived.linux.netlink.Netlink;
import org.jkeepalived.linux.netlink.NetlinkConnection;

/**
 * Speaks with the kernel's packet filter. One thread at a time; it blocks while the kernel loads
 * what it needs.
 */
final class NftablesConnection implements AutoCloseable {

  /** Family, version, and a number: what stands between netlink's header and the attributes. */
  private static final int HEADER_BYTES = 4;

  /** Two thousand elements in one batch; the kernel's own bound for a datagram is 208 KiB. */
  static final int BATCH_BYTES = 160 * 1024;

  private static final int UNSPECIFIED = 0;

  private final NetlinkConnection connection;

  /** One message of a batch. */
  interface Message {

    /** Writes it, begin and end included. */
    void write(MessageWriter writer, int flags, int sequence);
  }

  NftablesConnection(NetlinkConnection connection) {
    this.connection = connection;
  }

  /** Opens it in the network namespace of the calling thread. */
  static NftablesConnection open() throws SystemCallException {
    return new NftablesConnection(
        NetlinkConnection.open(
            Nftables.NETLINK_NETFILTER, NetlinkConnection.RECEIVE_QUEUE_BYTES, BATCH_BYTES));
  }

  /**
   * Writes what stands between netlink's header and the attributes.
   *
   * @param number in network order
   */
  static MessageWriter header(MessageWriter writer, int family, int number) {
    return writer.u8(family).u8(0).u8(number >> 8).u8(number & 0xff);
  }

  /**
   * Has all of it carried out, or nothing. It must fit into {@link #BATCH_BYTES}.
   *
   * @return why nothing was carried out
   * @throws SystemCallException the kernel did not answer
   */
  Optional<SystemError> transact(String operation, List<Message> messages)
      throws SystemCallException {
    return connection.transact(
        operation,
        (writer, first) -> {
          boundary(writer, Nftables.BATCH_BEGIN, first);
          int last = first + messages.size();
          for (int i = 0; i < messages.size(); i++) {
            // the kernel answers in their order, and refusals in any case
            int flags = i == messages.size() - 1 ? Netlink.NLM_F_ACK : 0;
            messages.get(i).write(writer, flags, first + 1 + i);
          }
          boundary(writer, Nftables.BATCH_END, last + 1);
          return last;
        });
  }

  private static void boundary(MessageWriter writer, int type, int sequence) {
    writer.begin(type, Netlink.NLM_F_REQUEST, sequence);
    header(writer, UNSPECIFIED, Nftables.BATCH_SUBSYSTEM).end();
  }

  /** A number that is another one whenever anybody has changed anything. */
  Optional<Long> generation() throws SystemCallException {
    return connection.ask(
        "read the generation of nftables",
        Nftables.GET_GENERATION,
        writer -> header(writer, UNSPECIFIED, 0),
        NftablesConnection::generation);
  }

  private static Optional<Long> generation(MessageReader message) {
    if (message.type() != Nftables.NEW_GENERATION) {
      return Optional.empty();
    }
    AttributeReader attribute = message.attributes(HEADER_BYTES);
    while (attribute.next()) {
      if (attribute.type() == Nftables.GENERATION_ID) {
        long number = attribute.networkU32();
        return attribute.error().isPresent() ? Optional.empty() : Optional.of(number);
      }
    }
    return Optional.empty();
  }

  /** The elements of a map, in the kernel's order. */
  List<MapElement> elements(NetfilterFamily family, String table, String map)
      throws SystemCallException {
    List<List<MapElement>> parts =
        connection.dump(
            "read map " + map + " of nftables table " + table,
            Nftables.GET_ELEMENTS,
            writer ->
                header(writer, family.number(), 0)
                    .attributeString(Nftables.ELEMENTS_TABLE, table)
                    .attributeString(Nftables.ELEMENTS_SET, map),
            NftablesConnection::elements);
    return parts.stream().flatMap(List::stream).toList();
  }

  static Optional<List<MapElement>> elements(MessageReader message) {
    if (message.type() != Nftables.NEW_ELEMENTS) {
      return Optional.empty();
    }
    List<MapElement> found = new ArrayList<>();
    AttributeReader attribute = message.attributes(HEADER_BYTES);
    while (attribute.next()) {
      if (attribute.type() == Nftables.ELEMENTS_LIST) {
        AttributeReader element = attribute.nested();
        while (element.next()) {
          MapElement.decode(element).ifPresent(found::add);
        }
      }
    }
    return Optional.of(found);
  }

  /** How many rules a table has in a chain. */
  int rules(NetfilterFamily family, String table, String chain) throws SystemCallException {
    Consumer<MessageWriter> which =
        writer ->
            header(writer, family.number(), 0)
                .attributeString(Nftables.RULE_TABLE, table)
                .attributeString(Nftables.RULE_CHAIN, chain);
    return connection
        .dump(
            "read chain " + chain + " of nftables table " + table,
            Nftables.GET_RULE,
            which,
            message -> isRule(message, family, table, chain))
        .size();
  }

  /** Kernels before 4.20 tell all rules, whichever table was asked for. */
  private static Optional<Boolean> isRule(
      MessageReader message, NetfilterFamily family, String table, String chain) {
    if (message.type() != Nftables.NEW_RULE || message.u8(0) != family.number()) {
      return Optional.empty();
    }
    String ofTable = "";
    String ofChain = "";
    AttributeReader attribute = message.attributes(HEADER_BYTES);
    while (attribute.next()) {
      switch (attribute.type()) {
        case Nftables.RULE_TABLE -> ofTable = attribute.string();
        case Nftables.RULE_CHAIN -> ofChain = attribute.string();
        default -> {}
      }
    }
    return table.equals(ofTable) && chain.equals(ofChain) ? Optional.of(true) : Optional.empty();
  }

  @Override
  public void close() {
    connection.close();
  }
}
