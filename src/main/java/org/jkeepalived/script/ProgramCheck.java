package org.jkeepalived.script;

import java.util.Objects;
import java.util.Optional;

/**
 * What is to be said of a program before it runs.
 *
 * @param verdict whether it may, and if not, which kind of thing is wrong
 * @param path the program as it is executed; as it was configured where it was not found
 * @param reason what is wrong, in words: the component of the path, its owner and mode; empty if
 *     nothing is
 * @param unsafe the same reason where somebody else could change the program but security is not
 *     asked for
 */
public record ProgramCheck(Verdict verdict, String path, String reason, Optional<String> unsafe) {

  /** The kinds of answer; keepalived has a log line of its own for each. */
  public enum Verdict {
    USABLE,
    /** There is no such file, or a directory on the way is closed to the account. */
    NOT_FOUND,
    /** It is a directory, a device, a socket. */
    WRONG_TYPE,
    /** The account may not execute it. */
    NOT_EXECUTABLE,
    /** It would run as root, and somebody else could have changed it. */
    UNSAFE
  }

  public ProgramCheck {
    Objects.requireNonNull(verdict);
    Objects.requireNonNull(path);
    Objects.requireNonNull(reason);
    Objects.requireNonNull(unsafe);
  }

  public boolean isUsable() {
    return verdict == Verdict.USABLE;
  }
}
