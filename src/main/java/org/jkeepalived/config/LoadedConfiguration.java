package org.jkeepalived.config;

import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jkeepalived.config.syntax.Diagnostic;
import org.jkeepalived.model.Configuration;

/**
 * What reading the configuration gave. Both are always there; where {@link #canRun} is false, a
 * daemon does not start, and one that runs keeps what it has.
 *
 * @param configuration what could be understood
 * @param notStarted the names of blocks of the file that are no instance: one that is not started,
 *     or something whose keyword is unknown
 * @param diagnostics what there is to say, in the order in which it was found
 */
public record LoadedConfiguration(
    Configuration configuration, Set<String> notStarted, List<Diagnostic> diagnostics) {
  public LoadedConfiguration {
    Objects.requireNonNull(configuration);
    notStarted = Set.copyOf(notStarted);
    diagnostics = List.copyOf(diagnostics);
  }

  /** What {@code -t} answers. */
  public ExitStatus exitStatus() {
    return ExitStatus.ofTest(diagnostics);
  }

  /** What a daemon exits with that finds it at its start and cannot run with it. */
  public ExitStatus refusal() {
    return ExitStatus.ofRefusal(diagnostics);
  }

  /** Whether keepalived would run with this configuration. */
  public boolean canRun() {
    return diagnostics.stream().noneMatch(one -> one.severity() == Diagnostic.Severity.FATAL);
  }
}
