package org.jkeepalived.linux.process;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class AccessListTest {

  private static final int MASK = 0x10;

  /** Owner rwx, one more entry, the mask, others nothing: as setfacl(1) leaves it. */
  private static byte[] list(int tag, int permissions, int number, int mask) {
    ByteBuffer bytes = ByteBuffer.allocate(4 + 4 * 8).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putInt(2);
    entry(bytes, 0x01, 7, -1);
    entry(bytes, tag, permissions, number);
    entry(bytes, MASK, mask, -1);
    entry(bytes, 0x20, 0, -1);
    return bytes.array();
  }

  private static void entry(ByteBuffer bytes, int tag, int permissions, int number) {
    bytes.putShort((short) tag).putShort((short) permissions).putInt(number);
  }

  @ParameterizedTest
  @CsvSource({
    "2, 7, 1000, 7, true", // a user
    "8, 6, 1000, 6, true", // a group
    "2, 5, 1000, 7, false",
    "2, 7, 1000, 5, false", // the mask takes it away
    "2, 7, 0, 7, false", // root
    "8, 7, 0, 7, false",
    "4, 7, -1, 7, false" // the owning group, which the mode tells of
  })
  void whoMayWrite(int tag, int permissions, int number, int mask, boolean others) {
    assertEquals(others, AccessList.letsOthersWrite(list(tag, permissions, number, mask)));
  }
}
