package org.jkeepalived.config.grammar;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import org.jkeepalived.config.syntax.Token;
import org.jkeepalived.model.lvs.ServerAddress;

/** {@code ADDRESS [PORT]}, as virtual, real and sorry servers are named. */
final class ServerWords {

  private static final Argument<Integer> PORT = Argument.integer(1, 0xFFFF);

  private ServerWords() {}

  /** An address of either family; empty where the text is none. */
  static Optional<InetAddress> address(String text) {
    return Addresses.ip(text);
  }

  /**
   * Reads them; empty, with what is wrong with a number reported, where they are none. A port that
   * is not there is 0, and what stands behind it is not looked at, as in keepalived.
   *
   * @param words the first of them, at least one
   */
  static Optional<ServerAddress> read(List<Token> words, GrammarReport report) {
    // COMPAT: a prefix length is not looked at
    Optional<InetAddress> address = address(Addresses.withoutPrefix(words.get(0).text()));
    Optional<Integer> port =
        words.size() < 2 ? Optional.of(0) : address.flatMap(a -> port(words.get(1), report));
    return address.flatMap(a -> port.map(number -> new ServerAddress(a, number)));
  }

  /** A port; 0 counts as none. */
  static Optional<Integer> port(Token word, GrammarReport report) {
    if (word.is("0")) {
      return Optional.of(0);
    }
    Argument.Parsed<Integer> parsed = PORT.parser().apply(word.text());
    parsed.complaint().ifPresent(text -> report.warn(word, "bad-value", text));
    return parsed.value();
  }

  /** What was written, for messages: the port behind the separator, nothing where it is missing. */
  static String written(List<Token> words, String separator) {
    return words.get(0).text() + separator + (words.size() < 2 ? "" : words.get(1).text());
  }
}
