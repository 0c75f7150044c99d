package org.jkeepalived.lvs.check;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.OptionalInt;
import org.jkeepalived.model.lvs.DnsCheck.Type;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Questions and answers of DNS, as bytes. */
class DnsMessageTest {

  private static final HexFormat HEX = HexFormat.of();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "none",
      value = {
        // type | name | behind the header
        "SOA   | ''        | 00 0006 0001",
        "SOA   | .         | 00 0006 0001",
        "A     | a.b       | 01 61 01 62 00 0001 0001",
        "AAAA  | a.b.      | 01 61 01 62 00 001c 0001",
        "NS    | x         | 01 78 00 0002 0001",
        "CNAME | x         | 01 78 00 0005 0001",
        "MX    | x         | 01 78 00 000f 0001",
        "TXT   | x         | 01 78 00 0010 0001",
        "TXT   | é         | 02 c3 a9 00 0010 0001",
      })
  void questions(Type type, String name, String expected) {
    String header = "beef 0100 0001 0000 0000 0000";
    assertEquals(
        (header + expected).replace(" ", ""),
        HEX.formatHex(DnsMessage.question(0xbeef, type, name)));
  }

  @Test
  void longestLabel() {
    byte[] question = DnsMessage.question(1, Type.A, "a".repeat(63) + ".b");
    assertEquals(63, question[12]);
    assertEquals(12 + 64 + 2 + 1 + 4, question.length);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "none",
      value = {
        // to the question with id beef | response code
        "beef 8180 0001 0000 0000 0000 00 0006 0001 | 0",
        "beef 8000 0000 0000 0000 0000              | 0",
        // more than the header is not looked at
        "beef 8180 ffff ffff ffff ffff c00c c00c ff | 0",
        // authoritative, truncated, another operation
        "beef 8400 0001 0000 0000 0000              | 0",
        "beef 8380 0001 0000 0000 0000              | 0",
        "beef a800 0001 0000 0000 0000              | 0",
        "beef 8183 0001 0000 0000 0000              | 3",
        "beef 8185 0001 0000 0000 0000              | 5",
        "beef 818f 0001 0000 0000 0000              | 15",
        // another id, our question, cut
        "beee 8180 0001 0000 0000 0000              | none",
        "efbe 8180 0001 0000 0000 0000              | none",
        "beef 0100 0001 0000 0000 0000 00 0006 0001 | none",
        "beef 8180 0001 0000 0000 00                | none",
        "beef 8180 0001 0000                        | none",
        "''                                         | none",
      })
  void answers(String bytes, Integer expected) {
    ByteBuffer datagram = ByteBuffer.wrap(HEX.parseHex(bytes.replace(" ", "")));
    OptionalInt wanted = expected == null ? OptionalInt.empty() : OptionalInt.of(expected);
    assertEquals(wanted, DnsMessage.responseCode(0xbeef, datagram));
    // the same, somewhere in a larger buffer
    byte[] large = new byte[datagram.remaining() + 8];
    ByteBuffer within = ByteBuffer.wrap(large, 4, datagram.remaining());
    within.duplicate().put(datagram.duplicate());
    assertEquals(wanted, DnsMessage.responseCode(0xbeef, within));
  }
}
