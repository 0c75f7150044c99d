package org.jkeepalived.config.grammar;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import org.jkeepalived.config.grammar.FileTrackerKeywords.FileDraft;
import org.jkeepalived.config.grammar.ProcessTrackerKeywords.ProcessDraft;
import org.jkeepalived.config.grammar.ScriptTrackerKeywords.ScriptDraft;
import org.jkeepalived.config.syntax.Diagnostic.Severity;
import org.jkeepalived.config.syntax.Statement;
import org.jkeepalived.model.ReceiveBuffer;
import org.jkeepalived.model.ScriptTracker;
import org.jkeepalived.model.TrackKind;
import org.jkeepalived.model.TrackTarget;
import org.jkeepalived.model.Trackers;
import org.jkeepalived.model.TrackingInstances;
import org.jkeepalived.model.Weight;

/** What has been read so far of what can be tracked by name. */
final class TrackersDraft {

  final NamedBlocks<ScriptDraft> scripts = new NamedBlocks<>();
  final NamedBlocks<FileDraft> files = new NamedBlocks<>();
  final NamedBlocks<ProcessDraft> processes = new NamedBlocks<>();

  /** {@code process_monitor_rcv_bufs} and {@code process_monitor_rcv_bufs_force}. */
  OptionalLong receiveBufferBytes = OptionalLong.empty();

  boolean receiveBufferForced;

  private final Map<TrackKind, NamedBlocks<? extends TrackerDraft>> byKind =
      Map.of(TrackKind.SCRIPT, scripts, TrackKind.FILE, files, TrackKind.PROCESS, processes);

  /** Every name of a tracker's block in the file, wherever it stands. */
  private final Set<TrackTarget> named = new HashSet<>();

  /** Looks ahead for what is defined, so that a line that comes too early can be told so. */
  void lookAhead(List<Statement> statements) {
    for (Statement statement : statements) {
      Optional<TrackKind> kind = TrackKind.definedBy(statement.keyword().text());
      if (kind.isPresent() && !statement.arguments().isEmpty()) {
        named.add(new TrackTarget(kind.get(), statement.arguments().get(0).text()));
      }
    }
  }

  /** Whether there is such a block somewhere in the file. */
  boolean isDefinedLater(TrackTarget target) {
    return named.contains(target);
  }

  /** The weight of what has been defined already; a link needs no definition. */
  Optional<Weight> weightOf(TrackTarget target) {
    TrackKind kind = target.kind();
    return byKind.containsKey(kind)
        ? byKind.get(kind).find(target.name()).map(TrackerDraft::weight)
        : Optional.of(kind.weights().standard());
  }

  /**
   * The finished trackers, without those that nobody tracks; scripts are looked at all the same.
   *
   * @param tracked what anybody tracks who is started
   * @param used what anybody tracks at all
   */
  Trackers complete(
      TrackingInstances tracked, Set<TrackTarget> used, Commands commands, GrammarReport report) {
    List<ScriptTracker> scriptTrackers = new ArrayList<>();
    for (ScriptDraft draft : scripts.all()) {
      ScriptTracker tracker = draft.complete(commands, report);
      if (tracked.isTracked(draft.target())) {
        scriptTrackers.add(tracker);
      } else if (!used.contains(draft.target())) {
        report.whole(
            draft.place(),
            Severity.NOTE,
            GrammarReport.ASIDE + "-unused-script",
            "Warning - script " + tracker.name() + " is not used");
      }
    }
    return new Trackers(
        scriptTrackers,
        complete(files, tracked, FileDraft::complete),
        complete(processes, tracked, ProcessDraft::complete),
        new ReceiveBuffer(receiveBufferBytes, receiveBufferForced));
  }

  private static <D extends TrackerDraft, T> List<T> complete(
      NamedBlocks<D> drafts, TrackingInstances tracked, Function<D, T> complete) {
    List<T> trackers = new ArrayList<>();
    for (D draft : drafts.all()) {
      if (tracked.isTracked(draft.target())) {
        trackers.add(complete.apply(draft));
      }
    }
    return trackers;
  }
}
