package org.jkeepalived.cli;

import java.util.Optional;

/** What {@link OptionScanner} finds on a command line, one by one. */
sealed interface Word {

  /**
   * An option.
   *
   * @param spelling as it was given, without its value: {@code -f} or {@code --use}
   * @param value empty if it was given none
   */
  record Given(Option option, String spelling, Optional<String> value) implements Word {}

  /** Something like an option that is none, or that is several abbreviated. */
  record Unknown(String spelling) implements Word {}

  /** An option without the value that it needs. */
  record MissingValue(String spelling) implements Word {}

  /** Not an option. */
  record Operand(String text) implements Word {}
}
