package org.jkeepalived.model;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the beginning of a text comes to is {@code FileNumberTest}'s table, too. */
class CNumberTest {

  @ParameterizedTest
  @CsvSource(
      ignoreLeadingAndTrailingWhitespace = false,
      value = {
        "5,5,1",
        "  8x,8,3",
        "-6 ,-6,2",
        "0x1Fg,31,4",
        "0x,0,1",
        "022,18,3",
        "09,0,1",
        "- 5,0,0",
        "'',0,0",
        "x,0,0",
      })
  void tellsHowFarTheNumberGoes(String text, long value, int end) {
    assertEquals(new CNumber(value, end, true), CNumber.at(text));
  }

  @ParameterizedTest
  @CsvSource({
    "9223372036854775807,true,9223372036854775807",
    "9223372036854775808,false,9223372036854775807",
    "-9223372036854775808,true,-9223372036854775808",
    "-9223372036854775809,false,-9223372036854775808",
    "0x7fffffffffffffff,true,9223372036854775807",
    "0x8000000000000000,false,9223372036854775807",
    "-0x8000000000000000,true,-9223372036854775808",
    "777777777777777777777777,false,9223372036854775807",
  })
  void whatIsTooLargeEndsAtTheLargest(String text, boolean fits, long value) {
    assertEquals(new CNumber(value, text.length(), fits), CNumber.at(text));
  }

  @ParameterizedTest
  @CsvSource({
    "18,18",
    "0x1f,31",
    "022,18",
    "-5,-5",
    "+5,5",
    "9007199254740992,9007199254740992",
    "9007199254740993,",
    "-9007199254740993,",
    "18a,",
    "099,",
    "0x,",
    "--1,",
    "\u0661,",
    "'',",
  })
  void aWholeTextHasNothingElse(String text, Long value) {
    assertEquals(Optional.ofNullable(value), CNumber.whole(text));
  }

  @ParameterizedTest
  @CsvSource({
    "010,10",
    "0,0",
    "9007199254740992,9007199254740992",
    "9007199254740993,",
    "+1,",
    "-1,",
    "0x1,",
    "'',"
  })
  void decimalDigitsAreTakenAsTheyAre(String text, Long value) {
    assertEquals(Optional.ofNullable(value), CNumber.decimal(text));
  }

  @Test
  void everyNumberComesBackInEachBase() {
    Random dice = new Random(7);
    for (int i = 0; i < 10_000; i++) {
      long number = dice.nextLong() >> dice.nextInt(64);
      String sign = number < 0 ? "-" : "";
      String hexadecimal = sign + "0x" + Long.toHexString(Math.abs(number));
      String octal = sign + "0" + Long.toOctalString(Math.abs(number));
      assertEquals(number, CNumber.at(Long.toString(number)).value());
      assertEquals(number, CNumber.at(hexadecimal + " ").value(), hexadecimal);
      assertEquals(number, CNumber.at(octal + "9").value(), octal);
    }
  }
}
