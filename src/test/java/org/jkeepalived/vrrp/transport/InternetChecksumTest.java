package org.jkeepalived.vrrp.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class InternetChecksumTest {

  @Test
  void countsOddAndEvenLengths() {
    byte[] bytes = HexFormat.of().parseHex("0001f203f4f5f6f780");
    // RFC 1071 section 3's example: 0001 f203 f4f5 f6f7 sum up to ddf2
    assertEquals(0xffff - 0xddf2, InternetChecksum.of(InternetChecksum.sum(bytes, 0, 8)));
    assertEquals(0xffff - 0x5df3, InternetChecksum.of(InternetChecksum.sum(bytes, 0, 9)));
    assertEquals(0xffff, InternetChecksum.of(InternetChecksum.sum(bytes, 0, 0)));
    assertEquals(0, InternetChecksum.of(0xffff));
    assertEquals(0, InternetChecksum.of(0x1fffe));
  }

  /** 32,768 words of ones: the largest sum that an IP packet can have. */
  @Test
  void longestPacketFits() {
    byte[] ones = new byte[65_536];
    java.util.Arrays.fill(ones, (byte) -1);
    assertEquals(0, InternetChecksum.of(InternetChecksum.sum(ones, 0, ones.length)));
  }
}
