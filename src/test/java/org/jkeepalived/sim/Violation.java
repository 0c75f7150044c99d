package org.jkeepalived.sim;

/** A promise was broken. An Error, because the daemon survives exceptions. */
final class Violation extends AssertionError {

  private static final long serialVersionUID = 1L;

  Violation(String message) {
    super(message);
  }
}
