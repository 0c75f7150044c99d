package org.jkeepalived.vrrp.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.HexFormat;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EthernetHeaderTest {

  private static final String ADDRESSES = "01005e000012" + "020000000001";

  private static int payloadAt(String afterAddresses) {
    byte[] frame = HexFormat.of().parseHex(ADDRESSES + afterAddresses);
    return EthernetHeader.payloadAt(frame, frame.length, EthernetHeader.TYPE_IPV4);
  }

  @ParameterizedTest
  @CsvSource({
    "080045c0, 14",
    "8100000008004500, 18", // VLAN 0
    "8100e00008004500, 18", // with priority 7
    "8100f00008004500, 18", // that may be dropped
    "8100000108004500, 0", // VLAN 1
    "81004fff08004500, 0", // looks like the beginning of IP
    "81000000810000000800, 0", // two tags
    "8100000086dd, 0",
    "88a8000008004500, 0", // a provider's tag
    "0806, 0",
    "81000000, 0",
    "810000000800, 18",
  })
  void payloadIsWhereTheKernelFindsIt(String frame, int at) {
    assertEquals(at, payloadAt(frame));
  }

  @Test
  void frameMayBeAsShortAsItLikes() {
    SplittableRandom random = new SplittableRandom(7);
    for (int length = 0; length < 24; length++) {
      byte[] frame = new byte[length];
      random.nextBytes(frame);
      EthernetHeader.payloadAt(frame, length, EthernetHeader.TYPE_IPV4);
    }
    byte[] longer = HexFormat.of().parseHex(ADDRESSES + "810000000800");
    assertEquals(0, EthernetHeader.payloadAt(longer, 17, EthernetHeader.TYPE_IPV4));
    assertEquals(0, EthernetHeader.payloadAt(longer, 13, EthernetHeader.TYPE_IPV4));
  }
}
