package org.jkeepalived.model;

import java.util.List;

/** The things that can be tracked by name, in the file's order. */
public record Trackers(
    List<ScriptTracker> scripts, List<FileTracker> files, List<ProcessTracker> processes) {
  /** None. */
  public static final Trackers NONE = new Trackers(List.of(), List.of(), List.of());

  public Trackers {
    scripts = List.copyOf(scripts);
    files = List.copyOf(files);
    processes = List.copyOf(processes);
  }
}
