package org.jkeepalived.config;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jkeepalived.config.syntax.Diagnostic;
import org.jkeepalived.config.syntax.SourceLine;

/**
 * Puts into the order of lines what was found out in several passes, as a person reads a file, and
 * leaves out what only follows from something said before.
 */
final class DiagnosticOrder {

  private static final String UNDEFINED_PARAMETER = "undefined-parameter";

  private DiagnosticOrder() {}

  /**
   * First what concerns a line, then what concerns the whole; what concerns one line stays in the
   * order in which it was found.
   *
   * @param mainFile comes before {@code jkeepalived.conf} beside it
   */
  static List<Diagnostic> of(String mainFile, List<Diagnostic> found) {
    if (found.size() < 2) {
      return List.copyOf(found);
    }
    List<Diagnostic> ordered = new ArrayList<>(withoutNoise(found));
    ordered.sort(
        Comparator.comparing((Diagnostic one) -> one.subject().isEmpty())
            .thenComparing(one -> position(mainFile, one), DiagnosticOrder::compare));
    return ordered;
  }

  /** A line whose parameter is not defined is wrong for that reason, whatever else is. */
  private static List<Diagnostic> withoutNoise(List<Diagnostic> found) {
    Set<SourceLine> undefined = new HashSet<>();
    found.stream()
        .filter(one -> one.code().equals(UNDEFINED_PARAMETER))
        .forEach(one -> one.subject().ifPresent(word -> undefined.add(word.line())));
    return found.stream()
        .filter(
            one ->
                one.code().equals(UNDEFINED_PARAMETER)
                    || one.subject()
                        .filter(
                            word -> word.text().contains("${") && undefined.contains(word.line()))
                        .isEmpty())
        .toList();
  }

  /** The lines of the includes that led there, and the line itself. */
  private static List<Integer> position(String mainFile, Diagnostic diagnostic) {
    LinkedList<Integer> position = new LinkedList<>();
    String file = "";
    for (Optional<SourceLine> line = diagnostic.subject().map(word -> word.line());
        line.isPresent();
        line = line.get().includedFrom()) {
      position.addFirst(line.get().number());
      file = line.get().file();
    }
    position.addFirst(file.equals(mainFile) ? 0 : 1);
    return position;
  }

  private static int compare(List<Integer> one, List<Integer> other) {
    for (int at = 0; at < Math.min(one.size(), other.size()); at++) {
      int difference = Integer.compare(one.get(at), other.get(at));
      if (difference != 0) {
        return difference;
      }
    }
    return Integer.compare(one.size(), other.size());
  }
}
