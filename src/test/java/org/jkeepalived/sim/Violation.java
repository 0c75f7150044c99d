package org.jkeepalived.sim;

/** A promise was broken. An Error, because the daemon survives exceptions. */
public final class Violation extends AssertionError {

  private static final long serialVersionUID = 1L;

  public Violation(String message) {
    super(message);
  }
}
