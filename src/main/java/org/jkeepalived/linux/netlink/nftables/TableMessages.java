package org.jkeepalived.linux.netlink.nftables;

import java.util.List;
import org.jkeepalived.linux.netlink.MessageWriter;
import org.jkeepalived.linux.netlink.Netlink;
import org.jkeepalived.linux.netlink.nftables.NftablesConnection.Message;

/**
 * What is asked about one table of one family.
 *
 * <pre>
 * netlink header, type: subsystem (8 bits), message (8) | family (1) | version 0 (1) | 0 (2) |
 * attributes, numbers in network order
 * </pre>
 */
record TableMessages(NetfilterFamily family, String table) {

  private static final int CREATE = Netlink.NLM_F_REQUEST | Netlink.NLM_F_CREATE;
  private static final int HOOK_INPUT = 1;

  /**
   * What nft needs to show keys and data in the machine's byte order: a tag, a length, a number.
   */
  private static final byte[] USER_DATA = userData();

  private static byte[] userData() {
    return new byte[] {0, 4, 1, 0, 0, 0, 1, 4, 1, 0, 0, 0};
  }

  private MessageWriter begin(MessageWriter writer, int type, int flags, int sequence) {
    writer.begin(type, flags, sequence);
    return NftablesConnection.header(writer, family.number(), 0);
  }

  /** A table comes, or is there already. */
  Message addTable() {
    return (writer, flags, sequence) ->
        begin(writer, Nftables.NEW_TABLE, CREATE | flags, sequence)
            .attributeString(Nftables.TABLE_NAME, table)
            .end();
  }

  /** It goes, with all that is in it. */
  Message deleteTable() {
    return (writer, flags, sequence) ->
        begin(writer, Nftables.DELETE_TABLE, Netlink.NLM_F_REQUEST | flags, sequence)
            .attributeString(Nftables.TABLE_NAME, table)
            .end();
  }

  /** A chain comes that sees packets for this machine before others of a higher priority do. */
  Message addInputChain(String name, int priority) {
    return (writer, flags, sequence) -> {
      begin(writer, Nftables.NEW_CHAIN, CREATE | flags, sequence)
          .attributeString(Nftables.CHAIN_TABLE, table)
          .attributeString(Nftables.CHAIN_NAME, name);
      int hook = writer.beginNested(Nftables.CHAIN_HOOK | Nftables.NLA_F_NESTED);
      writer
          .attributeNetworkU32(Nftables.HOOK_NUMBER, HOOK_INPUT)
          .attributeNetworkU32(Nftables.HOOK_PRIORITY, Integer.toUnsignedLong(priority))
          .endNested(hook)
          .attributeNetworkU32(Nftables.CHAIN_POLICY, Nftables.POLICY_ACCEPT)
          .attributeString(Nftables.CHAIN_TYPE, "filter")
          .end();
    };
  }

  Message addMap(MapDeclaration map) {
    return (writer, flags, sequence) -> {
      int kind = Nftables.SET_IS_INTERVAL | Nftables.SET_IS_MAP | Nftables.SET_IS_CONCATENATION;
      begin(writer, Nftables.NEW_SET, CREATE | flags, sequence)
          .attributeString(Nftables.SET_TABLE, table)
          .attributeString(Nftables.SET_NAME, map.name())
          .attributeNetworkU32(Nftables.SET_FLAGS, kind)
          .attributeNetworkU32(Nftables.SET_KEY_TYPE, map.keyType())
          .attributeNetworkU32(Nftables.SET_KEY_LENGTH, map.keyBytes())
          .attributeNetworkU32(Nftables.SET_DATA_TYPE, map.data().type())
          .attributeNetworkU32(Nftables.SET_DATA_LENGTH, map.data().bytes())
          .attributeNetworkU32(Nftables.SET_ID, map.id());
      int description = writer.beginNested(Nftables.SET_DESCRIPTION | Nftables.NLA_F_NESTED);
      int fields = writer.beginNested(Nftables.DESCRIPTION_CONCATENATION | Nftables.NLA_F_NESTED);
      for (int bytes : map.fieldBytes()) {
        int field = writer.beginNested(Nftables.LIST_ELEMENT | Nftables.NLA_F_NESTED);
        writer.attributeNetworkU32(Nftables.FIELD_LENGTH, bytes).endNested(field);
      }
      writer.endNested(fields).endNested(description);
      writer.attribute(Nftables.SET_USER_DATA, USER_DATA);
      if (map.counted()) {
        Expression.counter().write(writer, Nftables.SET_EXPRESSION);
      }
      writer.end();
    };
  }

  /** A rule comes behind those that are there. */
  Message addRule(String chain, List<Expression> expressions) {
    return (writer, flags, sequence) -> {
      begin(writer, Nftables.NEW_RULE, CREATE | Nftables.NLM_F_APPEND | flags, sequence)
          .attributeString(Nftables.RULE_TABLE, table)
          .attributeString(Nftables.RULE_CHAIN, chain);
      int list = writer.beginNested(Nftables.RULE_EXPRESSIONS | Nftables.NLA_F_NESTED);
      expressions.forEach(each -> each.write(writer, Nftables.LIST_ELEMENT));
      writer.endNested(list).end();
    };
  }

  /** Elements come; at most some hundreds, an attribute holds 64 KiB. */
  Message addElements(String map, List<MapElement> elements) {
    return (writer, flags, sequence) ->
        elements(begin(writer, Nftables.NEW_ELEMENTS, CREATE | flags, sequence), map, elements);
  }

  /** Elements go; all must be there. */
  Message deleteElements(String map, List<MapElement> elements) {
    int request = Netlink.NLM_F_REQUEST;
    return (writer, flags, sequence) ->
        elements(begin(writer, Nftables.DELETE_ELEMENTS, request | flags, sequence), map, elements);
  }

  private void elements(MessageWriter writer, String map, List<MapElement> elements) {
    writer
        .attributeString(Nftables.ELEMENTS_SET, map)
        .attributeString(Nftables.ELEMENTS_TABLE, table);
    int list = writer.beginNested(Nftables.ELEMENTS_LIST | Nftables.NLA_F_NESTED);
    elements.forEach(element -> element.write(writer));
    writer.endNested(list).end();
  }
}
