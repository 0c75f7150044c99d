package org.jkeepalived.status;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jkeepalived.model.LinkWatch;
import org.jkeepalived.model.TrackTarget;
import org.jkeepalived.track.Condition;
import org.jkeepalived.track.ProcessBoard;
import org.jkeepalived.track.ScriptCheck;
import org.jkeepalived.track.ScriptRuns;

/**
 * What is known of what is tracked, by name. What is not known is not there.
 *
 * @param scripts how the checks of {@code vrrp_script} go
 * @param files what the files of {@code track_file} say
 * @param processes how many processes of {@code vrrp_track_process} there are
 * @param polled what the kernel is asked for of links that are polled
 * @param delayed whether a change of a link's state is held back for now
 */
public record TrackerStatus(
    Map<String, Script> scripts,
    Map<String, Long> files,
    Map<String, Processes> processes,
    Map<String, LinkWatch.Polling> polled,
    Map<String, Boolean> delayed) {

  /** Nothing is known. */
  public static final TrackerStatus UNKNOWN =
      new TrackerStatus(Map.of(), Map.of(), Map.of(), Map.of(), Map.of());

  public TrackerStatus {
    scripts = Map.copyOf(scripts);
    files = Map.copyOf(files);
    processes = Map.copyOf(processes);
    polled = Map.copyOf(polled);
    delayed = Map.copyOf(delayed);
  }

  /**
   * How a script's checks go.
   *
   * @param result 0 to rise + fall − 1: from rise on it is well, each success adds 1 and each
   *     failure takes 1 away, the one that turns it round as much as there is
   * @param well whether it is taken for well
   * @param answered whether it has ended once since it was configured
   * @param activity what its process does
   * @param trouble why it could not be run the last time; empty when it was
   * @param leftOut how many runs this machine had no process or memory for
   * @param runs how its runs went
   */
  public record Script(
      int result,
      boolean well,
      boolean answered,
      Activity activity,
      Optional<String> trouble,
      long leftOut,
      ScriptRuns.Look runs) {
    public Script {
      Objects.requireNonNull(activity);
      Objects.requireNonNull(trouble);
      Objects.requireNonNull(runs);
    }

    /** One of which nobody has counted the runs. */
    Script(
        int result, boolean well, boolean answered, Activity activity, Optional<String> trouble) {
      this(result, well, answered, activity, trouble, 0, ScriptRuns.Look.NONE);
    }

    public static Script of(ScriptCheck check, ScriptRuns runs) {
      return new Script(
          check.result(),
          check.condition().filter(Condition::up).isPresent(),
          check.condition().isPresent(),
          check.isOverdue()
              ? Activity.ENDING
              : check.isRunning() ? Activity.RUNNING : Activity.IDLE,
          check.hindrance(),
          check.lacked(),
          runs.look());
    }
  }

  /** What the process of a script does. */
  public enum Activity {
    /** There is none. */
    IDLE,
    RUNNING,
    /** It has been asked to end. */
    ENDING
  }

  /**
   * How many processes there are.
   *
   * @param count those that match
   * @param quorum whether they are taken for enough, and not too many
   * @param forkDelayed whether that changes when {@code fork_delay} has passed
   * @param terminateDelayed whether that changes when {@code terminate_delay} has passed
   */
  public record Processes(
      int count, boolean quorum, boolean forkDelayed, boolean terminateDelayed) {
    public static Processes of(ProcessBoard.Look look) {
      return new Processes(look.count(), look.up(), look.forkDelayed(), look.terminateDelayed());
    }
  }

  /** Scripts alone. */
  public static TrackerStatus ofScripts(Map<String, Script> scripts) {
    return new TrackerStatus(scripts, Map.of(), Map.of(), Map.of(), Map.of());
  }

  /** Processes alone. */
  public static TrackerStatus ofProcesses(Map<String, Processes> processes) {
    return new TrackerStatus(Map.of(), Map.of(), processes, Map.of(), Map.of());
  }

  /** What links are asked for alone. */
  public static TrackerStatus ofPolled(Map<String, LinkWatch.Polling> polled) {
    return new TrackerStatus(Map.of(), Map.of(), Map.of(), polled, Map.of());
  }

  /** What either knows; of what both know, what {@code other} says. */
  public TrackerStatus with(TrackerStatus other) {
    return new TrackerStatus(
        both(scripts, other.scripts),
        both(files, other.files),
        both(processes, other.processes),
        both(polled, other.polled),
        both(delayed, other.delayed));
  }

  /** What is known of these scripts, files and processes, and of all links. */
  TrackerStatus only(Set<TrackTarget> targets) {
    return new TrackerStatus(
        only(scripts, TrackTarget::script, targets),
        only(files, TrackTarget::file, targets),
        only(processes, TrackTarget::process, targets),
        polled,
        delayed);
  }

  private static <T> Map<String, T> only(
      Map<String, T> known, Function<String, TrackTarget> target, Set<TrackTarget> targets) {
    Map<String, T> found = new LinkedHashMap<>(known);
    found.keySet().removeIf(name -> !targets.contains(target.apply(name)));
    return found;
  }

  private static <T> Map<String, T> both(Map<String, T> first, Map<String, T> second) {
    Map<String, T> both = new LinkedHashMap<>(first);
    both.putAll(second);
    return both;
  }
}
