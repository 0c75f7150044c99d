package org.jkeepalived.vrrp.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.HexFormat;
import org.jkeepalived.model.AddressFamily;
import org.junit.jupiter.api.Test;

class ReceivedDatagram6Test {

  /** From 2001:db8::1 to 2001:db8::2, protocol 112, hop limit 254, with four bytes of payload. */
  private static final byte[] PACKET =
      HexFormat.of()
          .parseHex(
              "6c012345000470fe"
                  + "20010db8000000000000000000000001"
                  + "20010db8000000000000000000000002"
                  + "01020304");

  private final ReceivedDatagram datagram = new ReceivedDatagram();

  @Test
  void tellsHowItCameAndWhereItsPayloadIs() throws Exception {
    byte[] frame = new byte[14 + PACKET.length];
    System.arraycopy(PACKET, 0, frame, 14, PACKET.length);
    assertTrue(datagram.read(7, frame, 14, frame.length));
    assertEquals(AddressFamily.IPV6, datagram.family());
    assertEquals(7, datagram.linkIndex());
    assertEquals(112, datagram.protocol());
    assertEquals(254, datagram.hopLimit());
    InetAddress one = InetAddress.getByName("2001:db8::1");
    InetAddress two = InetAddress.getByName("2001:db8::2");
    assertEquals(one, datagram.source());
    assertTrue(datagram.isFrom(one.getAddress()));
    assertFalse(datagram.isFrom(two.getAddress()));
    assertFalse(datagram.isFrom(new byte[4]));
    assertTrue(datagram.isTo(two.getAddress()));
    assertFalse(datagram.isTo(one.getAddress()));
    assertEquals(2 * (0x2001 + 0x0db8) + 1 + 2, datagram.addressSum());
    assertEquals(40, datagram.headerLength());
    assertEquals(54, datagram.payloadAt());
    assertEquals(4, datagram.payloadLength());
    assertEquals(1, datagram.bytes()[datagram.payloadAt()]);
  }

  @Test
  void theSameViewServesBothFamilies() {
    assertTrue(datagram.read(1, PACKET, 0, PACKET.length));
    byte[] ipv4 = HexFormat.of().parseHex("45c0001800010000fe70000a0a0900010a09000201020304");
    assertTrue(datagram.read(1, ipv4, 0, ipv4.length));
    assertEquals(AddressFamily.IPV4, datagram.family());
    assertTrue(datagram.isFrom(new byte[] {10, 9, 0, 1}));
    assertEquals(20, datagram.headerLength());
    assertTrue(datagram.read(1, PACKET, 0, PACKET.length));
    assertEquals(AddressFamily.IPV6, datagram.family());
  }

  @Test
  void groupsBeginWithFf() {
    for (int first : new int[] {0xfe, 0xff, 0xe0}) {
      byte[] packet = PACKET.clone();
      packet[24] = (byte) first;
      assertTrue(datagram.read(1, packet, 0, packet.length));
      assertEquals(first == 0xff, datagram.isToGroup(), "" + first);
    }
  }

  @Test
  void aMappedAddressStaysOneOfIpv6() {
    byte[] packet = PACKET.clone();
    byte[] mapped = HexFormat.of().parseHex("00000000000000000000ffff0a000001");
    System.arraycopy(mapped, 0, packet, 8, mapped.length);
    assertTrue(datagram.read(1, packet, 0, packet.length));
    assertTrue(datagram.source() instanceof Inet6Address);
    assertTrue(datagram.isFrom(mapped));
  }

  @Test
  void paddingIsNotPayload() {
    byte[] padded = Arrays.copyOf(PACKET, 60);
    assertTrue(datagram.read(1, padded, 0, padded.length));
    assertEquals(4, datagram.payloadLength());
  }

  @Test
  void headerThatPromisesMoreThanCameIsCutToWhatCame() {
    assertTrue(datagram.read(1, PACKET, 0, 42));
    assertEquals(2, datagram.payloadLength());
    assertTrue(datagram.read(1, PACKET, 0, 40));
    assertEquals(0, datagram.payloadLength());
  }

  /** Nobody puts VRRP behind another header or into fragments: what follows is not it. */
  @Test
  void anotherHeaderBehindItIsThePayload() {
    byte[] packet = PACKET.clone();
    packet[6] = 44;
    assertTrue(datagram.read(1, packet, 0, packet.length));
    assertEquals(44, datagram.protocol());
  }

  @Test
  void whatIsNoWholeHeaderIsNone() {
    assertTrue(datagram.read(1, PACKET, 0, PACKET.length));
    assertFalse(datagram.read(1, PACKET, 0, 39), "half a header");
    assertFalse(datagram.read(1, PACKET, -1, PACKET.length));
    assertFalse(datagram.read(1, PACKET, PACKET.length, PACKET.length));
    assertFalse(datagram.read(1, PACKET, 0, PACKET.length + 1));
    byte[] packet = PACKET.clone();
    packet[0] = 0x7c;
    assertFalse(datagram.read(1, packet, 0, packet.length), "version 7");
  }
}
