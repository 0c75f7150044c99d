package org.jkeepalived.model;

import java.util.Objects;

/**
 * One line of {@code track_interface}, {@code track_script}, {@code track_file} or {@code
 * track_process}.
 *
 * @param target what is tracked
 * @param weight the line's own, or that of the target's definition
 */
public record Tracked(TrackTarget target, Weight weight) {
  public Tracked {
    Objects.requireNonNull(target);
    Objects.requireNonNull(weight);
  }
}
