package org.jkeepalived.status;

import java.util.Locale;
import java.util.Optional;
import org.jkeepalived.model.ProcessTracker;

/**
 * A tracked process in the JSON's second version.
 *
 * <p>COMPAT: the keys are those that keepalived 2.2.8 and newer write. What is not known at the
 * moment has none.
 */
final class ProcessJson {

  private ProcessJson() {}

  static String of(ProcessTracker tracker, TrackerStatus status) {
    ProcessTracker.Match match = tracker.match();
    Optional<TrackerStatus.Processes> known =
        Optional.ofNullable(status.processes().get(tracker.name()));
    JsonWriter json = new JsonWriter();
    json.open();
    json.member("process", match.process());
    json.member("param_match", match.parameterMatch().name().toLowerCase(Locale.ROOT));
    json.member("min_processes", tracker.quorum());
    if (tracker.quorumMax() != Integer.MAX_VALUE) {
      json.member("max_processes", tracker.quorumMax());
    }
    known.ifPresent(
        now -> json.member("current_processes", now.count()).member("have_quorum", now.quorum()));
    json.member("weight", tracker.weight().value());
    json.number("terminate_delay", Durations.seconds(tracker.terminateDelayNanos()));
    json.number("fork_delay", Durations.seconds(tracker.forkDelayNanos()));
    known.ifPresent(
        now ->
            json.member("fork_delay_timer_running", now.forkDelayed())
                .member("terminate_delay_timer_running", now.terminateDelayed()));
    json.member("full_command", TrackersText.wholeCommandLine(match));
    return json.close().toString();
  }
}
