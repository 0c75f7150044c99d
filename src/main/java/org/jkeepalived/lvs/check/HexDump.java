package org.jkeepalived.lvs.check;

import java.util.Locale;

/** Bytes as genhash(1) shows them: 16 a line, counted, in hexadecimal and as text. */
final class HexDump {

  private static final int WIDTH = 16;

  private HexDump() {}

  static String of(byte[] bytes) {
    StringBuilder text = new StringBuilder();
    for (int at = 0; at < bytes.length; at += WIDTH) {
      line(text, bytes, at);
    }
    return text.toString();
  }

  private static void line(StringBuilder text, byte[] bytes, int begin) {
    text.append(String.format(Locale.ROOT, "%04d ", begin));
    StringBuilder shown = new StringBuilder();
    for (int i = 0; i < WIDTH; i++) {
      text.append(i == WIDTH / 2 ? " - " : " ");
      if (begin + i < bytes.length) {
        int value = bytes[begin + i] & 0xFF;
        text.append(String.format(Locale.ROOT, "%02x", value));
        shown.append(value >= ' ' && value < 0x7F ? (char) value : '.');
      } else {
        text.append("  ");
        shown.append(' ');
      }
    }
    text.append("   ").append(shown).append('\n');
  }
}
