package org.jkeepalived.linux.netlink.ipvs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.ByteBuffer;
import java.util.List;
import org.jkeepalived.linux.netlink.MessageReader;
import org.jkeepalived.linux.netlink.NetlinkConnection;
import org.jkeepalived.linux.netlink.NetlinkTransport;
import org.jkeepalived.linux.netlink.ScriptedTransport;
import org.jkeepalived.lvs.table.IpvsTable.Reading;
import org.jkeepalived.lvs.table.ServiceKey;
import org.jkeepalived.lvs.table.TableAnswer;
import org.jkeepalived.lvs.table.TableChange;
import org.jkeepalived.lvs.table.TableService;
import org.jkeepalived.model.AddressFamily;
import org.jkeepalived.model.lvs.ServerAddress;

/**
 * A datagram of the kernel's about services, real servers and sync daemons, as an answer to
 * whatever is asked.
 */
final class IpvsFuzz {

  private static final int HEADER_BYTES = 16;
  private static final int GENL_ID_CTRL = 16;
  private static final ServiceKey WEB = TestTable.tcp("10.9.0.101", 80);

  @FuzzTest(maxDuration = "")
  void ipvs(byte[] datagram) throws Exception {
    MessageReader message =
        new MessageReader(ScriptedTransport.order(ByteBuffer.wrap(datagram).asReadOnlyBuffer()));
    while (message.next()) {
      ServiceMessage.decode(message).ifPresent(each -> requireSound(each, datagram.length));
      DaemonMessage.decode(message)
          .ifPresent(each -> assertTrue(each.interfaceName().length() <= datagram.length));
      for (AddressFamily family : AddressFamily.values()) {
        DestinationMessage.decode(message, family).ifPresent(each -> requireSound(each.address()));
      }
    }
    ask(datagram);
  }

  private static void requireSound(ServiceMessage service, int most) {
    assertTrue(service.settings().scheduler().length() <= most);
    assertTrue(service.settings().schedulerFlags() < 8);
    if (service.key() instanceof ServiceKey.ByAddress byAddress) {
      requireSound(byAddress.address());
    } else if (service.key() instanceof ServiceKey.ByMark byMark) {
      assertTrue(byMark.mark() > 0);
    }
  }

  private static void requireSound(ServerAddress address) {
    int bytes = address.family() == AddressFamily.IPV4 ? 4 : 16;
    assertEquals(bytes, address.address().getAddress().length);
  }

  /** With a first answer that is right: without IPVS nothing would be asked. */
  private static void ask(byte[] datagram) throws Exception {
    FakeIpvs known = new FakeIpvs();
    NetlinkTransport transport =
        new ScriptedTransport()
            .respond(sent -> sent[4] == GENL_ID_CTRL ? known.answer(sent) : List.of(datagram));
    IpvsConnection ipvs =
        IpvsConnection.on(new NetlinkConnection(transport), warning -> {}).orElseThrow();
    Reading reading = ipvs.read(() -> false);
    assertTrue(reading.services().size() <= datagram.length / HEADER_BYTES);
    for (TableService service : reading.services()) {
      assertTrue(service.destinations().size() <= datagram.length / HEADER_BYTES);
    }
    List<TableChange> changes =
        List.of(
            new TableChange.AddService(WEB, TestTable.plain("rr")),
            new TableChange.RemoveService(WEB));
    List<TableAnswer> answers = ipvs.change(changes);
    assertEquals(changes, answers.stream().map(TableAnswer::change).toList());
    ipvs.flush();
    assertTrue(ipvs.readSync().running().size() <= datagram.length / HEADER_BYTES);
  }
}
