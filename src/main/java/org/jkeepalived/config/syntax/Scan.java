package org.jkeepalived.config.syntax;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Predicate;

/**
 * What comes first in a text: a reference that can be replaced, or a brace.
 *
 * @param reference the first reference that can be replaced
 * @param brace where the first brace outside double quotes is, if no such reference comes before
 * @param unresolved references outside quotes, before that, that cannot be replaced
 */
record Scan(Optional<Reference> reference, OptionalInt brace, List<Reference> unresolved) {

  /**
   * @param braces whether braces outside quotes and references mean anything
   * @param resolvable whether a reference can be replaced
   */
  static Scan of(String text, boolean braces, Predicate<Reference> resolvable) {
    List<Reference> unresolved = new ArrayList<>(0);
    boolean quoted = false;
    int at = 0;
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c == '"') {
        quoted = !quoted;
      } else if (c == '$') {
        Reference reference = Reference.at(text, at, Reference.Follower.BLANK);
        if (!reference.isNone()) {
          if (resolvable.test(reference)) {
            return new Scan(Optional.of(reference), OptionalInt.empty(), unresolved);
          }
          if (!quoted) {
            unresolved.add(reference);
          }
          at = reference.end();
          continue;
        }
      } else if (braces && !quoted && (c == '{' || c == '}')) {
        return new Scan(Optional.empty(), OptionalInt.of(at), unresolved);
      }
      at++;
    }
    return new Scan(Optional.empty(), OptionalInt.empty(), unresolved);
  }
}
