package org.jkeepalived.lvs.check;

import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * Reads one reply of a server of SMTP (RFC 5321, 4.2): lines of three digits, a hyphen and text,
 * and a last one with a space instead of the hyphen, or with the digits alone. All of them have the
 * same digits.
 *
 * <p>Of what it has read it keeps the beginning of the line that it is in: a server may send what
 * it likes.
 */
final class SmtpReplyReader {

  /** What a reply may be long as a whole. */
  static final int MOST_BYTES = 16_384;

  private static final int CODE_DIGITS = 3;
  private static final int MOST_SHOWN = 60;

  private final Optional<String> wanted;
  private final StringBuilder line = new StringBuilder();
  private int bytes;

  /**
   * @param wanted the three digits; empty where any line will do
   */
  SmtpReplyReader(Optional<String> wanted) {
    this.wanted = wanted;
  }

  /**
   * What the reply has come to.
   *
   * @param fault why it is not what is wanted, in a line; empty if it is
   */
  record Result(Optional<String> fault) {}

  /** Reads on, up to the end of the reply; empty while there is more to come. */
  Optional<Result> read(ByteBuffer more) {
    while (more.hasRemaining()) {
      int next = more.get() & 0xFF;
      bytes++;
      if (next == '\n') {
        Optional<Result> result = endOfLine();
        if (result.isPresent()) {
          return result;
        }
      } else if (line.length() <= MOST_SHOWN) {
        line.append((char) next);
      }
      if (bytes >= MOST_BYTES) {
        return failed("reply longer than " + MOST_BYTES + " bytes");
      }
    }
    return Optional.empty();
  }

  private Optional<Result> endOfLine() {
    String text = line.toString();
    line.setLength(0);
    String bare = text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
    char behind = bare.length() > CODE_DIGITS ? bare.charAt(CODE_DIGITS) : ' ';
    boolean isReply = bare.length() >= CODE_DIGITS && (behind == ' ' || behind == '-');
    if (wanted.isPresent() && !(isReply && bare.startsWith(wanted.get()))) {
      return failed("answered \"" + shown(bare) + "\", wanted " + wanted.get());
    }
    return behind == '-' ? Optional.empty() : Optional.of(new Result(Optional.empty()));
  }

  private static Optional<Result> failed(String reason) {
    return Optional.of(new Result(Optional.of(reason)));
  }

  private static String shown(String text) {
    StringBuilder shown = new StringBuilder();
    text.chars()
        .limit(MOST_SHOWN)
        .forEach(c -> shown.append(c >= ' ' && c < 0x7F && c != '"' ? (char) c : '.'));
    return shown + (text.length() > MOST_SHOWN ? "..." : "");
  }
}
