package org.jkeepalived.lvs.check;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.OptionalInt;
import org.jkeepalived.model.lvs.DnsCheck;

/**
 * A question of DNS, and what of an answer matters: RFC 1035, 4.1.
 *
 * <pre>
 *   0  id                         QDCOUNT  1
 *   2  QR OPCODE AA TC RD RA Z RCODE     ANCOUNT, NSCOUNT, ARCOUNT  0
 *  12  question: name, type, class
 * </pre>
 *
 * <p>An answer is judged by its header alone: what stands behind it is not looked at.
 */
final class DnsMessage {

  /** What of an answer matters. */
  static final int HEADER_BYTES = 12;

  private static final int FLAGS_AT = 2;
  private static final int RECURSION_DESIRED = 0x0100;
  private static final int RESPONSE = 0x8000;
  private static final int RCODE = 0x000F;
  private static final int CLASS_IN = 1;

  private DnsMessage() {}

  /**
   * The bytes of a question.
   *
   * @param id 0 to 65535
   * @param name labels of at most 63 bytes, 253 bytes as a whole; a dot in the end makes no
   *     difference
   */
  static byte[] question(int id, DnsCheck.Type type, String name) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (int field : new int[] {id, RECURSION_DESIRED, 1, 0, 0, 0}) {
      write(out, field);
    }
    for (String label : name.split("\\.")) {
      byte[] bytes = label.getBytes(StandardCharsets.UTF_8);
      if (bytes.length > 0) {
        out.write(bytes.length);
        out.writeBytes(bytes);
      }
    }
    out.write(0);
    write(out, type.number());
    write(out, CLASS_IN);
    return out.toByteArray();
  }

  private static void write(ByteArrayOutputStream out, int field) {
    out.write(field >> Byte.SIZE);
    out.write(field);
  }

  /**
   * The response code of an answer, 0 to 15; empty if this is not the answer to the question with
   * that id.
   */
  static OptionalInt responseCode(int id, ByteBuffer datagram) {
    if (datagram.remaining() < HEADER_BYTES) {
      return OptionalInt.empty();
    }
    int at = datagram.position();
    int flags = unsigned(datagram, at + FLAGS_AT);
    return unsigned(datagram, at) == id && (flags & RESPONSE) != 0
        ? OptionalInt.of(flags & RCODE)
        : OptionalInt.empty();
  }

  private static int unsigned(ByteBuffer bytes, int at) {
    return (bytes.get(at) & 0xFF) << Byte.SIZE | bytes.get(at + 1) & 0xFF;
  }
}
