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

  // a record's own are made at run time when they are first used: 20 ms of the daemon's start
  @Override
  public boolean equals(Object other) {
    return other instanceof TrackTarget target && kind == target.kind && name.equals(target.name);
  }

  @Override
  public int hashCode() {
    return 31 * kind.ordinal() + name.hashCode();
  }

  public static TrackTarget link(String name) {
    return new TrackTarget(TrackKind.INTERFACE, name);
  }

  public static TrackTarget script(String name) {
    return new TrackTarget(TrackKind.SCRIPT, name);
  }

  public static TrackTarget file(String name) {
    return new TrackTarget(TrackKind.FILE, name);
  }

  public static TrackTarget process(String name) {
    return new TrackTarget(TrackKind.PROCESS, name);
  }
}
