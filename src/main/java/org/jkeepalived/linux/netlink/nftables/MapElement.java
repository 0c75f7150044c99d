package org.jkeepalived.linux.netlink.nftables;

import java.util.Optional;
import org.jkeepalived.linux.netlink.AttributeReader;
import org.jkeepalived.linux.netlink.MessageWriter;

/**
 * An element of a map: from a key to a key, each field by itself, and what these lead to.
 *
 * @param end as long as {@code key}, and the same for a single one
 */
record MapElement(byte[] key, byte[] end, byte[] data) {

  /** More bytes than any of them takes in a message. */
  static final int MOST_BYTES = 80;

  void write(MessageWriter writer) {
    int element = writer.beginNested(Nftables.LIST_ELEMENT | Nftables.NLA_F_NESTED);
    value(writer, Nftables.ELEMENT_KEY, key);
    value(writer, Nftables.ELEMENT_KEY_END, end);
    value(writer, Nftables.ELEMENT_DATA, data);
    writer.endNested(element);
  }

  private static void value(MessageWriter writer, int type, byte[] bytes) {
    int nested = writer.beginNested(type | Nftables.NLA_F_NESTED);
    writer.attribute(Nftables.DATA_VALUE, bytes).endNested(nested);
  }

  /** Decodes one of a list; empty for what is none. */
  static Optional<MapElement> decode(AttributeReader element) {
    byte[] key = new byte[0];
    byte[] end = new byte[0];
    byte[] data = new byte[0];
    AttributeReader attribute = element.nested();
    while (attribute.next()) {
      switch (attribute.type()) {
        case Nftables.ELEMENT_KEY -> key = value(attribute.nested());
        case Nftables.ELEMENT_KEY_END -> end = value(attribute.nested());
        case Nftables.ELEMENT_DATA -> data = value(attribute.nested());
        default -> {}
      }
    }
    if (attribute.error().isPresent() || key.length == 0) {
      return Optional.empty();
    }
    return Optional.of(new MapElement(key, end.length == 0 ? key : end, data));
  }

  private static byte[] value(AttributeReader data) {
    while (data.next()) {
      if (data.type() == Nftables.DATA_VALUE) {
        return data.bytes();
      }
    }
    return new byte[0];
  }
}
