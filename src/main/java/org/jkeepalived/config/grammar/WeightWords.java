package org.jkeepalived.config.grammar;

import java.util.List;
import java.util.Optional;
import org.jkeepalived.config.grammar.Keyword.Arity;
import org.jkeepalived.config.syntax.Statement;
import org.jkeepalived.config.syntax.Token;
import org.jkeepalived.model.Weight;

/**
 * {@code weight NUMBER [reverse]}, in the definition of what can be tracked and on the lines that
 * track it.
 */
final class WeightWords {

  private WeightWords() {}

  /**
   * The number; empty, with the reason reported, where there is none from -{@code greatest} to
   * {@code greatest}.
   */
  static Optional<Integer> number(
      Token word, int greatest, String complaint, GrammarReport report) {
    Argument.Parsed<Integer> parsed =
        Argument.integer(-greatest, greatest).parser().apply(word.text());
    parsed.complaint().ifPresent(text -> report.warn(word, "bad-value", text));
    if (parsed.value().isEmpty()) {
      report.warn(word, "bad-weight", complaint);
    }
    return parsed.value();
  }

  /**
   * Whether the word behind the number turns the weight round; empty where it is another word. The
   * manual writes {@code noreverse} and, once, {@code no_reverse}.
   */
  static Optional<Boolean> reversed(Token word) {
    return switch (word.text()) {
      case "reverse" -> Optional.of(true);
      case "noreverse", "no_reverse" -> Optional.of(false);
      default -> Optional.empty();
    };
  }

  /**
   * The keyword of a definition that may say its weight again.
   *
   * @param block the definition's own keyword
   * @param complaint about a wrong number, where {@code {name}} stands for the definition's name
   *     and {@code {value}} for what was written
   */
  static <D extends TrackerDraft> Keyword<D> keyword(String block, int greatest, String complaint) {
    return Keyword.custom(
        "weight",
        Arity.REQUIRED,
        values(greatest),
        (statement, draft, report) ->
            definition(block, greatest, complaint, statement, draft, report)
                .ifPresent(weight -> draft.weight = Optional.of(weight)));
  }

  /** The same of a definition whose first weight counts. */
  static <D extends TrackerDraft> Keyword<D> keywordOnce(
      String block, int greatest, String complaint) {
    return Keyword.custom(
        "weight",
        Arity.OPTIONAL,
        values(greatest),
        (statement, draft, report) -> {
          String who = draft.target().kind().words().called() + " " + draft.name();
          if (statement.arguments().isEmpty()) {
            report.warn(
                statement.keyword(), "no-weight", "No weight specified for " + who + " - ignoring");
          } else if (draft.weight.isPresent()) {
            Token word = statement.arguments().get(0);
            report.warn(
                word,
                "duplicate-weight",
                "Weight already set for " + who + " - ignoring " + word.text());
          } else {
            draft.weight = definition(block, greatest, complaint, statement, draft, report);
          }
        });
  }

  private static Values values(int greatest) {
    return Argument.integer(-greatest, greatest).values().then("[reverse]");
  }

  private static Optional<Weight> definition(
      String block,
      int greatest,
      String complaint,
      Statement statement,
      TrackerDraft draft,
      GrammarReport report) {
    List<Token> words = statement.arguments();
    Token number = words.get(0);
    String filled = complaint.replace("{name}", draft.name()).replace("{value}", number.text());
    return number(number, greatest, filled, report)
        .map(
            value ->
                new Weight(value, words.size() > 1 && turned(block, words.get(1), draft, report)));
  }

  /** COMPAT: a definition does not know {@code noreverse}. */
  private static boolean turned(
      String block, Token option, TrackerDraft draft, GrammarReport report) {
    boolean reversed = reversed(option).orElse(false);
    if (!reversed) {
      report.warn(
          option,
          "bad-weight-option",
          block + " " + draft.name() + " unknown weight option " + option.text());
    }
    return reversed;
  }
}
