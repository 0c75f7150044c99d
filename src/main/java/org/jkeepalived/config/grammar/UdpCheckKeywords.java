package org.jkeepalived.config.grammar;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import org.jkeepalived.config.grammar.ConnectionKeywords.ConnectingDraft;
import org.jkeepalived.config.grammar.Keyword.Arity;
import org.jkeepalived.config.syntax.Statement;
import org.jkeepalived.config.syntax.Token;
import org.jkeepalived.model.lvs.BytePattern;
import org.jkeepalived.model.lvs.Check;
import org.jkeepalived.model.lvs.UdpCheck;

/** {@code UDP_CHECK}: a datagram is not refused, or is answered. */
final class UdpCheckKeywords {

  private static final int STANDARD_MOST = 255;

  private UdpCheckKeywords() {}

  private static final class UdpDraft extends ConnectingDraft {
    private Optional<BytePattern> payload = Optional.empty();
    private boolean replyRequired;
    private Optional<BytePattern> pattern = Optional.empty();
    private int minLength;
    private int maxLength = STANDARD_MOST;

    private UdpDraft(RealServerDraft server) {
      super(server);
    }

    @Override
    Optional<Check> complete(Surroundings around) {
      return Optional.of(
          new UdpCheck(
              schedule(around, 1, 1),
              connection(),
              payload,
              replyRequired
                  ? Optional.of(new UdpCheck.Reply(pattern, minLength, maxLength))
                  : Optional.empty()));
    }
  }

  static final Keyword<RealServerDraft> KEYWORD =
      CheckKeywords.check(
              new Block<UdpDraft>(
                  CheckKeywords.path("UDP_CHECK"), ConnectionKeywords.table(), table()),
              UdpDraft::new,
              UdpCheckKeywords::isComplete)
          .doc("well while a datagram is not refused, or is answered");

  private static List<Keyword<UdpDraft>> table() {
    return List.of(
        Keyword.<UdpDraft>custom("payload", Arity.OPTIONAL, "HEX", UdpCheckKeywords::payload)
            .standardInWords("\"keepalived check - keepalived ch\"")
            .doc("what is sent, in hexadecimal; a single digit is a byte of its own"),
        Keyword.<UdpDraft>custom("require_reply", Arity.FLAG, "[HEX]", UdpCheckKeywords::reply)
            .doc(
                "silence is a failure; with bytes, so is an answer that does not begin so; X is free"),
        length("min", "0", (d, n) -> d.minLength = n)
            .doc("a shorter answer is a failure, in bytes"),
        length("max", "255", (d, n) -> d.maxLength = n)
            .doc("a longer answer is a failure, in bytes"));
  }

  private static Keyword<UdpDraft> length(
      String which, String standard, BiConsumer<UdpDraft, Integer> sets) {
    return Keyword.<UdpDraft, Integer>value(
            which + "_reply_length", Argument.integer(0, 0xFFFF), sets)
        .complains("UDP_CHECK " + which + " length {value} not valid - must be between 0 & 65535")
        .standard(standard);
  }

  private static void payload(Statement statement, UdpDraft draft, GrammarReport report) {
    if (statement.arguments().isEmpty()) {
      report.warn(statement.keyword(), "no-payload", "UDP_CHECK payload requires a payload");
      return;
    }
    draft.payload =
        bytes(statement, "payload", report)
            .filter(bytes -> !bytes.hasFree() || refused(statement, "payload", report));
  }

  private static void reply(Statement statement, UdpDraft draft, GrammarReport report) {
    draft.replyRequired = true;
    if (!statement.arguments().isEmpty()) {
      draft.pattern = bytes(statement, "reply", report);
    }
  }

  /**
   * The bytes of a line: each word by itself, two digits a byte, and a last single digit a byte.
   *
   * <p>keepalived 2.2.7 takes no line that ends in FF; here it is as good as any other byte.
   */
  private static Optional<BytePattern> bytes(
      Statement statement, String what, GrammarReport report) {
    String digits =
        statement.arguments().stream()
            .flatMap(word -> List.of(word.text().strip().split("\\s+")).stream())
            .map(UdpCheckKeywords::wholeBytes)
            .collect(Collectors.joining())
            .toUpperCase(Locale.ROOT);
    if (!digits.matches("[0-9A-FX]+")) {
      refused(statement, what, report);
      return Optional.empty();
    }
    return Optional.of(new BytePattern(digits));
  }

  private static String wholeBytes(String word) {
    int last = word.length() - 1;
    return last % 2 == 0 ? word.substring(0, last) + "0" + word.substring(last) : word;
  }

  private static boolean refused(Statement statement, String what, GrammarReport report) {
    report.warn(
        statement.arguments().get(0), "bad-hex", "Invalid hex string for UDP_CHECK " + what);
    return false;
  }

  private static boolean isComplete(UdpDraft draft, Token end, GrammarReport report) {
    if (draft.minLength > draft.maxLength) {
      report.warn(
          end,
          "bad-reply-length",
          "UDP_CHECK min_reply length "
              + draft.minLength
              + " > max_reply_length "
              + draft.maxLength
              + " - will always fail");
    }
    return true;
  }
}
