package org.jkeepalived.linux.netlink.nftables;

import static org.jkeepalived.linux.netlink.nftables.MarkingConnectionLabTest.range;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jkeepalived.kernel.KernelError;
import org.jkeepalived.linux.Errno;
import org.jkeepalived.linux.netlink.MessageReader;
import org.jkeepalived.linux.netlink.NetlinkConnection;
import org.jkeepalived.linux.netlink.ScriptedTransport;
import org.jkeepalived.linux.netlink.nftables.NftablesConnection.Message;
import org.jkeepalived.lvs.mark.MarkChange;
import org.jkeepalived.lvs.mark.MarkMap;
import org.jkeepalived.lvs.mark.MarkReading;
import org.jkeepalived.lvs.mark.MarkTable;
import org.jkeepalived.lvs.mark.MarkedRange;
import org.jkeepalived.model.AddressFamily;
import org.jkeepalived.model.lvs.Protocol;
import org.junit.jupiter.api.Test;

/** The bytes of what is asked: to the letter those that keepalived 2.2.7 has sent. */
class TableMessagesTest {

  private static final int HEADER_BYTES = 16;
  private static final int ERROR = 2;
  private static final MarkMap TCP = new MarkMap(AddressFamily.IPV4, Protocol.TCP);
  private static final MarkMap SIX = new MarkMap(AddressFamily.IPV6, Protocol.TCP);
  private static final MarkTable TABLE = new MarkTable("keepalived_ipvs", -1, false);

  private final CapturedTables captured = CapturedTables.read();

  /** All but the header's flags and numbers, with the message's type before it. */
  private static String content(byte[] message) {
    ByteBuffer header = ScriptedTransport.order(ByteBuffer.wrap(message));
    return header.getShort(4)
        + " "
        + HexFormat.of().formatHex(Arrays.copyOfRange(message, HEADER_BYTES, message.length));
  }

  private void same(String name, Message ours) {
    byte[] bytes = ScriptedTransport.datagram(writer -> ours.write(writer, 0, 1));
    assertEquals(content(captured.message(name)), content(bytes), name);
  }

  @Test
  void tablesChainsMapsAndRules() {
    for (boolean six : new boolean[] {false, true}) {
      String family = six ? "IPv6" : "IPv4";
      MarkingMap map = new MarkingMap(six ? SIX : TCP, 1);
      TableMessages messages =
          new TableMessages(six ? NetfilterFamily.IPV6 : NetfilterFamily.IPV4, TABLE.name());
      same(family + " table", messages.addTable());
      same(family + " chain", messages.addInputChain("in", -1));
      same(family + " set", messages.addMap(map.declaration(false)));
      same(family + " rule", messages.addRule("in", map.rule(false)));
    }
    MarkingMap map = new MarkingMap(TCP, 1);
    TableMessages messages = new TableMessages(NetfilterFamily.IPV4, "mine");
    same("counters chain", messages.addInputChain("in", 5));
    same("counters set", messages.addMap(map.declaration(true)));
    same("counters rule", messages.addRule("in", map.rule(true)));
  }

  @Test
  void elements() {
    same(
        "IPv4 elements",
        new TableMessages(NetfilterFamily.IPV4, TABLE.name())
            .addElements(
                "tcp_map",
                List.of(MarkingMap.element(range("10.9.0.110", "10.9.0.112", 8080, 8080, 1000)))));
    same(
        "IPv6 elements",
        new TableMessages(NetfilterFamily.IPV6, TABLE.name())
            .addElements(
                "tcp_map",
                List.of(MarkingMap.element(range("fd00:9::fff0", "fd00:9::1:10", 82, 82, 1000)))));
  }

  @Test
  void theKernelsElementsAreRead() {
    MessageReader message =
        new MessageReader(
            ScriptedTransport.order(ByteBuffer.wrap(captured.message("kernel elements"))));
    assertTrue(message.next());
    MarkingMap map = new MarkingMap(TCP, 0);
    assertEquals(
        List.of(
            range("10.9.0.101", "10.9.0.101", 80, 80, 1000),
            range("10.9.0.102", "10.9.0.102", 443, 443, 1000),
            range("10.9.0.110", "10.9.0.112", 8080, 8080, 1000)),
        NftablesConnection.elements(message).orElseThrow().stream()
            .map(element -> map.range(element).orElseThrow())
            .toList());
  }

  private static int sequence(byte[] datagram) {
    return ScriptedTransport.order(ByteBuffer.wrap(datagram)).getInt(8);
  }

  private static byte[] answer(int sequence, int errno) {
    return ScriptedTransport.datagram(
        writer -> writer.begin(ERROR, 0, sequence).s32(-errno).u32(0).u32(0).u32(0).u32(0).end());
  }

  private static Optional<KernelError> change(ScriptedTransport kernel) {
    return new MarkingConnection(new NetlinkConnection(kernel, NftablesConnection.BATCH_BYTES))
        .change(
            TABLE,
            List.of(
                new MarkChange.AddTable(AddressFamily.IPV4),
                new MarkChange.AddMap(TCP),
                new MarkChange.AddRanges(
                    TCP, List.of(range("10.9.0.101", "10.9.0.101", 80, 80, 1000)))));
  }

  @Test
  void aBatchIsAnsweredByItsLastMessage() {
    // what opens it, table, chain, map, rule, elements
    ScriptedTransport kernel =
        new ScriptedTransport().respond(sent -> List.of(answer(sequence(sent) + 5, 0)));
    assertEquals(Optional.empty(), change(kernel));
  }

  @Test
  void theFirstErrorOfABatchIsItsError() {
    ScriptedTransport kernel =
        new ScriptedTransport()
            .respond(
                sent ->
                    List.of(
                        answer(sequence(sent) + 77, Errno.EBUSY),
                        answer(sequence(sent) + 3, Errno.ENOMEM),
                        answer(sequence(sent) + 4, Errno.ENOENT),
                        answer(sequence(sent) + 5, Errno.ENOENT)));
    assertEquals(Errno.ENOMEM, change(kernel).orElseThrow().number());
  }

  @Test
  void whatIsMissingIsToldWithWhatToDo() {
    ScriptedTransport without =
        new ScriptedTransport().respond(sent -> List.of(answer(sequence(sent), Errno.EOPNOTSUPP)));
    assertEquals(
        "this kernel has no nf_tables: modprobe nf_tables, or install the package that holds it",
        change(without).orElseThrow().text());
    ScriptedTransport forbidden =
        new ScriptedTransport().respond(sent -> List.of(answer(sequence(sent), Errno.EPERM)));
    assertTrue(change(forbidden).orElseThrow().text().contains("CAP_NET_ADMIN"));
    assertEquals(Errno.ETIMEDOUT, change(new ScriptedTransport()).orElseThrow().number());
  }

  @Test
  void manyElementsTakeSeveralMessagesAndBatches() {
    List<Integer> messages = new ArrayList<>();
    ScriptedTransport kernel =
        new ScriptedTransport()
            .respond(
                sent -> {
                  MessageReader reader =
                      new MessageReader(ScriptedTransport.order(ByteBuffer.wrap(sent)));
                  int count = 0;
                  while (reader.next()) {
                    count++;
                  }
                  messages.add(count);
                  return List.of(answer(sequence(sent) + count - 2, 0));
                });
    List<MarkedRange> many = new ArrayList<>();
    for (int i = 0; i < 3000; i++) {
      String address = "fd00:9::" + Integer.toHexString(i);
      many.add(range(address, address, 80, 80, 1000));
    }
    MarkingConnection marks =
        new MarkingConnection(new NetlinkConnection(kernel, NftablesConnection.BATCH_BYTES));
    assertEquals(
        Optional.empty(),
        marks.change(
            TABLE,
            List.of(
                new MarkChange.AddTable(AddressFamily.IPV6),
                new MarkChange.AddMap(SIX),
                new MarkChange.AddRanges(SIX, many))));
    assertEquals(2, messages.size(), messages.toString());
    assertEquals(4 + 8 + 2 * 2, messages.stream().mapToInt(Integer::intValue).sum());
  }

  @Test
  void aTableThatIsGoneIsReadAsSuch() {
    ScriptedTransport kernel =
        new ScriptedTransport()
            .respond(
                sent -> {
                  int type = ScriptedTransport.order(ByteBuffer.wrap(sent)).getShort(4);
                  byte[] generation = captured.message("kernel generation");
                  ScriptedTransport.order(ByteBuffer.wrap(generation)).putInt(8, sequence(sent));
                  return type == Nftables.GET_GENERATION
                      ? List.of(generation, answer(sequence(sent), 0))
                      : List.of(answer(sequence(sent), Errno.ENOENT));
                });
    MarkingConnection marks = new MarkingConnection(new NetlinkConnection(kernel));
    assertEquals(
        new MarkReading(false, Map.of(), Optional.empty()), marks.read(TABLE, Set.of(TCP)));
    assertEquals(MarkReading.UNCHANGED, marks.read(TABLE, Set.of(TCP)));
  }
}
