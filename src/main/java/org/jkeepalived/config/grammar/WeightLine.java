package org.jkeepalived.config.grammar;

import java.util.List;
import java.util.Optional;
import org.jkeepalived.config.syntax.Statement;
import org.jkeepalived.config.syntax.Token;
import org.jkeepalived.model.Weight;

/**
 * {@code weight N [reverse]} of something that can be tracked.
 *
 * @param thing what messages call it, such as {@code vrrp_script maint}
 * @param argument what the number may be
 * @param complaint about a wrong number, with {@code {value}} for what was written
 */
record WeightLine(String thing, Argument<Integer> argument, String complaint) {

  /** The weight; empty, with the reason reported, when there is no number. */
  Optional<Weight> read(Statement statement, GrammarReport report) {
    List<Token> words = statement.arguments();
    Token number = words.get(0);
    Argument.Parsed<Integer> parsed = argument.parser().apply(number.text());
    parsed.complaint().ifPresent(text -> report.warn(number, "bad-value", text));
    if (parsed.value().isEmpty()) {
      report.warn(number, "bad-weight", complaint.replace("{value}", number.text()));
      return Optional.empty();
    }
    boolean reversed = words.size() > 1 && words.get(1).is("reverse");
    if (words.size() > 1 && !reversed) {
      report.warn(
          words.get(1),
          "bad-weight-option",
          thing + " unknown weight option " + words.get(1).text());
    }
    return Optional.of(new Weight(parsed.value().get(), reversed));
  }
}
