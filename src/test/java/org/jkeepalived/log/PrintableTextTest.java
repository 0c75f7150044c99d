package org.jkeepalived.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class PrintableTextTest {

  @Test
  void leavesPrintableTextAlone() {
    String text = "(VI_1) Entering MASTER STATE – grüße, 東京";
    assertSame(text, PrintableText.of(text));
  }

  static Stream<Arguments> showsWhatCouldForgeALine() {
    return Stream.of(
        Arguments.of("a\nb", "a\\nb"),
        Arguments.of("a\r\nb", "a\\r\\nb"),
        Arguments.of("a\tb", "a b"),
        Arguments.of("a\033[31mb", "a\\x1b[31mb"),
        Arguments.of("a\0b", "a\\x00b"),
        Arguments.of("a" + (char) 0x7f + "b", "a\\x7fb"),
        Arguments.of("a" + (char) 0x9b + "b", "a\\x9bb"),
        Arguments.of("a" + (char) 0x2028 + "b", "a\\u2028b"),
        Arguments.of("a" + (char) 0x202e + "b", "a\\u202eb"),
        Arguments.of("a" + (char) 0x2066 + "b", "a\\u2066b"));
  }

  @ParameterizedTest
  @MethodSource
  void showsWhatCouldForgeALine(String text, String printable) {
    assertEquals(printable, PrintableText.of(text));
  }

  @Test
  void cutsAtTheLimitAndSaysSo() {
    String fits = "x".repeat(PrintableText.MAXIMUM_CHARACTERS);
    assertSame(fits, PrintableText.of(fits));
    assertEquals(fits + " [1 more characters]", PrintableText.of(fits + "y"));
    String pair = fits.substring(1) + "\ud83d\ude00";
    assertEquals(fits.substring(1) + " [2 more characters]", PrintableText.of(pair));
  }

  @Test
  void noTextBecomesTwoLines() {
    Random random = new Random(1);
    for (int run = 0; run < 20_000; run++) {
      int range = random.nextBoolean() ? 0x100 : 0x10000;
      int[] characters = random.ints(random.nextInt(40), 0, range).toArray();
      StringBuilder text = new StringBuilder();
      for (int character : characters) {
        text.append((char) character);
      }
      String printable = PrintableText.of(text.toString());
      assertFalse(printable.chars().anyMatch(Character::isISOControl), printable);
      assertEquals(1, printable.lines().count() + (printable.isEmpty() ? 1 : 0));
      assertTrue(printable.length() >= text.length());
    }
  }
}
