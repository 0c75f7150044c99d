package org.jkeepalived.config.grammar;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jkeepalived.config.grammar.Keyword.Arity;
import org.jkeepalived.config.syntax.Statement;
import org.jkeepalived.config.syntax.Token;
import org.jkeepalived.model.lvs.HttpUrl;
import org.jkeepalived.model.lvs.HttpUrl.BodyPattern;
import org.jkeepalived.model.lvs.HttpUrl.Statuses;
import org.jkeepalived.model.lvs.PosixClasses;

/** {@code url} in {@code HTTP_GET} and {@code SSL_GET}. */
final class HttpUrlKeywords {

  private static final int DIGEST_DIGITS = 32;
  private static final int MOST_GROUPS = 200;
  private static final Pattern STATUS = Pattern.compile("([1-5][0-9]{2})(?:-([1-5][0-9]{2}))?");

  /** Those that say what matches, and that Java has not. */
  private static final Set<String> WITHOUT_EFFECT =
      Set.of(
          "allow_empty_class",
          "alt_bsux",
          "dollar_endonly",
          "firstline",
          "match_unset_backref",
          "ungreedy");

  /** PCRE's options, as keepalived spells them. */
  private static final Set<String> OPTIONS =
      Set.of(
          "allow_empty_class",
          "alt_bsux",
          "auto_callout",
          "caseless",
          "dollar_endonly",
          "dotall",
          "dupnames",
          "extended",
          "firstline",
          "match_unset_backref",
          "multiline",
          "never_ucp",
          "never_utf",
          "no_auto_capture",
          "no_auto_possess",
          "no_dotstar_anchor",
          "no_start_optimize",
          "ucp",
          "ungreedy",
          "utf",
          "never_backslash_c",
          "alt_circumflex",
          "alt_verbnames",
          "use_offset_limit");

  private HttpUrlKeywords() {}

  /** What has been read of one url. */
  static final class UrlDraft implements Draft {
    private final String server;
    private Optional<String> path = Optional.empty();
    private Optional<String> virtualHost = Optional.empty();
    private Optional<String> digest = Optional.empty();
    private final List<Statuses> statuses = new ArrayList<>();
    private Optional<String> regex = Optional.empty();
    private boolean regexRefused;
    private boolean mustNotMatch;
    private final List<String> options = new ArrayList<>();
    private long minOffset;
    private OptionalLong maxOffset = OptionalLong.empty();
    private boolean compliant;

    UrlDraft(String server) {
      this.server = server;
    }

    @Override
    public String name() {
      return server;
    }

    boolean isComplete() {
      return path.isPresent();
    }

    /** Whether what it wants can never be looked for. */
    boolean refused() {
      return regexRefused;
    }

    /**
     * The finished url.
     *
     * @param host to ask for where it names none itself
     */
    HttpUrl complete(Optional<String> host) {
      return new HttpUrl(
          path.orElseThrow(),
          virtualHost.or(() -> host),
          digest,
          statuses.isEmpty() ? List.of(Statuses.SUCCESS) : statuses,
          regex.map(text -> new BodyPattern(text, mustNotMatch, options, minOffset, maxOffset)),
          compliant);
    }
  }

  static Block<UrlDraft> block(String path) {
    return new Block<>(path, answers(), patterns());
  }

  private static List<Keyword<UrlDraft>> answers() {
    return List.of(
        Keyword.<UrlDraft>custom(
                "path",
                Arity.REQUIRED,
                "PATH",
                (statement, d, report) -> d.path = Optional.of(statement.arguments().get(0).text()))
            .doc("the path to ask for, sent as it is written"),
        Keyword.<UrlDraft>custom("digest", Arity.REQUIRED, "MD5", HttpUrlKeywords::digest)
            .doc("the MD5 of the body that is wanted, as genhash tells it"),
        Keyword.<UrlDraft>custom(
                "status_code", Arity.OPTIONAL, "STATUS[-STATUS] [...]", HttpUrlKeywords::statuses)
            .standard("200-299")
            .doc("which status codes are wanted"),
        Keyword.<UrlDraft>custom(
                "virtualhost",
                Arity.OPTIONAL,
                "NAME",
                (statement, d, report) -> {
                  if (statement.arguments().isEmpty()) {
                    report.warn(
                        statement.keyword(),
                        "missing-virtualhost",
                        "Missing HTTP_GET virtualhost name");
                  } else {
                    d.virtualHost = Optional.of(statement.arguments().get(0).text());
                  }
                })
            .standardInWords("virtualhost of the check")
            .doc("which host to ask for"),
        Keyword.<UrlDraft>flag("tls_compliant", d -> d.compliant = true)
            .doc("close the TLS connection with a close_notify"));
  }

  private static List<Keyword<UrlDraft>> patterns() {
    return List.of(
        Keyword.<UrlDraft>custom(
                "regex",
                Arity.OPTIONAL,
                "REGEX",
                (statement, d, report) -> regex(statement, d, false, report))
            .doc("what the body must match"),
        Keyword.<UrlDraft>custom(
                "regex_no_match",
                Arity.OPTIONAL,
                "[REGEX]",
                (statement, d, report) -> regex(statement, d, true, report))
            .doc("a body that matches is a failure"),
        Keyword.<UrlDraft>custom(
                "regex_options", Arity.OPTIONAL, "OPTION [...]", HttpUrlKeywords::options)
            .doc("options of the regular expression, as pcre2api(3) tells them"),
        Keyword.<UrlDraft, Long>value(
                "regex_min_offset", Argument.unsigned(), (d, n) -> d.minOffset = n)
            .complains("Invalid regex_min_offset {value}")
            .standard("0")
            .doc("where in the body the search begins"),
        Keyword.<UrlDraft, Long>value(
                "regex_max_offset", Argument.unsigned(), (d, n) -> d.maxOffset = OptionalLong.of(n))
            .complains("Invalid regex_max_offset {value}")
            .standardInWords("no bound")
            .doc("up to where in the body a match may begin"),
        Keyword.<UrlDraft>custom(
                "regex_stack", Arity.OPTIONAL, "START MAX", (statement, d, report) -> {})
            .remarking(
                "regex-stack-without-effect",
                "regex_stack has no effect: jkeepalived bounds a search by itself")
            .inert()
            .doc("the memory of PCRE's compiler, which jkeepalived does not use"));
  }

  private static void digest(Statement statement, UrlDraft draft, GrammarReport report) {
    Token word = statement.arguments().get(0);
    String text = word.text();
    if (text.length() != DIGEST_DIGITS) {
      report.warn(
          word,
          "bad-digest",
          "digest '" + text + "' character length should be 32 rather than " + text.length());
      return;
    }
    for (int at = 0; at < DIGEST_DIGITS; at += 2) {
      if (!text.substring(at, at + 2).matches("[0-9a-fA-F]{2}")) {
        report.warn(
            word,
            "bad-digest",
            "Unable to interpret hex digit in '" + text + "' at offset " + at + "/" + (at + 1));
        return;
      }
    }
    draft.digest = Optional.of(text.toLowerCase(Locale.ROOT));
  }

  private static void statuses(Statement statement, UrlDraft draft, GrammarReport report) {
    for (Token word : statement.arguments()) {
      Matcher range = STATUS.matcher(word.text());
      int first = range.matches() ? Integer.parseInt(range.group(1)) : 0;
      int last = first == 0 || range.group(2) == null ? first : Integer.parseInt(range.group(2));
      if (first == 0 || last < first) {
        report.warn(word, "bad-status-code", "Invalid HTTP_GET status code '" + word.text() + "'");
      } else {
        draft.statuses.add(new Statuses(first, last));
      }
    }
  }

  private static void regex(
      Statement statement, UrlDraft draft, boolean refusing, GrammarReport report) {
    draft.mustNotMatch |= refusing;
    Optional<Token> word = statement.arguments().stream().findFirst();
    word.ifPresent(
        text -> {
          Optional<String> objection = objection(text.text());
          objection.ifPresentOrElse(
              reason -> {
                // COMPAT: keepalived says nothing, and dies of it at the first answer
                report.warn(
                    text,
                    "bad-regex",
                    "Invalid regex '" + text.text() + "' - " + reason + " - ignoring the check");
                draft.regexRefused = true;
              },
              () -> draft.regex = Optional.of(text.text()));
        });
  }

  /** Why a text is no regular expression; empty where it is one. */
  private static Optional<String> objection(String text) {
    // it is compiled by recursion: nobody writes that many by hand
    if (text.chars().filter(c -> c == '(' || c == '[').count() > MOST_GROUPS) {
      return Optional.of("more than " + MOST_GROUPS + " groups");
    }
    try {
      Pattern.compile(PosixClasses.inJava(text));
      return Optional.empty();
    } catch (PatternSyntaxException e) {
      return Optional.of(e.getDescription().toLowerCase(Locale.ROOT));
    }
  }

  private static void options(Statement statement, UrlDraft draft, GrammarReport report) {
    for (Token word : statement.arguments()) {
      if (OPTIONS.contains(word.text())) {
        draft.options.add(word.text());
        if (WITHOUT_EFFECT.contains(word.text())) {
          report.aside(
              word,
              "regex-option-without-effect",
              "regex option "
                  + word.text()
                  + " is not yet supported by jkeepalived and has no effect");
        }
      } else {
        report.aside(
            word, "bad-regex-option", "Unknown regex option " + word.text() + " - ignoring");
      }
    }
  }
}
