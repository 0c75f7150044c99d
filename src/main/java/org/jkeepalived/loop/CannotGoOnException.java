package org.jkeepalived.loop;

/**
 * Thrown on an owner's thread whose work cannot be taken up again. Where its {@link FailureRule}
 * lets it go on it ends at once, not after many failures.
 */
public final class CannotGoOnException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /**
   * @param why in a few words, for the log
   */
  public CannotGoOnException(String why, Throwable cause) {
    super(why, cause);
  }

  public CannotGoOnException(String why) {
    super(why);
  }
}
