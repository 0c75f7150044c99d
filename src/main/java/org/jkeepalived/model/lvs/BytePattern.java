package org.jkeepalived.model.lvs;

import java.util.HexFormat;
import java.util.Objects;

/**
 * Bytes, of which some half may be free.
 *
 * @param digits two of each byte, {@code 0} to {@code 9} and {@code A} to {@code F}, or {@code X}
 *     where the half of the byte is free; at least one byte
 */
public record BytePattern(String digits) {

  private static final char FREE = 'X';

  public BytePattern {
    Objects.requireNonNull(digits);
    if (!digits.matches("([0-9A-FX]{2})+")) {
      throw new IllegalArgumentException("no bytes: " + digits);
    }
  }

  /** How many bytes. */
  public int length() {
    return digits.length() / 2;
  }

  /** Whether some half of a byte is free. */
  public boolean hasFree() {
    return digits.indexOf(FREE) >= 0;
  }

  /** The bytes, with 0 for what is free. */
  public byte[] bytes() {
    return HexFormat.of().parseHex(digits.replace(FREE, '0'));
  }

  /** Whether these bytes are as it says, as far as both go: the shorter one's length counts. */
  public boolean matches(byte[] other) {
    for (int i = 0; i < Math.min(length(), other.length); i++) {
      if (differs(digits.charAt(2 * i), other[i] >> 4 & 0xF)
          || differs(digits.charAt(2 * i + 1), other[i] & 0xF)) {
        return false;
      }
    }
    return true;
  }

  private static boolean differs(char digit, int value) {
    return digit != FREE && Character.digit(digit, 16) != value;
  }
}
