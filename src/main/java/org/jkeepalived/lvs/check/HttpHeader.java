package org.jkeepalived.lvs.check;

import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/** The header of an answer, read line by line; as lenient as can be, and it never throws. */
final class HttpHeader {

  private static final int NO_BODY = 204;
  private static final int NOT_MODIFIED = 304;
  private static final int SWITCHING = 101;
  private static final int LAST_INTERIM = 199;
  private static final int MOST_DIGITS = 18;
  private static final int MOST_SHOWN = 40;

  private boolean begun;
  private boolean ended;
  private int status;
  private OptionalLong contentLength = OptionalLong.empty();
  private boolean chunked;

  /**
   * Reads a line.
   *
   * @param line without its end
   * @return what is wrong with it
   */
  Optional<String> line(String line) {
    if (!begun) {
      begun = true;
      status = status(line);
      return status == 0
          ? Optional.of("no HTTP status line: \"" + shown(line) + "\"")
          : Optional.empty();
    }
    if (line.isEmpty()) {
      if (status <= LAST_INTERIM && status != SWITCHING) {
        // "100 Continue" and its like: the answer follows
        begun = false;
        contentLength = OptionalLong.empty();
        chunked = false;
      } else {
        ended = true;
      }
      return Optional.empty();
    }
    field(line);
    return Optional.empty();
  }

  boolean hasEnded() {
    return ended;
  }

  /** 100 to 999; 0 before its line was read. */
  int status() {
    return status;
  }

  OptionalLong contentLength() {
    return contentLength;
  }

  boolean isChunked() {
    return chunked;
  }

  /** Whether nothing can follow. */
  boolean isWhole() {
    boolean none = status == NO_BODY || status == NOT_MODIFIED || status == SWITCHING;
    return none || !chunked && contentLength.isPresent() && contentLength.getAsLong() == 0;
  }

  static String shown(String line) {
    StringBuilder text = new StringBuilder();
    for (int at = 0; at < Math.min(line.length(), MOST_SHOWN); at++) {
      char c = line.charAt(at);
      text.append(c >= ' ' && c < 0x7F ? c : '.');
    }
    return line.length() > MOST_SHOWN ? text + "..." : text.toString();
  }

  private static int status(String line) {
    int at = line.indexOf(' ');
    if (!line.startsWith("HTTP/") || at < 0) {
      return 0;
    }
    while (at < line.length() && line.charAt(at) == ' ') {
      at++;
    }
    int number = 0;
    int digits = 0;
    while (at < line.length() && isDigit(line.charAt(at)) && digits < 4) {
      number = number * 10 + line.charAt(at) - '0';
      at++;
      digits++;
    }
    boolean separate = at == line.length() || line.charAt(at) == ' ';
    return digits == 3 && separate && number >= 100 ? number : 0;
  }

  private void field(String line) {
    int colon = line.indexOf(':');
    if (colon < 0) {
      return;
    }
    String name = line.substring(0, colon).strip().toLowerCase(Locale.ROOT);
    String value = line.substring(colon + 1).strip();
    if (name.equals("content-length") && contentLength.isEmpty()) {
      contentLength = number(value);
    } else if (name.equals("transfer-encoding")) {
      chunked |= value.toLowerCase(Locale.ROOT).endsWith("chunked");
    }
  }

  private static OptionalLong number(String text) {
    if (text.isEmpty() || text.length() > MOST_DIGITS || !text.chars().allMatch(c -> isDigit(c))) {
      return OptionalLong.empty();
    }
    return OptionalLong.of(Long.parseLong(text));
  }

  private static boolean isDigit(int c) {
    return c >= '0' && c <= '9';
  }
}
