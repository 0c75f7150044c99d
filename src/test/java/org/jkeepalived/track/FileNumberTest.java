package org.jkeepalived.track;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import org.jkeepalived.dice.Trials;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The table is what keepalived 2.2.7 made of the same files. */
class FileNumberTest {

  @ParameterizedTest
  @CsvSource(
      ignoreLeadingAndTrailingWhitespace = false,
      value = {
        "5\\n,5",
        "7,7",
        "  8\\n,8",
        "\\t9,9",
        "\\n\\n7\\n,7",
        "\\v6,6",
        "\\f7,7",
        "5\\r\\n,5",
        "+6,6",
        "-6,-6",
        "- 5,0",
        "+ 3,0",
        "--5,0",
        "6abc,6",
        "abc,0",
        "'',0",
        "' ',0",
        "-,0",
        "5 6,5",
        "5.7,5",
        "1e1,1",
        "0x10,16",
        "0XfF,255",
        "-0x5,-5",
        "0x,0",
        "0xg,0",
        "010,8",
        "-010,-8",
        "09,0",
        "0b11,0",
        "00000000000000000012,10",
        "\\ufeff5,0",
        "\\0,0",
        "2147483647,2147483647",
        "2147483648,2147483648",
        "-2147483648,-2147483648",
      })
  void readsWhatKeepalivedReads(String content, long number) {
    assertEquals(new FileNumber(number, true), FileNumber.parse(bytes(content)));
  }

  @ParameterizedTest
  @CsvSource({
    "2147483649,2147483649",
    "-2147483649,-2147483649",
    "9223372036854775806,9223372036854775806",
    "9223372036854775807,9223372036854775807",
    "99999999999999999999,9223372036854775807",
    "-9223372036854775808,-9223372036854775808",
    "-99999999999999999999,-9223372036854775808",
    "0xffffffffffffffffffff,9223372036854775807",
  })
  void whatIsTooLargeIsNotValid(String content, long told) {
    assertEquals(new FileNumber(told, false), FileNumber.parse(bytes(content)));
  }

  @Test
  void onlyTheBeginningCounts() {
    assertEquals(12, FileNumber.parse(bytes(" ".repeat(125) + "12")).value());
    assertEquals(1, FileNumber.parse(bytes(" ".repeat(126) + "12")).value());
    assertEquals(0, FileNumber.parse(bytes(" ".repeat(127) + "12")).value());
  }

  @Test
  void anyNumberIsRead() {
    Trials.run(
        1000,
        dice -> {
          int number = dice.anyInt();
          assertEquals(new FileNumber(number, true), FileNumber.parse(bytes(number + "\n")));
        });
  }

  @Test
  void noContentMakesItThrow() {
    Trials.run(1000, dice -> FileNumber.parse(dice.bytes(255)));
  }

  private static byte[] bytes(String text) {
    return text.replace("\\n", "\n")
        .replace("\\t", "\t")
        .replace("\\r", "\r")
        .replace("\\v", "\u000b")
        .replace("\\f", "\f")
        .replace("\\0", "\0")
        .replace("\\ufeff", "\ufeff")
        .getBytes(StandardCharsets.UTF_8);
  }
}
