package org.jkeepalived.config;

import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jkeepalived.config.grammar.Grammar;
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
 * @param sources the files that were read, where {@code config_save_dir} wants them kept
 * @param isEmpty whether the main file and all that it includes have not a single statement
 */
public record LoadedConfiguration(
    Configuration configuration,
    Set<String> notStarted,
    List<Diagnostic> diagnostics,
    List<Source> sources,
    boolean isEmpty) {
  public LoadedConfiguration {
    Objects.requireNonNull(configuration);
    notStarted = Set.copyOf(notStarted);
    diagnostics = List.copyOf(diagnostics);
    sources = List.copyOf(sources);
  }

  /** Of files that nobody wants to keep, and that have something in them. */
  public LoadedConfiguration(
      Configuration configuration, Set<String> notStarted, List<Diagnostic> diagnostics) {
    this(configuration, notStarted, diagnostics, List.of(), false);
  }

  /** What {@code -t} answers. */
  public ExitStatus exitStatus() {
    return ExitStatus.ofTest(diagnostics);
  }

  /**
   * Whether it says what it means: {@code -t} answers 0, or would if nobody minded what its scripts
   * may do.
   */
  public boolean isFlawless() {
    return mistakes().isEmpty();
  }

  /** What is left out of it, or runs otherwise than it is written. */
  public List<Diagnostic> mistakes() {
    return diagnostics.stream()
        .filter(one -> !one.code().equals(Grammar.SCRIPT_SECURITY_CODE))
        .filter(one -> ExitStatus.ofTest(List.of(one)) != ExitStatus.OK)
        .toList();
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
