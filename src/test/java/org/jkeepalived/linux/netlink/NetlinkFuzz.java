package org.jkeepalived.linux.netlink;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jkeepalived.link.LinkAddress;
import org.jkeepalived.link.LinkState;
import org.jkeepalived.linux.SystemCallException;
import org.jkeepalived.linux.netlink.route.FollowedLinks;
import org.jkeepalived.linux.netlink.route.RouteChange;

/** A datagram of the kernel's about links and addresses: as a notification, and as an answer. */
final class NetlinkFuzz {

  private static final int RTM_GETLINK = 18;
  private static final int RTM_NEWADDR = 20;

  @FuzzTest(maxDuration = "")
  void netlink(byte[] datagram) {
    List<RouteChange> changes = read(datagram);
    FollowedLinks.follow(changes);
    askForTables(datagram);
    askForChanges(datagram);
  }

  private static List<RouteChange> read(byte[] datagram) {
    MessageReader message =
        new MessageReader(ScriptedTransport.order(ByteBuffer.wrap(datagram).asReadOnlyBuffer()));
    List<RouteChange> changes = new ArrayList<>();
    int messages = 0;
    int bytes = 0;
    while (message.next()) {
      messages++;
      bytes += MessageWriter.HEADER_BYTES + message.payloadLength();
      assertTrue(bytes <= datagram.length);
      Acknowledgement acknowledgement = Acknowledgement.decode(message);
      assertTrue(acknowledgement.detail().orElse("").length() <= datagram.length);
      for (int offset : new int[] {0, 8, 16}) {
        readAttributes(message.attributes(offset), message.payloadLength());
      }
      Optional<RouteChange> change = RouteChange.decode(message);
      change.ifPresent(each -> requireSound(each, datagram.length));
      change.ifPresent(changes::add);
    }
    assertTrue(messages <= datagram.length / MessageWriter.HEADER_BYTES);
    assertTrue(message.error().isPresent() || bytes + 3 * messages >= datagram.length);
    return changes;
  }

  private static void readAttributes(AttributeReader attribute, int most) {
    int bytes = 0;
    while (attribute.next()) {
      bytes += 4 + attribute.length();
      assertTrue(attribute.length() >= 0 && bytes <= most);
      assertEquals(attribute.length(), attribute.bytes().length);
      assertTrue(attribute.string().length() <= attribute.length());
      assertTrue(attribute.u8() == 0 || attribute.error().isPresent() || attribute.length() == 1);
      AttributeReader nested = attribute.nested();
      while (nested.next()) {
        assertTrue(nested.length() <= attribute.length() - 4);
      }
    }
  }

  private static void requireSound(RouteChange change, int most) {
    if (change instanceof RouteChange.Link told) {
      LinkState link = told.link();
      assertTrue(link.index() > 0 && !link.name().isEmpty());
      assertTrue(link.name().length() + link.mac().length <= most);
      assertTrue(link.kind().orElse("").length() <= most);
    } else if (change instanceof RouteChange.Address told) {
      LinkAddress address = told.address();
      assertTrue(address.linkIndex() > 0);
      int bytes = address.local().getAddress().length;
      assertTrue(bytes == 4 || bytes == 16);
      assertTrue(address.prefixLength() >= 0 && address.prefixLength() <= 8 * bytes);
      assertTrue(address.broadcast().map(other -> other.getAddress().length == bytes).orElse(true));
    }
  }

  private static void askForTables(byte[] datagram) {
    ScriptedTransport transport = new ScriptedTransport().respond(sent -> List.of(datagram));
    NetlinkConnection connection = new NetlinkConnection(transport);
    try {
      List<RouteChange> entries =
          connection.dump(
              "read links",
              RTM_GETLINK,
              writer -> writer.u32(0).u32(0).u32(0).u32(0),
              RouteChange::decode);
      assertTrue(entries.size() <= datagram.length / MessageWriter.HEADER_BYTES);
    } catch (SystemCallException refused) {
      assertTrue(refused.error().text().length() <= datagram.length + 200);
    }
  }

  private static void askForChanges(byte[] datagram) {
    ScriptedTransport transport = new ScriptedTransport().respond(sent -> List.of(datagram));
    NetlinkConnection connection = new NetlinkConnection(transport);
    List<Acknowledgement> answers =
        connection.execute(
            3,
            (writer, index, flags, sequence) -> writer.begin(RTM_NEWADDR, flags, sequence).end());
    assertEquals(3, answers.size());
    answers.forEach(answer -> answer.error("add"));
  }
}
