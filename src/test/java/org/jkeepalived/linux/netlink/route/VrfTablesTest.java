package org.jkeepalived.linux.netlink.route;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jkeepalived.linux.netlink.MessageWriter;
import org.jkeepalived.linux.netlink.Netlink;
import org.jkeepalived.linux.netlink.NetlinkConnection;
import org.jkeepalived.linux.netlink.ScriptedTransport;
import org.jkeepalived.model.routing.VrfLookup;
import org.junit.jupiter.api.Test;

/** What is made of the kernel's links, by messages of the form of linux/if_link.h. */
class VrfTablesTest {

  private static final int TABLE = 77;

  /** A link whose kind has a number 1 of its own. */
  private static byte[] link(int sequence, String name, String kind, int first) {
    return ScriptedTransport.datagram(
        w -> {
          w.begin(RouteMessages.RTM_NEWLINK, 2, sequence);
          w.u32(1 << 16).s32(3).u32(0).u32(0).attributeString(3, name);
          if (!kind.isEmpty()) {
            nest(w, kind, first);
          }
          w.end();
        });
  }

  private static void nest(MessageWriter w, String kind, int first) {
    int info = w.beginNested(18);
    w.attributeString(1, kind);
    int data = w.beginNested(2);
    w.attributeU32(1, Integer.toUnsignedLong(first));
    w.endNested(data);
    w.endNested(info);
  }

  private static Optional<VrfLookup.Found> find(String name) throws Exception {
    ScriptedTransport kernel = new ScriptedTransport();
    kernel.respond(
        request -> {
          ByteBuffer asked = ScriptedTransport.order(ByteBuffer.wrap(request));
          assertEquals(RouteMessages.RTM_GETLINK, asked.getShort(4));
          int sequence = asked.getInt(8);
          return List.of(
              link(sequence, "eth0", "", 0),
              link(sequence, "br0", "bridge", 9),
              link(sequence, "red", "vrf", TABLE),
              link(sequence, "blue", "vrf", -2),
              ScriptedTransport.datagram(
                  w -> w.begin(Netlink.NLMSG_DONE, 2, sequence).s32(0).end()));
        });
    try (NetlinkConnection connection = new NetlinkConnection(kernel)) {
      return VrfTables.find(connection, name);
    }
  }

  @Test
  void tableIsThatOfTheVrfOfThatName() throws Exception {
    assertEquals(Optional.of(new VrfLookup.Found(OptionalLong.of(TABLE))), find("red"));
    assertEquals(Optional.of(new VrfLookup.Found(OptionalLong.of(4294967294L))), find("blue"));
  }

  @Test
  void othersHaveNone() throws Exception {
    assertEquals(Optional.of(new VrfLookup.Found(OptionalLong.empty())), find("eth0"));
    assertEquals(Optional.of(new VrfLookup.Found(OptionalLong.empty())), find("br0"));
    assertEquals(Optional.empty(), find("green"));
  }
}
