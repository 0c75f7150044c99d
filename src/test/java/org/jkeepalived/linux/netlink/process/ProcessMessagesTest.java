package org.jkeepalived.linux.netlink.process;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.jkeepalived.dice.Trials;
import org.jkeepalived.linux.netlink.MessageWriter;
import org.jkeepalived.track.ProcessEvents;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProcessMessagesTest {

  private static final String HEAD = "4c00000003000000204d0000000000000100000001000000204d0000";

  private final List<String> told = new ArrayList<>();
  private final ProcessEvents events =
      new ProcessEvents() {
        @Override
        public void forked(int parent, int child, long nowNanos) {
          told.add("fork " + parent + " " + child);
        }

        @Override
        public void executed(int process, long nowNanos) {
          told.add("exec " + process);
        }

        @Override
        public void renamed(int process, String name, long nowNanos) {
          told.add("name " + process + " " + name);
        }

        @Override
        public void exited(int process, long nowNanos) {
          told.add("exit " + process);
        }
      };

  private int tell(byte[] datagram) {
    return ProcessMessages.tell(
        ByteBuffer.wrap(datagram).order(ByteOrder.LITTLE_ENDIAN), events, 0);
  }

  /** Captured from Linux 6.18, all but their heads. */
  @ParameterizedTest
  @CsvSource({
    "0000000028000000"
        + "01000000000000003767bacdbc0c00009a1700009a170000c3170000c31700000000000000000000"
        + ",fork 6042 6083",
    "0000000028000000"
        + "02000000000000004764c9cdbc0c0000c3170000c317000000000000000000000000000000000000"
        + ",exec 6083",
    "0000000028000000"
        + "0002000000000000d241d2cdbc0c0000c3170000c3170000666f6f00000000000000000000000000"
        + ",name 6083 foo",
    "0000000028000000"
        + "00000080000000001724d3d0bc0c0000c5170000c51700000000000011000000c3170000c3170000"
        + ",exit 6085",
  })
  void readsWhatTheKernelReports(String tail, String expected) {
    byte[] datagram = HexFormat.of().parseHex(HEAD + tail);
    assertEquals(76, datagram.length);
    assertEquals(-1, tell(datagram));
    assertEquals(List.of(expected), told);
    for (int length = 0; length < 60; length++) {
      told.clear();
      tell(Arrays.copyOf(datagram, length));
      assertEquals(List.of(), told);
    }
  }

  @ParameterizedTest
  @CsvSource({
    // a new thread, a thread's own name, a thread's end
    "0100000000000000" + "87c7d1cdbc0c00009a1700009a170000c4170000c31700000000000000000000",
    "0002000000000000" + "d241d2cdbc0c0000c4170000c3170000666f6f00000000000000000000000000",
    "0000008001000000" + "2ddac6d9bc0c0000c4170000c317000000000000ffffffff0000000000000000",
  })
  void threadsAreNotTold(String event) {
    assertEquals(-1, tell(HexFormat.of().parseHex(HEAD + "0000000028000000" + event)));
    assertEquals(List.of(), told);
  }

  @Test
  void theAcknowledgementIsHandedBack() {
    String head = "4c000000030000001e4d00000000000001000000010000001e4d00000100000028000000";
    String rest = "00000000000000008cbbb8cdbc0c0000";
    String end = "0".repeat(40);
    assertEquals(0, tell(HexFormat.of().parseHex(head + rest + "00000000" + end)));
    assertEquals(1, tell(HexFormat.of().parseHex(head + rest + "01000000" + end)));
    assertEquals(List.of(), told);
  }

  @Test
  void theSubscriptionIsWhatTheKernelExpects() {
    ByteBuffer buffer = ByteBuffer.allocate(64).order(ByteOrder.LITTLE_ENDIAN);
    MessageWriter writer = new MessageWriter(buffer);
    ProcessMessages.request(writer, true);
    byte[] written = new byte[writer.datagram().position()];
    buffer.get(0, written);
    assertArrayEquals(
        HexFormat.of()
            .parseHex(
                "28000000030000000000000000000000"
                    + "0100000001000000000000000000000004000000"
                    + "01000000"),
        written);
  }

  @Test
  void noBytesMakeItThrow() {
    Trials.run(1000, dice -> tell(dice.bytes(255)));
  }

  @Test
  void noEventMakesItThrow() {
    byte[] head = HexFormat.of().parseHex(HEAD + "0000000028000000");
    Trials.run(
        1000,
        dice -> {
          byte[] event = dice.bytes(40);
          byte[] datagram = Arrays.copyOf(head, 76);
          System.arraycopy(event, 0, datagram, head.length, event.length);
          tell(datagram);
        });
  }
}
