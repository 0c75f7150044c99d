package org.jkeepalived.config.syntax;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Something to tell the operator about the configuration: a value, never an exception.
 *
 * @param code stable, in the form {@code unknown-keyword}
 * @param severity how much of the configuration it costs
 * @param message keepalived's own wording where it has one, without file and line
 * @param subject the word it is about; empty for what concerns a whole file
 * @param remedy what to do about it
 * @param related other places that explain it, such as an earlier definition
 */
public record Diagnostic(
    String code,
    Severity severity,
    String message,
    Optional<Token> subject,
    Optional<String> remedy,
    List<Token> related) {

  public Diagnostic {
    Objects.requireNonNull(code);
    Objects.requireNonNull(severity);
    Objects.requireNonNull(message);
    Objects.requireNonNull(subject);
    Objects.requireNonNull(remedy);
    related = List.copyOf(related);
  }

  /** How much of the configuration a diagnostic costs. */
  public enum Severity {
    /** Said for information; {@code -t} still answers 0. */
    NOTE,
    /** The configuration runs, changed: {@code -t} answers 5 where keepalived would. */
    WARNING,
    /** The configuration cannot run: {@code -t} answers 2 or 5; a reload keeps the old one. */
    FATAL
  }
}
