package org.jkeepalived.config.grammar;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What may stand after a keyword, for people and for tests; the {@link Argument} that reads it is
 * made of the same.
 *
 * @param syntax as the manual writes it, such as {@code INTEGER}; empty for nothing
 * @param range what the first word may be, where it is a number
 * @param words what the first word may be, where there is a choice; else empty
 */
record Values(String syntax, Optional<Range> range, List<String> words) {

  /** Nothing stands there. */
  static final Values NONE = new Values("", Optional.empty(), List.of());

  /**
   * The numbers from {@code min} to {@code max}, both included.
   *
   * @param decimals how many digits behind the point count
   */
  record Range(BigDecimal min, BigDecimal max, int decimals) {
    /** As keepalived writes it, such as {@code [1, 255]} or {@code [0.010000, 255.000000]}. */
    String text() {
      return "[" + text(min) + ", " + text(max) + "]";
    }

    private String text(BigDecimal number) {
      return (decimals == 0 ? number : number.setScale(decimals, RoundingMode.HALF_UP))
          .toPlainString();
    }

    /** The same from the smallest number above 0. */
    Range withoutZero() {
      return new Range(min.max(BigDecimal.ONE.movePointLeft(decimals)), max, decimals);
    }
  }

  /** What the manual writes as {@code syntax}: a choice of words where there is a bar in it. */
  static Values of(String syntax) {
    boolean optional = syntax.startsWith("[") && syntax.endsWith("]");
    String first = optional ? syntax.substring(1, syntax.length() - 1) : syntax;
    boolean choice = first.contains("|") && !first.contains(" ") && !first.contains("[");
    return new Values(syntax, Optional.empty(), choice ? List.of(first.split("\\|")) : List.of());
  }

  static Values number(String syntax, Range range) {
    return new Values(syntax, Optional.of(range), List.of());
  }

  /** The same numbers, and what may follow them. */
  Values then(String more) {
    return new Values(syntax + " " + more, range, words);
  }

  /** The same, and what may stand before it. */
  Values after(String before) {
    return new Values(before + " " + syntax, range, words);
  }

  Values withoutZero() {
    return new Values(syntax, range.map(Range::withoutZero), words);
  }

  /** For a hint, such as {@code INTEGER [1, 255]}; empty for nothing. */
  String text() {
    String choice = String.join("|", words);
    return Stream.of(syntax, range.map(Range::text).orElse(""), choice.equals(syntax) ? "" : choice)
        .filter(part -> !part.isEmpty())
        .collect(Collectors.joining(" "));
  }
}
