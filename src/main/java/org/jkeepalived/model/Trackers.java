package org.jkeepalived.model;

import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * The things that can be tracked by name, in the file's order.
 *
 * @param processBuffer where reports of processes wait to be read
 */
public record Trackers(
    List<ScriptTracker> scripts,
    List<FileTracker> files,
    List<ProcessTracker> processes,
    ReceiveBuffer processBuffer) {
  /** None. */
  public static final Trackers NONE = new Trackers(List.of(), List.of(), List.of());

  public Trackers {
    scripts = List.copyOf(scripts);
    files = List.copyOf(files);
    processes = List.copyOf(processes);
    Objects.requireNonNull(processBuffer);
  }

  /** All of them. */
  public Stream<Tracker> all() {
    return Stream.of(scripts, files, processes).flatMap(List::stream);
  }

  /** With the system's buffer. */
  public Trackers(
      List<ScriptTracker> scripts, List<FileTracker> files, List<ProcessTracker> processes) {
    this(scripts, files, processes, ReceiveBuffer.STANDARD);
  }
}
