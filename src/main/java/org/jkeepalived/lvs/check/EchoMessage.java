package org.jkeepalived.lvs.check;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jkeepalived.model.AddressFamily;

/**
 * Echo and echo reply of ICMP and ICMPv6, as a check sends and awaits them.
 *
 * <pre>
 *    0                   1                   2                   3
 *    0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 *   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *   |     Type      |     Code      |          Checksum             |
 *   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *   |           Identifier          |        Sequence Number        |
 *   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *   |     Data ...
 * </pre>
 *
 * <p>RFC 792, page 14; RFC 4443, section 4. The data are keepalived's.
 */
final class EchoMessage {

  /** Of the whole message. */
  static final int BYTES = 8 + 128;

  private static final int CHECKSUM = 2;
  private static final int IDENTIFIER = 4;
  private static final int SEQUENCE = 6;
  private static final int DATA = 8;

  private static final int ECHO_4 = 8;
  private static final int REPLY_4 = 0;
  private static final int ECHO_6 = 128;
  private static final int REPLY_6 = 129;

  /** COMPAT: keepalived's, where the kernel does not give one of its own. */
  private static final short OUR_IDENTIFIER = 1;

  private static final byte[] TEXT = "keepalived check - ".getBytes(StandardCharsets.US_ASCII);

  private EchoMessage() {}

  /**
   * The message that asks. The checksum of ICMPv6 is the kernel's, which alone knows the source.
   *
   * @param sequence 0 to 65535
   */
  static byte[] request(AddressFamily family, int sequence) {
    byte[] message = new byte[BYTES];
    for (int i = DATA; i < BYTES; i++) {
      message[i] = TEXT[(i - DATA) % TEXT.length];
    }
    ByteBuffer fields = ByteBuffer.wrap(message);
    boolean six = family == AddressFamily.IPV6;
    fields.put(0, (byte) (six ? ECHO_6 : ECHO_4));
    fields.putShort(IDENTIFIER, OUR_IDENTIFIER);
    fields.putShort(SEQUENCE, (short) sequence);
    if (!six) {
      fields.putShort(CHECKSUM, (short) checksum(fields));
    }
    return message;
  }

  /** RFC 1071, of a whole number of 16-bit words. */
  private static int checksum(ByteBuffer words) {
    int sum = 0;
    for (int at = 0; at < words.capacity(); at += Short.BYTES) {
      sum += words.getShort(at) & 0xFFFF;
    }
    sum = (sum >>> 16) + (sum & 0xFFFF);
    return ~(sum + (sum >>> 16)) & 0xFFFF;
  }

  /**
   * Whether a message answers that request. The identifier tells nothing: it may be the kernel's.
   */
  static boolean answers(byte[] message, AddressFamily family, byte[] request) {
    int reply = family == AddressFamily.IPV6 ? REPLY_6 : REPLY_4;
    return message.length == BYTES
        && (message[0] & 0xFF) == reply
        && message[1] == 0
        && Arrays.equals(message, SEQUENCE, BYTES, request, SEQUENCE, BYTES);
  }
}
