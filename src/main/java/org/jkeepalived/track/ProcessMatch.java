package org.jkeepalived.track;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jkeepalived.model.ProcessTracker.Match;
import org.jkeepalived.model.ProcessTracker.ParameterMatch;

/**
 * Which processes a tracker counts.
 *
 * <p>COMPAT: as keepalived 2.2.7 does. Without parameters, {@code param_match} and {@code
 * full_command} it is the process's name that counts, of which the kernel keeps 15 characters: a
 * longer one in the configuration matches nothing. With one of them it is the command line, whose
 * first word must be the configured process to the letter, with its directory if it was called with
 * it.
 */
final class ProcessMatch {

  private ProcessMatch() {}

  /** Whether the command line is compared, and not the name. */
  static boolean readsCommandLine(Match match) {
    return match.fullCommand()
        || !match.parameters().isEmpty()
        || match.parameterMatch() != ParameterMatch.NONE;
  }

  /** How many bytes of a command line decide; 0 if none do. */
  static int commandLineBytes(Match match) {
    if (!readsCommandLine(match)) {
      return 0;
    }
    int bytes = length(match.process());
    for (String parameter : match.parameters()) {
      bytes += length(parameter);
    }
    // one more, to see that it goes on
    return bytes + 1;
  }

  private static int length(String word) {
    return word.getBytes(StandardCharsets.UTF_8).length + 1;
  }

  static boolean matches(Match match, ProcessFacts facts) {
    if (!readsCommandLine(match)) {
      return facts.name().equals(match.process());
    }
    List<String> line = facts.commandLine();
    return !line.isEmpty()
        && line.get(0).equals(match.process())
        && parametersMatch(match, line.subList(1, line.size()));
  }

  private static boolean parametersMatch(Match match, List<String> actual) {
    List<String> wanted = match.parameters();
    return switch (match.parameterMatch()) {
      case NONE -> wanted.isEmpty() || actual.equals(wanted);
      case EXACT -> actual.equals(wanted);
      case PARTIAL -> begins(actual, wanted);
      case INITIAL -> wanted.isEmpty() || beginsAndGoesOn(actual, wanted);
    };
  }

  private static boolean begins(List<String> actual, List<String> wanted) {
    return actual.size() >= wanted.size() && actual.subList(0, wanted.size()).equals(wanted);
  }

  private static boolean beginsAndGoesOn(List<String> actual, List<String> wanted) {
    int last = wanted.size() - 1;
    return actual.size() > last
        && begins(actual, wanted.subList(0, last))
        && actual.get(last).startsWith(wanted.get(last));
  }
}
