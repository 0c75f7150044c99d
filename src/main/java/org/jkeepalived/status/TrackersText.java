package org.jkeepalived.status;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jkeepalived.model.FileTracker;
import org.jkeepalived.model.ProcessTracker;
import org.jkeepalived.model.ScriptTracker;
import org.jkeepalived.model.Tracker;

/** The dump's sections on scripts, files and processes that are tracked. */
final class TrackersText {

  private static final String TRACKING = "Tracking instances";

  private final VrrpSnapshot snapshot;
  private final TrackingInstancesText tracking;
  private final CommandText commands;
  private final Consumer<String> lines;

  TrackersText(
      VrrpSnapshot snapshot,
      TrackingInstancesText tracking,
      CommandText commands,
      Consumer<String> lines) {
    this.snapshot = snapshot;
    this.tracking = tracking;
    this.commands = commands;
    this.lines = lines;
  }

  /**
   * COMPAT: scripts and files that nobody tracks are not there, processes are.
   *
   * @param running how it is now, too
   */
  void write(boolean running) {
    section("VRRP Scripts", tracked(snapshot.configuration().trackers().scripts()), this::script);
    section("VRRP Track files", tracked(snapshot.configuration().trackers().files()), this::file);
    section(
        "VRRP Track processes",
        snapshot.configuration().trackers().processes(),
        tracker -> process(tracker, running));
  }

  private <T extends Tracker> List<T> tracked(List<T> all) {
    return all.stream().filter(each -> tracking.isTracked(each.target())).toList();
  }

  private <T> void section(String title, List<T> trackers, Consumer<T> write) {
    if (!trackers.isEmpty()) {
      lines.accept("------< " + title + " >------");
      trackers.forEach(write);
    }
  }

  private void line(String text) {
    lines.accept("   " + text);
  }

  private void script(ScriptTracker tracker) {
    lines.accept(" VRRP Script = " + tracker.name());
    line("Command = " + commands.words(tracker.command()));
    line("Interval = " + Durations.seconds(tracker.intervalNanos()) + " sec");
    // COMPAT: 0 where the next interval's beginning is the end
    long timeout = tracker.timeoutNanos() == tracker.intervalNanos() ? 0 : tracker.timeoutNanos();
    line("Timeout = " + Durations.seconds(timeout) + " sec");
    line("Weight = " + TrackedText.weight(tracker.weight()));
    line("Rise = " + tracker.rise());
    line("Fall = " + tracker.fall());
    Optional<TrackerStatus.Script> known =
        Optional.ofNullable(snapshot.trackerStatus().scripts().get(tracker.name()));
    known.ifPresent(
        script -> {
          line("Result = " + script.result());
          if (script.answered() && script.trouble().isEmpty()) {
            line("Insecure = no");
          }
          line("Init state = " + (script.answered() ? "unknown" : "INIT"));
          line("Status = " + (script.well() ? "GOOD" : "BAD"));
        });
    line("Script uid:gid = " + commands.ids(tracker.command().account()));
    tracking.write(TRACKING, tracker.target(), lines);
    known.ifPresent(
        script -> {
          line("State = " + activity(script.activity()));
          script.trouble().ifPresent(reason -> line("Cannot be run = " + reason));
        });
  }

  private static String activity(TrackerStatus.Activity activity) {
    return switch (activity) {
      case IDLE -> "idle";
      case RUNNING -> "running";
      case ENDING -> "requested termination";
    };
  }

  private void file(FileTracker tracker) {
    lines.accept(" Track file = " + tracker.name());
    line("File = " + tracker.file());
    Optional.ofNullable(snapshot.trackerStatus().files().get(tracker.name()))
        .ifPresent(number -> line("Status = " + number));
    line("Weight = " + TrackedText.weight(tracker.weight()));
    tracking.write(TRACKING, tracker.target(), lines);
  }

  private void process(ProcessTracker tracker, boolean running) {
    ProcessTracker.Match match = tracker.match();
    lines.accept(" VRRP Track process = " + tracker.name());
    line("Process = " + match.process());
    if (!match.parameters().isEmpty()) {
      line("Parameters = " + parameters(match.parameters()));
    }
    parameterMatch(match).ifPresent(this::line);
    line("Min processes = " + tracker.quorum());
    if (tracker.quorumMax() != Integer.MAX_VALUE) {
      line("Max processes = " + tracker.quorumMax());
    }
    Optional<TrackerStatus.Processes> known =
        Optional.ofNullable(snapshot.trackerStatus().processes().get(tracker.name()));
    known.ifPresent(
        processes -> {
          line("Current processes = " + processes.count());
          line("Have quorum = " + processes.quorum());
        });
    line("Weight = " + TrackedText.weight(tracker.weight()));
    line("Terminate delay = " + delay(tracker.terminateDelayNanos()));
    line("Fork delay = " + delay(tracker.forkDelayNanos()));
    if (running) {
      known.ifPresent(
          processes -> {
            line("Fork delay timer " + timer(processes.forkDelayed()));
            line("Terminate delay timer " + timer(processes.terminateDelayed()));
          });
    }
    line("Full command = " + wholeCommandLine(match));
    tracking.write(TRACKING, tracker.target(), lines);
  }

  private static String parameters(List<String> words) {
    return words.stream()
        .map(word -> word.isEmpty() || word.contains(" ") ? "'" + word + "'" : word)
        .collect(Collectors.joining(" "));
  }

  /** COMPAT: said without a word where there is nothing to say but that there are parameters. */
  private static Optional<String> parameterMatch(ProcessTracker.Match match) {
    return switch (match.parameterMatch()) {
      case NONE -> match.parameters().isEmpty() ? Optional.empty() : Optional.of("Param match");
      case EXACT -> Optional.of("Param match");
      case PARTIAL, INITIAL ->
          Optional.of("Param match = " + match.parameterMatch().name().toLowerCase(Locale.ROOT));
    };
  }

  /** Parameters can be seen on the command line alone. */
  static boolean wholeCommandLine(ProcessTracker.Match match) {
    return match.fullCommand()
        || !match.parameters().isEmpty()
        || match.parameterMatch() != ProcessTracker.ParameterMatch.NONE;
  }

  private static String timer(boolean running) {
    return running ? "running" : "not running";
  }

  private static String delay(long nanos) {
    return String.format(Locale.ROOT, "%.6fs", nanos / 1e9);
  }
}
