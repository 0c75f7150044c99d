package org.jkeepalived.model;

import java.util.Objects;

/**
 * One line of {@code track_interface}, {@code track_script}, {@code track_file} or {@code
 * track_process}.
 *
 * @param thing what is tracked
 * @param weight the line's own, or that of the thing's definition
 */
public record Tracked(Thing thing, Weight weight) {

  /** What can be tracked; the order is keepalived's own when it names them. */
  public enum Kind {
    INTERFACE,
    SCRIPT,
    FILE,
    PROCESS
  }

  /**
   * What is tracked.
   *
   * @param name the link's, or that of the definition
   */
  public record Thing(Kind kind, String name) {
    public Thing {
      Objects.requireNonNull(kind);
      Objects.requireNonNull(name);
    }
  }

  public Tracked {
    Objects.requireNonNull(thing);
    Objects.requireNonNull(weight);
  }
}
