package org.jkeepalived.notify;

import java.util.Objects;

/**
 * Whom something happened to; an instance and a group may have the same name.
 *
 * @param kind what it is
 * @param name as it is configured
 */
public record Subject(Kind kind, String name) {

  /** The kinds of subjects; scripts and FIFOs are told the constant's name. */
  public enum Kind {
    INSTANCE,
    GROUP
  }

  public Subject {
    Objects.requireNonNull(kind);
    Objects.requireNonNull(name);
  }

  public static Subject instance(String name) {
    return new Subject(Kind.INSTANCE, name);
  }

  public static Subject group(String name) {
    return new Subject(Kind.GROUP, name);
  }
}
