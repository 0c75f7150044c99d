package org.jkeepalived.host.vrrp;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.SplittableRandom;
import org.jkeepalived.linux.packet.LinkPort;
import org.junit.jupiter.api.Test;

class CookedFramesTest {

  private static final String PACKET = "45c0001c00010000ff70d0ad0a090001e000001221339601";

  private static final String PACKET_6 =
      "60000000000470ff"
          + "fe80000000000000000000000000000a"
          + "ff020000000000000000000000000012"
          + "31339601";

  /** Packet type, hardware type, length of the address, the address, protocol. */
  private static final String COOKED = "0002" + "fffe" + "0000" + "0000000000000000";

  private final CookedFrames frames = new CookedFrames();

  private byte[] opened(String hex) {
    byte[] frame = HexFormat.of().parseHex(hex);
    return Arrays.copyOf(frames.packet(), frames.open(frame, frame.length));
  }

  @Test
  void packetIsFoundInEitherForm() {
    byte[] packet = HexFormat.of().parseHex(PACKET);
    assertArrayEquals(packet, opened(PACKET));
    assertArrayEquals(packet, opened(COOKED + "0800" + PACKET));
    byte[] packet6 = HexFormat.of().parseHex(PACKET_6);
    assertArrayEquals(packet6, opened(PACKET_6));
    assertArrayEquals(packet6, opened(COOKED + "86dd" + PACKET_6));
    assertEquals(0, opened(COOKED + "0806" + PACKET).length);
    assertEquals(0, opened(COOKED + "0800").length);
    assertEquals(0, opened("10" + PACKET).length);
  }

  @Test
  void anythingMayBeCaptured() {
    SplittableRandom random = new SplittableRandom(3);
    byte[] frame = new byte[LinkPort.MOST_SNAPSHOT_BYTES];
    for (int i = 0; i < 5_000; i++) {
      random.nextBytes(frame);
      frames.open(frame, random.nextInt(frame.length + 1));
    }
  }
}
