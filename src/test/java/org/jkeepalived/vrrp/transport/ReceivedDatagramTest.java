package org.jkeepalived.vrrp.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.HexFormat;
import org.jkeepalived.model.AddressFamily;
import org.junit.jupiter.api.Test;

class ReceivedDatagramTest {

  /** From 10.9.0.1 to 10.9.0.2, protocol 112, hop limit 254, with four bytes of payload. */
  private static final byte[] PACKET =
      HexFormat.of().parseHex("45c0001800010000fe70000a0a0900010a090002" + "01020304");

  private final ReceivedDatagram datagram = new ReceivedDatagram();

  @Test
  void tellsHowItCameAndWhereItsPayloadIs() throws Exception {
    byte[] frame = new byte[14 + PACKET.length];
    System.arraycopy(PACKET, 0, frame, 14, PACKET.length);
    assertTrue(datagram.readIpv4(7, frame, 14, frame.length));
    assertEquals(AddressFamily.IPV4, datagram.family());
    assertEquals(7, datagram.linkIndex());
    assertEquals(112, datagram.protocol());
    assertEquals(254, datagram.hopLimit());
    assertEquals(InetAddress.getByName("10.9.0.1"), datagram.source());
    assertTrue(datagram.isFrom(new byte[] {10, 9, 0, 1}));
    assertFalse(datagram.isFrom(new byte[] {10, 9, 0, 2}));
    assertTrue(datagram.isTo(new byte[] {10, 9, 0, 2}));
    assertFalse(datagram.isTo(new byte[] {10, 9, 0, 1}));
    assertEquals(0x0a09 + 1 + 0x0a09 + 2, datagram.addressSum());
    assertEquals(20, datagram.headerLength());
    assertEquals(34, datagram.payloadAt());
    assertEquals(4, datagram.payloadLength());
    assertEquals(1, datagram.bytes()[datagram.payloadAt()]);
  }

  @Test
  void groupsAreTheClassD() {
    for (int first : new int[] {223, 224, 239, 240, 255}) {
      byte[] packet = with(16, first);
      assertTrue(datagram.readIpv4(1, packet, 0, packet.length));
      assertEquals(first == 224 || first == 239, datagram.isToGroup(), "" + first);
    }
  }

  @Test
  void paddingIsNotPayload() {
    byte[] padded = Arrays.copyOf(PACKET, 46);
    assertTrue(datagram.readIpv4(1, padded, 0, padded.length));
    assertEquals(4, datagram.payloadLength());
  }

  @Test
  void headerThatPromisesMoreThanCameIsCutToWhatCame() {
    assertTrue(datagram.readIpv4(1, PACKET, 0, 22));
    assertEquals(2, datagram.payloadLength());
    assertTrue(datagram.readIpv4(1, PACKET, 0, 20));
    assertEquals(0, datagram.payloadLength());
  }

  @Test
  void optionsAreHeader() {
    byte[] packet = Arrays.copyOf(PACKET, PACKET.length);
    packet[0] = 0x46;
    assertTrue(datagram.readIpv4(1, packet, 0, packet.length));
    assertEquals(24, datagram.headerLength());
    assertEquals(0, datagram.payloadLength());
  }

  @Test
  void whatIsNoWholeIpv4PacketIsNone() {
    assertTrue(datagram.readIpv4(1, PACKET, 0, PACKET.length));
    assertFalse(datagram.readIpv4(1, PACKET, 0, 19), "half a header");
    assertFalse(datagram.readIpv4(1, PACKET, -1, PACKET.length));
    assertFalse(datagram.readIpv4(1, PACKET, 0, PACKET.length + 1));
    assertFalse(datagram.readIpv4(1, PACKET, 5, 4));
    assertFalse(isRead(with(0, 0x65)), "version 6");
    assertFalse(isRead(with(0, 0x44)), "a header of 16 bytes");
    assertFalse(isRead(with(0, 0x4f)), "a header longer than the packet");
    assertFalse(isRead(with(3, 19)), "a packet shorter than its header");
    assertFalse(isRead(with(6, 0x20)), "the first of some fragments");
    assertFalse(isRead(with(7, 1)), "another fragment");
    assertTrue(isRead(with(6, 0x40)), "not to be fragmented");
  }

  private boolean isRead(byte[] packet) {
    return datagram.readIpv4(1, packet, 0, packet.length);
  }

  private static byte[] with(int at, int value) {
    byte[] packet = PACKET.clone();
    packet[at] = (byte) value;
    return packet;
  }
}
