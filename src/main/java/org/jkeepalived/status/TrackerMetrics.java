package org.jkeepalived.status;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jkeepalived.model.Tracker;

/**
 * What is tracked, in Prometheus' text. Two names are those of mehdy/keepalived-exporter; a script
 * that has not answered yet has no status.
 */
final class TrackerMetrics {

  private final VrrpSnapshot snapshot;
  private final MetricsText text;

  private TrackerMetrics(VrrpSnapshot snapshot, MetricsText text) {
    this.snapshot = snapshot;
    this.text = text;
  }

  static void write(VrrpSnapshot snapshot, MetricsText text) {
    TrackerMetrics metrics = new TrackerMetrics(snapshot, text);
    metrics.scripts();
    metrics.files();
    metrics.processes();
  }

  /** In the configuration's order, those that something is known of. */
  private static <T> Map<String, T> known(
      Iterable<? extends Tracker> configured, Map<String, T> found) {
    Map<String, T> ordered = new LinkedHashMap<>();
    for (Tracker tracker : configured) {
      if (found.containsKey(tracker.target().name())) {
        ordered.put(tracker.target().name(), found.get(tracker.target().name()));
      }
    }
    return ordered;
  }

  private void scripts() {
    Map<String, TrackerStatus.Script> scripts =
        known(snapshot.configuration().trackers().scripts(), snapshot.trackerStatus().scripts());
    BiConsumer<String, TrackerStatus.Script> status =
        (name, script) -> {
          if (script.answered()) {
            text.series(labels(name), script.well());
          }
        };
    text.gauge("keepalived_script_status", "Tracker Script Status");
    scripts.forEach(status);
    text.gauge("keepalived_script_state", "Tracker Script State");
    scripts.forEach((name, script) -> text.series(labels(name), script.activity().ordinal()));
    text.counter("jkeepalived_script_runs_total", "Runs of the script that have ended");
    scripts.forEach((name, script) -> text.series(labels(name), script.runs().ended()));
    text.counter("jkeepalived_script_failures_total", "Runs of the script that failed");
    scripts.forEach((name, script) -> text.series(labels(name), script.runs().failed()));
    text.gauge("jkeepalived_script_duration_seconds", "How long its last run took");
    scripts.forEach(
        (name, script) ->
            script.runs().lastNanos().ifPresent(nanos -> text.seconds(labels(name), nanos)));
    text.counter("jkeepalived_script_duration_seconds_total", "How long all its runs took");
    scripts.forEach((name, script) -> text.seconds(labels(name), script.runs().allNanos()));
  }

  private void files() {
    text.gauge("jkeepalived_track_file_value", "What the tracked file says");
    known(snapshot.configuration().trackers().files(), snapshot.trackerStatus().files())
        .forEach((name, value) -> text.series(labels(name), value));
  }

  private void processes() {
    Map<String, TrackerStatus.Processes> processes =
        known(
            snapshot.configuration().trackers().processes(), snapshot.trackerStatus().processes());
    text.gauge("jkeepalived_track_process_count", "How many tracked processes there are");
    processes.forEach((name, process) -> text.series(labels(name), process.count()));
    text.gauge("jkeepalived_track_process_quorum", "Whether those are enough, and not too many");
    processes.forEach((name, process) -> text.series(labels(name), process.quorum()));
  }

  private static MetricLabels labels(String name) {
    return MetricLabels.of("name", name);
  }
}
