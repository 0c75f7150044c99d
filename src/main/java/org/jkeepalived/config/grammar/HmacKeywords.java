package org.jkeepalived.config.grammar;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.jkeepalived.config.grammar.Keyword.Arity;
import org.jkeepalived.config.syntax.Diagnostic.Severity;
import org.jkeepalived.config.syntax.Statement;
import org.jkeepalived.config.syntax.Token;

/**
 * {@code auth_hmac} of keepalived 2.4. It is read and checked as keepalived.conf(5) says, and an
 * instance that has it is not started: what it adds to an advertisement is published nowhere that
 * it could be tried against, and whoever sent something else would be heard by nobody.
 */
final class HmacKeywords {

  /** Why an instance that has it is not started. */
  static final String OBSTACLE =
      "' cannot be tried against keepalived, which changed the bytes behind the advertisement in"
          + " 2.4.1 and again in 2.4.2: peers might not hear it";

  private static final int LEAST_BYTES = 32;
  private static final int MOST_BYTES = 64;
  private static final String HEX = "hex:";
  private static final String FILE = "file:";

  private HmacKeywords() {}

  /** What has been read of the block. */
  static final class HmacDraft implements Draft {
    private final String name;
    private final Token place;
    private final Set<Integer> keys = new LinkedHashSet<>();
    private OptionalInt active = OptionalInt.empty();
    private boolean monotonic;
    private Optional<Token> window = Optional.empty();
    private boolean enforced = true;

    private HmacDraft(String name, Token place) {
      this.name = name;
      this.place = place;
    }

    @Override
    public String name() {
      return name;
    }

    Token place() {
      return place;
    }

    /** Whether an advertisement without it is discarded. */
    boolean isEnforced() {
      return enforced;
    }
  }

  static final Block<HmacDraft> BLOCK =
      new Block<>(
          "vrrp_instance/auth_hmac",
          List.of(
              Keyword.<HmacDraft>custom(
                      "key", Arity.REQUIRED, "ID hex:DIGITS|file:PATH|STRING", HmacKeywords::key)
                  .doc("a key of 32 to 64 bytes, by its number from 1 to 255"),
              Keyword.<HmacDraft, Integer>value(
                      "active_key",
                      Argument.integer(1, 255),
                      (draft, id) -> draft.active = OptionalInt.of(id))
                  .complains("({name}) auth_hmac: active_key '{value}' is not 1 to 255")
                  .doc("the key to send by"),
              Keyword.<HmacDraft>custom(
                      "anti_replay", Arity.REQUIRED, "time or monotonic", HmacKeywords::antiReplay)
                  .doc(
                      "time: what is older than time_window is discarded; monotonic: what is no"
                          + " newer than the last one"),
              Keyword.<HmacDraft>custom(
                      "time_window", Arity.REQUIRED, "SECONDS", HmacKeywords::timeWindow)
                  .standardInWords("three advert_int, 5 at least")
                  .doc("how many seconds clocks may differ, 1 to 300"),
              Keyword.<HmacDraft>custom(
                      "mode",
                      Arity.REQUIRED,
                      "enforce, permissive or receive-only",
                      HmacKeywords::mode)
                  .doc(
                      "enforce: what has no signature is discarded; permissive: it is not;"
                          + " receive-only: nor is one sent")));

  /** In {@code vrrp_instance}. */
  static Keyword<InstanceDraft> keyword() {
    return Keyword.<InstanceDraft>custom("auth_hmac", Arity.BLOCK, "", HmacKeywords::read)
        .opens(BLOCK)
        .doc("signatures behind advertisements: read and checked, the instance is not started");
  }

  private static void read(Statement statement, InstanceDraft instance, GrammarReport report) {
    HmacDraft draft = new HmacDraft(instance.name(), statement.keyword());
    instance.obstacles.add(statement.keyword());
    instance.hmac = Optional.of(draft);
    statement.block().ifPresent(block -> BLOCK.read(block.statements(), draft, report));
    if (draft.keys.isEmpty()) {
      warn(statement.keyword(), draft, "has no key", report);
    } else if (draft.active.isEmpty()) {
      warn(statement.keyword(), draft, "names no active_key", report);
    } else if (!draft.keys.contains(draft.active.getAsInt())) {
      warn(
          statement.keyword(),
          draft,
          "has no key " + draft.active.getAsInt() + ", which is its active_key",
          report);
    }
    if (draft.monotonic) {
      draft.window.ifPresent(
          word -> warn(word, draft, "time_window is of anti_replay time only", report));
    }
  }

  /** What shows once the whole instance has been read. */
  static void check(InstanceDraft instance, boolean strict, GrammarReport report) {
    if (instance.hmac.isEmpty()) {
      return;
    }
    HmacDraft draft = instance.hmac.get();
    if (instance.authenticationType.isPresent()) {
      warn(draft.place(), draft, "and authentication exclude each other", report);
    }
    if (strict && !draft.isEnforced()) {
      warn(draft.place(), draft, "must be of mode enforce in strict mode", report);
    }
  }

  private static void warn(Token word, HmacDraft draft, String what, GrammarReport report) {
    report.at(word, Severity.WARNING, "bad-auth-hmac", "(" + draft.name() + ") auth_hmac " + what);
  }

  private static void key(Statement statement, HmacDraft draft, GrammarReport report) {
    List<Token> words = statement.arguments();
    Argument.Parsed<Integer> id = Argument.integer(1, 255).parser().apply(words.get(0).text());
    id.complaint().ifPresent(text -> report.warn(words.get(0), "bad-value", text));
    if (id.value().isEmpty()) {
      warn(words.get(0), draft, "has a key '" + words.get(0).text() + "', not 1 to 255", report);
      return;
    }
    if (words.size() != 2) {
      warn(words.get(0), draft, "has no single value for key " + words.get(0).text(), report);
      return;
    }
    if (isKey(words.get(1), draft, report) && !draft.keys.add(id.value().get())) {
      warn(words.get(0), draft, "has two keys " + id.value().get(), report);
    }
  }

  /** The key itself is in no message. */
  private static boolean isKey(Token word, HmacDraft draft, GrammarReport report) {
    String text = word.text();
    if (text.startsWith(FILE)) {
      return true;
    }
    boolean hex = text.startsWith(HEX);
    if (hex && !text.matches("hex:([0-9a-fA-F]{2})+")) {
      warn(word, draft, "has a key with something else than pairs of hexadecimal digits", report);
      return false;
    }
    int bytes =
        hex ? (text.length() - HEX.length()) / 2 : text.getBytes(StandardCharsets.UTF_8).length;
    if (bytes < LEAST_BYTES || bytes > MOST_BYTES) {
      warn(word, draft, "has a key of " + bytes + " bytes, not 32 to 64", report);
      return false;
    }
    return true;
  }

  private static void antiReplay(Statement statement, HmacDraft draft, GrammarReport report) {
    Token word = statement.arguments().get(0);
    draft.monotonic = word.is("monotonic");
    if (!word.is("monotonic") && !word.is("time")) {
      warn(word, draft, "knows no anti_replay '" + word.text() + "'", report);
    }
  }

  private static void timeWindow(Statement statement, HmacDraft draft, GrammarReport report) {
    Token word = statement.arguments().get(0);
    Argument.Parsed<Integer> seconds = Argument.integer(1, 300).parser().apply(word.text());
    seconds.complaint().ifPresent(text -> report.warn(word, "bad-value", text));
    if (seconds.value().isEmpty()) {
      warn(word, draft, "has a time_window '" + word.text() + "', not 1 to 300", report);
    } else {
      draft.window = Optional.of(word);
    }
  }

  private static void mode(Statement statement, HmacDraft draft, GrammarReport report) {
    Token word = statement.arguments().get(0);
    draft.enforced = !word.is("permissive") && !word.is("receive-only");
    if (draft.enforced && !word.is("enforce")) {
      warn(word, draft, "knows no mode '" + word.text() + "'", report);
    }
  }
}
