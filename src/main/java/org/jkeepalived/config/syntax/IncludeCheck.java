package org.jkeepalived.config.syntax;

import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** What an include statement insists on: keepalived.conf(5), {@code include_check}. */
enum IncludeCheck {
  /** An error if a file cannot be read. */
  READABLE,
  /** An error if no file matches a name without wildcards. */
  MATCH,
  /** An error if no file matches, even with wildcards. */
  WILDCARD_MATCH,
  /** An error if one of a brace's alternatives does not match. */
  BRACE_MATCH;

  static final Set<IncludeCheck> ALL = Set.of(values());

  static final Set<IncludeCheck> NONE = Set.of();

  /** The checks that a keyword adds; empty for words that are no include keyword. */
  static Optional<Set<IncludeCheck>> ofKeyword(String keyword) {
    return switch (keyword) {
      case "include" -> Optional.of(NONE);
      case "includer" -> Optional.of(Set.of(READABLE));
      case "includem" -> Optional.of(Set.of(READABLE, MATCH));
      case "includew" -> Optional.of(Set.of(READABLE, WILDCARD_MATCH));
      case "includeb" -> Optional.of(Set.of(READABLE, BRACE_MATCH));
      case "includea" -> Optional.of(ALL);
      default -> Optional.empty();
    };
  }

  /**
   * Carries {@code include_check} out.
   *
   * @param words its arguments; no sign replaces what there was, {@code +} adds, {@code -} removes
   */
  static Set<IncludeCheck> change(Set<IncludeCheck> now, List<Token> words, SyntaxReport report) {
    if (words.isEmpty()) {
      return ALL;
    }
    EnumSet<IncludeCheck> checks = EnumSet.noneOf(IncludeCheck.class);
    char sign = words.get(0).text().isEmpty() ? ' ' : words.get(0).text().charAt(0);
    if (sign == '+' || sign == '-') {
      checks.addAll(now);
    }
    boolean removing = false;
    for (Token word : words) {
      String text = word.text();
      if (text.startsWith("+") || text.startsWith("-")) {
        removing = text.startsWith("-");
        text = text.substring(1);
        if (text.isEmpty()) {
          continue;
        }
      }
      Optional<IncludeCheck> check = ofName(text);
      if (check.isEmpty()) {
        report.add(
            "unknown-include-check",
            Diagnostic.Severity.WARNING,
            "Unknown include_check type '" + text + "' - ignoring",
            Optional.of(word),
            Optional.of("Use readable, match, wildcard_match or brace_match"),
            List.of());
      } else if (removing) {
        checks.remove(check.get());
      } else {
        checks.add(check.get());
      }
    }
    if (!checks.isEmpty() && !removing) {
      checks.add(READABLE);
    }
    return Set.copyOf(checks);
  }

  private static Optional<IncludeCheck> ofName(String name) {
    for (IncludeCheck check : values()) {
      if (check.name().toLowerCase(Locale.ROOT).equals(name)) {
        return Optional.of(check);
      }
    }
    return Optional.empty();
  }
}
