package org.jkeepalived.notify.mail;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Makes a header line of what an operator wrote: names of instances may hold any character, and
 * none of them may end the line and begin a header of its own.
 */
public final class HeaderText {

  /** RFC 5322, section 2.1.1: a line has at most 998 characters. */
  private static final int LINE_CHARACTERS = 900;

  /** What RFC 2047, section 2, leaves of the 75 characters of an encoded word: 45 bytes. */
  private static final int WORD_BYTES = 45;

  private HeaderText() {}

  /**
   * Free text as a header's value. COMPAT: ASCII goes as it is; keepalived sends UTF-8 as it is
   * too, which servers may mangle or refuse: RFC 2047 encodes it.
   */
  static String free(String text) {
    String oneLine = oneLine(text);
    boolean plain = isAscii(oneLine) && !oneLine.contains("=?");
    return plain && oneLine.length() <= LINE_CHARACTERS ? oneLine : encoded(oneLine);
  }

  /** An address, or a name and an address in angle brackets, as a header's value. */
  static String address(String text) {
    String oneLine = oneLine(text);
    int bracket = oneLine.lastIndexOf('<');
    if (isAscii(oneLine) || bracket <= 0) {
      return oneLine;
    }
    return free(oneLine.substring(0, bracket).strip().replace("\"", ""))
        + " "
        + oneLine.substring(bracket);
  }

  /**
   * Addresses as a header's value. COMPAT: each is on a line of its own, as keepalived 2.4 does.
   */
  static String addresses(List<String> texts) {
    return texts.stream().map(HeaderText::address).collect(Collectors.joining(",\r\n "));
  }

  /** The bare address of what is perhaps a name and an address in angle brackets. */
  public static String envelope(String text) {
    int from = text.lastIndexOf('<') + 1;
    int to = text.indexOf('>', from);
    StringBuilder bare = new StringBuilder();
    text.substring(from, to < 0 ? text.length() : to)
        .codePoints()
        .filter(each -> each > ' ' && each != 0x7f && each != '<' && each != '>')
        .forEach(bare::appendCodePoint);
    return bare.toString();
  }

  private static String oneLine(String text) {
    StringBuilder line = new StringBuilder(text.length());
    text.codePoints()
        .map(each -> Character.isISOControl(each) ? ' ' : each)
        .forEach(line::appendCodePoint);
    return line.toString();
  }

  private static boolean isAscii(String text) {
    return text.chars().allMatch(each -> each < 0x7f);
  }

  private static String encoded(String text) {
    List<String> words = new ArrayList<>();
    StringBuilder part = new StringBuilder();
    int bytes = 0;
    for (int at = 0; at < text.length(); at += Character.charCount(text.codePointAt(at))) {
      String character = Character.toString(text.codePointAt(at));
      int size = character.getBytes(StandardCharsets.UTF_8).length;
      if (bytes + size > WORD_BYTES) {
        words.add(word(part));
        part.setLength(0);
        bytes = 0;
      }
      part.append(character);
      bytes += size;
    }
    words.add(word(part));
    return String.join("\r\n ", words);
  }

  private static String word(CharSequence text) {
    byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
    return "=?UTF-8?B?" + Base64.getEncoder().encodeToString(bytes) + "?=";
  }
}
