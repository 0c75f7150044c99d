package org.jkeepalived.linux.netlink;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import org.jkeepalived.dice.Trials;
import org.jkeepalived.kernel.KernelRequest.Operation;
import org.jkeepalived.kernel.TestObjects;
import org.jkeepalived.link.LinkAddress;
import org.jkeepalived.link.LinkState;
import org.jkeepalived.linux.netlink.route.AddressMessage;
import org.jkeepalived.linux.netlink.route.RouteChange;
import org.jkeepalived.linux.netlink.route.RouteMessages;
import org.jkeepalived.model.VirtualAddress;
import org.junit.jupiter.api.Test;

class NetlinkCodecTest {

  private static MessageReader only(byte[] datagram) {
    MessageReader reader = new MessageReader(ScriptedTransport.order(ByteBuffer.wrap(datagram)));
    assertTrue(reader.next());
    return reader;
  }

  @Test
  void preparedMessageStandsAmongTheOthersAndIsTheLast() {
    byte[][] prepared = new byte[1][];
    byte[] one =
        ScriptedTransport.datagram(
            w -> prepared[0] = w.begin(20, 1, 7).attributeU32(3, 9).end().last());
    assertArrayEquals(one, prepared[0]);
    byte[] all =
        ScriptedTransport.datagram(
            w -> w.begin(21, 0, 6).end().append(prepared[0]).addFlags(Netlink.NLM_F_ACK));
    MessageReader reader = only(all);
    assertEquals(21, reader.type());
    assertEquals(0, reader.flags());
    assertTrue(reader.next());
    assertEquals(20, reader.type());
    assertEquals(1 | Netlink.NLM_F_ACK, reader.flags());
    assertEquals(7, reader.sequence());
    assertFalse(reader.next());
    assertEquals(Optional.empty(), reader.error());
  }

  @Test
  void nothingIsPreparedOfAMessageThatIsNotEnded() {
    MessageWriter writer = new MessageWriter(ScriptedTransport.order(ByteBuffer.allocate(64)));
    assertThrows(IllegalArgumentException.class, writer::last);
    writer.begin(20, 1, 7);
    assertThrows(IllegalArgumentException.class, writer::last);
    assertThrows(IllegalArgumentException.class, () -> writer.append(new byte[16]));
    assertEquals(16, writer.end().last().length);
  }

  private static VirtualAddress address(
      String local,
      int prefixLength,
      String broadcast,
      String label,
      Set<VirtualAddress.Flag> flags)
      throws Exception {
    return new VirtualAddress(
        InetAddress.getByName(local),
        prefixLength,
        "v0",
        broadcast.isEmpty() ? Optional.empty() : Optional.of(InetAddress.getByName(broadcast)),
        0,
        Optional.of(label).filter(text -> !text.isEmpty()),
        Optional.empty(),
        flags,
        true,
        OptionalLong.empty());
  }

  /** As keepalived 2.2.7 sends them, seen with strace. */
  @Test
  void ipv6AddressesAreNotLookedForElsewhereAndMayBeOfNoPreference() throws Exception {
    VirtualAddress network = ipv6("2001:db8::51", 64, OptionalLong.empty());
    assertEquals(
        "0a40000003000000" + "14000200" + "20010db8000000000000000000000051" + "0800080002000000",
        payload(Operation.ADD, network));
    VirtualAddress alone = ipv6("fe80::51", 128, OptionalLong.of(0));
    assertEquals(
        "0a80000003000000"
            + "14000600"
            + "00000000ffffffff0000000000000000"
            + "14000200"
            + "fe800000000000000000000000000051"
            + "0800080002000000",
        payload(Operation.ADD, alone));
    assertEquals(
        "0a80000003000000"
            + "14000200"
            + "fe800000000000000000000000000051"
            + "14000100"
            + "fe800000000000000000000000000051",
        payload(Operation.REMOVE, alone));
  }

  private static VirtualAddress ipv6(String address, int prefixLength, OptionalLong preferred)
      throws Exception {
    return new VirtualAddress(
        InetAddress.getByName(address),
        prefixLength,
        "v0",
        Optional.empty(),
        0,
        Optional.empty(),
        Optional.empty(),
        Set.of(),
        true,
        preferred);
  }

  @Test
  void ipv6AddressesTellHowTheirDuplicateCheckStands() {
    assertEquals(LinkAddress.DuplicateCheck.RUNNING, check(0xc0));
    assertEquals(LinkAddress.DuplicateCheck.PASSED, check(0xc4));
    assertEquals(LinkAddress.DuplicateCheck.PASSED, check(0x80));
    assertEquals(LinkAddress.DuplicateCheck.FAILED, check(0xc8));
  }

  private static LinkAddress.DuplicateCheck check(int flags) {
    byte[] address = new byte[16];
    address[0] = (byte) 0xfe;
    address[1] = (byte) 0x80;
    byte[] datagram =
        ScriptedTransport.datagram(
            w ->
                w.begin(20, 0, 1)
                    .u8(10)
                    .u8(64)
                    .u8(flags)
                    .u8(253)
                    .s32(3)
                    .attribute(1, address)
                    .attributeU32(8, flags)
                    .end());
    LinkAddress read = RouteMessages.address(only(datagram)).orElseThrow();
    assertEquals(64, read.prefixLength());
    return read.check();
  }

  private static String payload(Operation operation, VirtualAddress address) {
    byte[] all =
        ScriptedTransport.datagram(
            w -> AddressMessage.write(w, TestObjects.request(operation, 3, address), 0, 1));
    return HexFormat.of().formatHex(all, MessageWriter.HEADER_BYTES, all.length);
  }

  /** The bytes are keepalived 2.2.7's, seen with strace; they are in little-endian order. */
  @Test
  void writesAddressesAsKeepalivedDoes() throws Exception {
    if (ByteOrder.nativeOrder() == ByteOrder.BIG_ENDIAN) {
      return;
    }
    VirtualAddress plain = address("10.9.0.5", 32, "", "", Set.of());
    assertEquals("02200000" + "03000000" + "080002000a090005", payload(Operation.ADD, plain));
    assertEquals(
        "02200000" + "03000000" + "080002000a090005" + "080001000a090005",
        payload(Operation.REMOVE, plain));
    VirtualAddress labelled = address("10.9.0.6", 24, "10.9.0.255", "v0:1", Set.of());
    assertEquals(
        "02180000"
            + "03000000"
            + "080002000a090006"
            + "080004000a0900ff"
            + "0900030076303a3100000000",
        payload(Operation.ADD, labelled));
    assertEquals(
        "02180000" + "03000000" + "080002000a090006" + "080001000a090006",
        payload(Operation.REMOVE, labelled));
    VirtualAddress flagged =
        address("10.9.0.11", 25, "10.9.0.0", "", Set.of(VirtualAddress.Flag.NOPREFIXROUTE));
    assertEquals(
        "02190000" + "03000000" + "080002000a09000b" + "080004000a090000" + "0800080000020000",
        payload(Operation.ADD, flagged));
  }

  @Test
  void anAddressThatIsWrittenIsReadBack() throws Exception {
    VirtualAddress written = address("10.9.0.6", 24, "10.9.0.255", "v0:1", Set.of());
    byte[] datagram =
        ScriptedTransport.datagram(
            w -> AddressMessage.write(w, TestObjects.request(Operation.ADD, 3, written), 0, 1));
    LinkAddress read = RouteMessages.address(only(datagram)).orElseThrow();
    assertEquals(
        new LinkAddress(
            3,
            InetAddress.getByName("10.9.0.6"),
            24,
            Optional.empty(),
            Optional.of(InetAddress.getByName("10.9.0.255")),
            0,
            false,
            Optional.of("v0:1")),
        read);
  }

  private static byte[] link(int family) {
    byte[] all =
        ScriptedTransport.datagram(
            w -> {
              w.begin(RouteMessages.RTM_NEWLINK, 0, 0)
                  .u8(family)
                  .u8(0)
                  .u16(1)
                  .s32(4)
                  .u32(0x1043)
                  .u32(0)
                  .attributeString(3, "eth0")
                  .attribute(1, new byte[] {2, 0, 0, 0, 0, 1})
                  .attributeU32(4, 1500)
                  .attributeU32(10, 9)
                  .attributeU8(16, 6);
              int info = w.beginNested(18 | 0x8000);
              w.attributeString(1, "macvlan").endNested(info).end();
            });
    return all;
  }

  @Test
  void readsLinks() {
    LinkState read = RouteMessages.link(only(link(0))).orElseThrow();
    assertEquals(
        new LinkState(
            4,
            "eth0",
            new byte[] {2, 0, 0, 0, 0, 1},
            0x1043,
            1500,
            1,
            Optional.of("macvlan"),
            OptionalInt.of(9),
            OptionalInt.empty()),
        read);
    assertEquals(0x1043, read.flags());
  }

  @Test
  void whatABridgeSaysOfItsPortIsNotAboutTheLink() {
    assertTrue(RouteMessages.link(only(link(0))).isPresent());
    assertTrue(RouteMessages.link(only(link(7))).isEmpty());
  }

  @Test
  void anAttributeOfTheWrongLengthIsAnErrorThatStays() {
    byte[] datagram =
        ScriptedTransport.datagram(
            w -> w.begin(1, 0, 0).attributeU8(1, 255).attributeU32(2, 7).end());
    AttributeReader reader = only(datagram).attributes(0);
    assertTrue(reader.next());
    assertEquals(255, reader.u8());
    assertEquals(0, reader.s32());
    assertFalse(reader.next());
    assertEquals(Optional.of("attribute 1 has 1 bytes instead of 4"), reader.error());
  }

  @Test
  void theWriterRefusesWhatDoesNotFit() {
    MessageWriter writer =
        new MessageWriter(ScriptedTransport.order(ByteBuffer.allocate(64))).begin(1, 0, 0);
    writer.u8(255).u8(0).u16(65535).u32(0xffff_ffffL);
    assertThrows(IllegalArgumentException.class, () -> writer.u8(256));
    assertThrows(IllegalArgumentException.class, () -> writer.u8(-1));
    assertThrows(IllegalArgumentException.class, () -> writer.u16(65536));
    assertThrows(IllegalArgumentException.class, () -> writer.u16(-1));
    assertThrows(IllegalArgumentException.class, () -> writer.u32(0x1_0000_0000L));
    assertThrows(IllegalArgumentException.class, () -> writer.u32(-1));
    assertThrows(IllegalArgumentException.class, writer::datagram);
    assertThrows(IllegalArgumentException.class, () -> writer.begin(1, 0, 0));
    byte[] written = new byte[24];
    writer.end().datagram().get(0, written);
    assertArrayEquals(
        new byte[] {-1, 0, -1, -1, -1, -1, -1, -1}, Arrays.copyOfRange(written, 16, 24));
  }

  private static void readEverything(byte[] bytes) {
    MessageReader message = new MessageReader(ScriptedTransport.order(ByteBuffer.wrap(bytes)));
    while (message.next()) {
      RouteChange.decode(message);
      RouteMessages.link(message);
      RouteMessages.address(message);
      Acknowledgement.decode(message);
      AttributeReader attribute = message.attributes(8);
      while (attribute.next()) {
        attribute.string();
        attribute.nested().next();
        attribute.u8();
        attribute.s32();
      }
    }
  }

  @Test
  void noBytesMakeTheReadersThrow() {
    Trials.run(2_000, dice -> readEverything(dice.bytes(200)));
  }

  @Test
  void noPayloadMakesTheReadersThrow() {
    Trials.run(
        2_000,
        dice -> {
          int type = dice.below(32);
          int flags = dice.below(65_536);
          byte[] payload = dice.bytes(120);
          byte[] datagram =
              ScriptedTransport.datagram(
                  w -> {
                    w.begin(type, flags, 0);
                    for (byte b : payload) {
                      w.u8(b & 0xff);
                    }
                    w.end();
                  });
          readEverything(datagram);
        });
  }

  @Test
  void noChangeOfARealMessageMakesTheReadersThrow() {
    Trials.run(
        2_000,
        dice -> {
          byte[] bytes = link(0);
          bytes[dice.below(bytes.length)] = dice.anyByte();
          readEverything(bytes);
          readEverything(Arrays.copyOf(bytes, dice.below(bytes.length)));
        });
  }
}
