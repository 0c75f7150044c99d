package org.jkeepalived.script;

import java.util.Objects;

/**
 * How a command ended.
 *
 * @param number the exit status, or the signal's number; 0 where there is neither
 * @param reason in words, for one log line: why it could not be run, for example
 */
public record Outcome(Kind kind, int number, String reason) {

  /** The ways to end. */
  public enum Kind {
    EXITED,
    SIGNALLED,
    TIMED_OUT,
    /** It was not run: missing, not executable, not safe, no such user. */
    NOT_RUN
  }

  public Outcome {
    Objects.requireNonNull(kind);
    Objects.requireNonNull(reason);
  }

  /** Whether it ran and exited with 0. */
  public boolean succeeded() {
    return kind == Kind.EXITED && number == 0;
  }
}
