package org.jkeepalived.text;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.function.IntPredicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PrintableTest {

  /** Unicode's own classes say which they are. */
  @Test
  void everyCharacterThatSteersIsKnown() {
    assertEquals(steering(), characters(c -> !Printable.is((char) c)));
  }

  private static String steering() {
    return characters(
        c ->
            Character.isISOControl(c)
                || Character.getType(c) == Character.LINE_SEPARATOR
                || Character.getType(c) == Character.PARAGRAPH_SEPARATOR
                || isBidirectionalControl(c)
                || c == 0xfeff);
  }

  /** Those that begin or end a run of another direction, and the three marks. */
  private static boolean isBidirectionalControl(int c) {
    return switch (Character.getDirectionality(c)) {
      case Character.DIRECTIONALITY_LEFT_TO_RIGHT_EMBEDDING,
          Character.DIRECTIONALITY_LEFT_TO_RIGHT_OVERRIDE,
          Character.DIRECTIONALITY_RIGHT_TO_LEFT_EMBEDDING,
          Character.DIRECTIONALITY_RIGHT_TO_LEFT_OVERRIDE,
          Character.DIRECTIONALITY_POP_DIRECTIONAL_FORMAT,
          Character.DIRECTIONALITY_LEFT_TO_RIGHT_ISOLATE,
          Character.DIRECTIONALITY_RIGHT_TO_LEFT_ISOLATE,
          Character.DIRECTIONALITY_FIRST_STRONG_ISOLATE,
          Character.DIRECTIONALITY_POP_DIRECTIONAL_ISOLATE ->
          true;
      default -> c == 0x061c || c == 0x200e || c == 0x200f;
    };
  }

  private static String characters(IntPredicate condition) {
    return IntStream.rangeClosed(0, Character.MAX_VALUE)
        .filter(condition)
        .mapToObj(Integer::toHexString)
        .collect(Collectors.joining(" "));
  }
}
