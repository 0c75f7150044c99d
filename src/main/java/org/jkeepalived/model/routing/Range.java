package org.jkeepalived.model.routing;

/** Numbers from one to another, both included. */
public record Range(long first, long last) {
  /** {@code 10-20}. */
  public String text() {
    return first + "-" + last;
  }
}
