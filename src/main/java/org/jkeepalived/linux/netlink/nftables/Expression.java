package org.jkeepalived.linux.netlink.nftables;

import java.util.function.Consumer;
import org.jkeepalived.linux.netlink.MessageWriter;

/**
 * A step of a rule. Steps hand values to each other in registers: 1 to 4 of 16 bytes each, or 8 to
 * 23 of 4 bytes, which are the same bytes once more.
 *
 * @param name the kernel's
 * @param data writes its attributes
 */
record Expression(String name, Consumer<MessageWriter> data) {

  /** The first register of 16 bytes. */
  static final int FIRST = 1;

  /** The first register of 4 bytes: the same place. */
  static final int FIRST_WORD = 8;

  /** The register of a verdict. */
  private static final int VERDICT = 0;

  /** Where a header begins, NFT_PAYLOAD_*. */
  enum Header {
    NETWORK(1),
    TRANSPORT(2);

    private final int number;

    Header(int number) {
      this.number = number;
    }
  }

  /** What is known of a packet beside its bytes, NFT_META_*. */
  enum Meta {
    MARK(3),
    TRANSPORT_PROTOCOL(16);

    private final int number;

    Meta(int number) {
      this.number = number;
    }
  }

  static Expression load(Meta key, int register) {
    return new Expression(
        "meta",
        writer -> writer.attributeNetworkU32(2, key.number).attributeNetworkU32(1, register));
  }

  static Expression store(Meta key, int register) {
    return new Expression(
        "meta",
        writer -> writer.attributeNetworkU32(2, key.number).attributeNetworkU32(3, register));
  }

  /** The rule ends here for packets of which the register holds something else. */
  static Expression isEqual(int register, byte[] value) {
    return new Expression(
        "cmp",
        writer -> {
          writer.attributeNetworkU32(1, register).attributeNetworkU32(2, 0);
          int data = writer.beginNested(3 | Nftables.NLA_F_NESTED);
          writer.attribute(Nftables.DATA_VALUE, value).endNested(data);
        });
  }

  static Expression payload(int register, Header header, int offset, int length) {
    return new Expression(
        "payload",
        writer ->
            writer
                .attributeNetworkU32(1, register)
                .attributeNetworkU32(2, header.number)
                .attributeNetworkU32(3, offset)
                .attributeNetworkU32(4, length));
  }

  /**
   * Looks into a map; the rule ends here for packets that it does not have.
   *
   * @param setId as the map's message in the same batch has it
   */
  static Expression lookUp(String map, int from, int to, int setId) {
    return new Expression(
        "lookup",
        writer ->
            writer
                .attributeNetworkU32(2, from)
                .attributeNetworkU32(3, to)
                .attributeString(1, map)
                .attributeNetworkU32(4, setId));
  }

  static Expression counter() {
    return new Expression("counter", writer -> {});
  }

  /** The packet goes on behind the chain. */
  static Expression goOn() {
    return new Expression(
        "immediate",
        writer -> {
          writer.attributeNetworkU32(1, VERDICT);
          int data = writer.beginNested(2 | Nftables.NLA_F_NESTED);
          int verdict = writer.beginNested(Nftables.DATA_VERDICT | Nftables.NLA_F_NESTED);
          writer.attributeNetworkU32(
              Nftables.VERDICT_CODE, Integer.toUnsignedLong(Nftables.VERDICT_RETURN));
          writer.endNested(verdict).endNested(data);
        });
  }

  /** Writes it as an attribute of a type. */
  void write(MessageWriter writer, int type) {
    int element = writer.beginNested(type | Nftables.NLA_F_NESTED);
    writer.attributeString(Nftables.EXPRESSION_NAME, name);
    int nested = writer.beginNested(Nftables.EXPRESSION_DATA | Nftables.NLA_F_NESTED);
    data.accept(writer);
    writer.endNested(nested).endNested(element);
  }
}
