package org.jkeepalived.vrrp.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.net.InetAddress;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class GratuitousArpTest {

  @Test
  void isWhatKeepalivedSends() throws Exception {
    // captured from keepalived 2.2.7
    String captured =
        "ffffffffffff"
            + "321f79ac66e1"
            + "0806"
            + "0001"
            + "0800"
            + "06"
            + "04"
            + "0001"
            + "321f79ac66e1"
            + "0a090005"
            + "ffffffffffff"
            + "0a090005";
    byte[] mac = HexFormat.of().parseHex("321f79ac66e1");
    byte[] frame = GratuitousArp.encode(mac, InetAddress.getByName("10.9.0.5"));
    assertEquals(captured, HexFormat.of().formatHex(frame));
    assertEquals(GratuitousArp.LENGTH, frame.length);
  }

  @Test
  void isForIpv4OverEthernetOnly() throws Exception {
    InetAddress ipv6 = InetAddress.getByName("2001:db8::1");
    InetAddress ipv4 = InetAddress.getByName("10.0.0.1");
    assertThrows(IllegalArgumentException.class, () -> GratuitousArp.encode(new byte[6], ipv6));
    assertThrows(IllegalArgumentException.class, () -> GratuitousArp.encode(new byte[20], ipv4));
  }
}
