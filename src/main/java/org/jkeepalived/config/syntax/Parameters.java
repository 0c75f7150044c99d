package org.jkeepalived.config.syntax;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.jkeepalived.model.CNumber;

/**
 * The parameters that are defined at one moment, and keepalived's own ones: keepalived.conf(5),
 * "Parameter substitution" and "Pre-defined definitions".
 */
final class Parameters {
  /** The largest value of {@code ${_RANDOM}} unless it names one. */
  private static final long DEFAULT_MOST = 32767;

  private final ParseOptions options;
  private final Map<String, Parameter> defined = new HashMap<>();
  private RandomGenerator random;

  Parameters(ParseOptions options) {
    this.options = options;
    this.random = options.random();
  }

  void define(String name, Parameter parameter) {
    defined.put(name, parameter);
  }

  void seed(long seed) {
    random = new SplittableRandom(seed);
  }

  /** Whether a reference stands for something. */
  boolean knows(Reference reference) {
    boolean bare = reference.arguments().isEmpty();
    return switch (reference.name()) {
      case "_PWD", "_INSTANCE", "_HASH", "_BANG" -> bare;
      case "_RANDOM" -> true;
      case "_ENV" -> !bare || defined.containsKey(reference.name());
      default -> bare && defined.containsKey(reference.name());
    };
  }

  /** Whether a reference stands for several lines. */
  boolean isMultiline(Reference reference) {
    Parameter own = defined.get(reference.name());
    return own != null && reference.arguments().isEmpty() && own.isMultiline();
  }

  /**
   * What a reference that is {@link #knows known} stands for.
   *
   * @param whole the text that holds it
   * @param directory the directory of that text's file
   */
  Parameter value(Reference reference, Text whole, String directory, SyntaxReport report) {
    Parameter own = defined.get(reference.name());
    if (own != null && reference.arguments().isEmpty()) {
      return own;
    }
    Text at = whole.sub(reference.start(), reference.end());
    return switch (reference.name()) {
      case "_PWD" -> Parameter.of(directory);
      case "_INSTANCE" -> Parameter.of(options.instance());
      case "_HASH" -> Parameter.of("#");
      case "_BANG" -> Parameter.of("!");
      case "_ENV" -> Parameter.of(environment(reference.arguments(), at, report));
      default -> Parameter.of(random(reference.arguments(), at, report));
    };
  }

  private String environment(String name, Text at, SyntaxReport report) {
    Optional<String> value = options.environment().apply(name);
    if (value.isEmpty()) {
      report.warning(
          "environment-not-set",
          "Environment variable '" + name + "' is not set",
          at,
          "It counts as empty: set it before the start, or write the value here");
    }
    return value.orElse("");
  }

  private String random(String arguments, Text at, SyntaxReport report) {
    String[] bounds = arguments.split("\\s+");
    Optional<Long> least = arguments.isEmpty() ? Optional.of(0L) : CNumber.decimal(bounds[0]);
    Optional<Long> most =
        bounds.length > 1 ? CNumber.decimal(bounds[1]) : Optional.of(DEFAULT_MOST);
    if (bounds.length > 2 || least.isEmpty() || most.isEmpty() || least.get() > most.get()) {
      report.warning(
          "invalid-random",
          "Invalid range in '" + at.shown() + "'",
          at,
          "Write ${_RANDOM [MIN [MAX]]} with 0 <= MIN <= MAX");
      return least.orElse(0L).toString();
    }
    return Long.toString(random.nextLong(least.get(), most.get() + 1));
  }
}
