package org.jkeepalived.linux.netlink.nftables;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jkeepalived.linux.netlink.MessageReader;
import org.jkeepalived.linux.netlink.NetlinkConnection;
import org.jkeepalived.linux.netlink.ScriptedTransport;
import org.jkeepalived.lvs.mark.MarkChange;
import org.jkeepalived.lvs.mark.MarkMap;
import org.jkeepalived.lvs.mark.MarkReading;
import org.jkeepalived.lvs.mark.MarkTable;
import org.jkeepalived.lvs.mark.MarkedRange;
import org.jkeepalived.model.AddressFamily;
import org.jkeepalived.model.lvs.Protocol;

/** A datagram of the kernel's about its packet filter, as an answer to whatever is asked. */
final class NftablesFuzz {

  private static final MarkMap TCP = new MarkMap(AddressFamily.IPV4, Protocol.TCP);
  private static final MarkMap SIX = new MarkMap(AddressFamily.IPV6, Protocol.UDP);
  private static final MarkTable TABLE = new MarkTable("keepalived_ipvs", -1, false);

  @FuzzTest(maxDuration = "")
  void nftables(byte[] datagram) {
    MessageReader message =
        new MessageReader(ScriptedTransport.order(ByteBuffer.wrap(datagram).asReadOnlyBuffer()));
    while (message.next()) {
      for (MapElement element : NftablesConnection.elements(message).orElse(List.of())) {
        new MarkingMap(TCP, 0).range(element).ifPresent(NftablesFuzz::requireSound);
        new MarkingMap(SIX, 0).range(element).ifPresent(NftablesFuzz::requireSound);
      }
    }
    ScriptedTransport kernel = new ScriptedTransport().respond(sent -> List.of(datagram));
    MarkingConnection marks = new MarkingConnection(new NetlinkConnection(kernel));
    MarkReading reading = marks.read(TABLE, Set.of(TCP, SIX));
    assertTrue(reading.maps().size() <= 2);
    Optional<?> error = marks.change(TABLE, List.of(new MarkChange.AddTable(TCP.family())));
    assertTrue(error.isEmpty() || error.isPresent());
  }

  private static void requireSound(MarkedRange range) {
    assertTrue(range.firstPort() >= 0 && range.firstPort() <= MarkedRange.LAST_PORT);
    assertTrue(range.mark() >= 0 && range.mark() <= 0xFFFF_FFFFL);
  }
}
