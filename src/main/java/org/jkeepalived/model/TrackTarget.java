package org.jkeepalived.model;

import java.util.Objects;

/**
 * Something that can be tracked.
 *
 * @param name the link's, or that of the definition
 */
public record TrackTarget(TrackKind kind, String name) {
  public TrackTarget {
    Objects.requireNonNull(kind);
    Objects.requireNonNull(name);
  }
}
