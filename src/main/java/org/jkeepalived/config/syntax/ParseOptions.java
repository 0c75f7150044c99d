package org.jkeepalived.config.syntax;

import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/**
 * What the configuration's meaning depends on besides its text.
 *
 * @param configurationId the word that {@code @} conditions are compared with, option {@code -i}
 * @param instance the value of {@code ${_INSTANCE}}
 * @param environment looks an environment variable up for {@code ${_ENV NAME}}
 * @param random the source for {@code ${_RANDOM}}, until {@code random_seed} replaces it
 * @param checkAllIncludes option {@code -e}: every include behaves as {@code includea}
 */
public record ParseOptions(
    String configurationId,
    String instance,
    Function<String, Optional<String>> environment,
    RandomGenerator random,
    boolean checkAllIncludes) {
  public ParseOptions {
    Objects.requireNonNull(configurationId);
    Objects.requireNonNull(instance);
    Objects.requireNonNull(environment);
    Objects.requireNonNull(random);
  }
}
