package org.jkeepalived.vrrp.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.net.InetAddress;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NeighbourAdvertisementTest {

  private static final byte[] MAC = {2, 0, 0, 0, 0, 1};

  /** Captured from keepalived 2.2.7; the last one on a link with {@code forwarding}. */
  @ParameterizedTest
  @CsvSource({
    "fe80::51, false, fe800000000000000000000000000051, 56fb20000000",
    "2001:db8::51, false, 20010db8000000000000000000000051, f88a20000000",
    "2001:db8:1::1, false, 20010db8000100000000000000000001, f92820000000",
    "fe80::60, true, fe800000000000000000000000000060, d6dca0000000",
  })
  void isWhatKeepalivedSends(String address, boolean router, String bytes, String checksumAndFlags)
      throws Exception {
    String captured =
        "333300000001"
            + "020000000001"
            + "86dd"
            + "6000000000203aff"
            + bytes
            + "ff020000000000000000000000000001"
            + "8800"
            + checksumAndFlags
            + bytes
            + "0201"
            + "020000000001";
    byte[] frame = NeighbourAdvertisement.encode(MAC, InetAddress.getByName(address), router);
    assertEquals(captured, HexFormat.of().formatHex(frame));
    assertEquals(NeighbourAdvertisement.LENGTH, frame.length);
  }

  @Test
  void isForIpv6OverEthernetOnly() throws Exception {
    InetAddress ipv6 = InetAddress.getByName("2001:db8::1");
    InetAddress ipv4 = InetAddress.getByName("10.0.0.1");
    assertThrows(
        IllegalArgumentException.class, () -> NeighbourAdvertisement.encode(MAC, ipv4, false));
    assertThrows(
        IllegalArgumentException.class,
        () -> NeighbourAdvertisement.encode(new byte[20], ipv6, false));
  }
}
