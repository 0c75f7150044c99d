package org.jkeepalived.script;

import java.util.Objects;

/**
 * How a command ended.
 *
 * @param number the exit status, or the signal's number; 0 where there is neither
 * @param reason in words, for one log line: why it could not be run, for example
 * @param ownLack it was not run because this machine has no process, memory or descriptor left,
 *     which tells nothing of the command
 */
public record Outcome(Kind kind, int number, String reason, boolean ownLack) {

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

  public Outcome(Kind kind, int number, String reason) {
    this(kind, number, reason, false);
  }

  /** Whether it ran and exited with 0. */
  public boolean succeeded() {
    return kind == Kind.EXITED && number == 0;
  }
}
