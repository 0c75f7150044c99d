package org.jkeepalived.model;

import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
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

  /**
   * {@code process_monitor_rcv_bufs}.
   *
   * @param bytes 0 to 4294967295; empty for what the system gives
   * @param forced {@code process_monitor_rcv_bufs_force}: even more than the system allows
   */
  public record ReceiveBuffer(OptionalLong bytes, boolean forced) {
    /** What the system gives. */
    public static final ReceiveBuffer STANDARD = new ReceiveBuffer(OptionalLong.empty(), false);

    public ReceiveBuffer {
      Objects.requireNonNull(bytes);
    }
  }

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
