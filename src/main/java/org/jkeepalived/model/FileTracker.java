package org.jkeepalived.model;

import java.util.Objects;
import java.util.Optional;

/**
 * {@code track_file}: a file that holds a number.
 *
 * @param name the block's name
 * @param file the path
 * @param weight what the lines that track it say unless they name one
 * @param initial {@code init_file}: what is written at the start
 */
public record FileTracker(String name, String file, Weight weight, Optional<Initial> initial)
    implements Tracker {
  public FileTracker {
    Objects.requireNonNull(name);
    Objects.requireNonNull(file);
    Objects.requireNonNull(weight);
    Objects.requireNonNull(initial);
  }

  @Override
  public TrackTarget target() {
    return TrackTarget.file(name);
  }

  /**
   * What is written into the file at the start.
   *
   * @param overwrite also when there is such a file
   */
  public record Initial(int value, boolean overwrite) {}
}
