package org.jkeepalived.linux.netlink.ipvs;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import org.jkeepalived.linux.netlink.AttributeReader;
import org.jkeepalived.linux.netlink.MessageReader;
import org.jkeepalived.linux.netlink.ScriptedTransport;

/**
 * A request to IPVS by its attributes: {@code 1.3} is the address of a service, {@code 2.4} the
 * weight of a real server, {@code 3.3} the id of a sync daemon; values in hexadecimal.
 */
final class IpvsRequestText {

  private IpvsRequestText() {}

  static Map<String, String> of(byte[] bytes) {
    MessageReader message = new MessageReader(ScriptedTransport.order(ByteBuffer.wrap(bytes)));
    if (!message.next()) {
      throw new AssertionError("no message");
    }
    Map<String, String> text = new TreeMap<>();
    text.put("command", message.u8(0) + " version " + message.u8(1));
    AttributeReader attribute = message.attributes(4);
    while (attribute.next()) {
      boolean nested = attribute.type() <= Ipvs.ATTR_DAEMON;
      if (!nested) {
        text.put(attribute.type() + "", HexFormat.of().formatHex(attribute.bytes()));
        continue;
      }
      int outer = attribute.type();
      AttributeReader inner = attribute.nested();
      while (inner.next()) {
        text.put(outer + "." + inner.type(), HexFormat.of().formatHex(inner.bytes()));
      }
      inner.error().ifPresent(error -> text.put("error", error));
    }
    attribute.error().ifPresent(error -> text.put("error", error));
    return text;
  }
}
