package org.jkeepalived.config.grammar;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jkeepalived.config.grammar.FileTrackerKeywords.FileDraft;
import org.jkeepalived.config.grammar.ProcessTrackerKeywords.ProcessDraft;
import org.jkeepalived.config.grammar.ScriptTrackerKeywords.ScriptDraft;
import org.jkeepalived.config.syntax.Diagnostic.Severity;
import org.jkeepalived.model.FileTracker;
import org.jkeepalived.model.ProcessTracker;
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

  /** The weight of something that has been defined already; of a link, always 0. */
  Optional<Weight> weightOf(TrackKind kind, String name) {
    return switch (kind) {
      case INTERFACE -> Optional.of(Weight.FAULT);
      case SCRIPT -> scripts.find(name).map(ScriptDraft::weight);
      case FILE -> files.find(name).map(FileDraft::weight);
      case PROCESS -> processes.find(name).map(ProcessDraft::weight);
    };
  }

  /**
   * The finished trackers, without those that nobody tracks; scripts are looked at all the same.
   *
   * @param tracked what anybody tracks
   */
  Trackers complete(TrackingInstances tracked, Commands commands, GrammarReport report) {
    List<ScriptTracker> scriptTrackers = new ArrayList<>();
    for (ScriptDraft draft : scripts.all()) {
      ScriptTracker tracker = draft.complete(commands, report);
      if (isTracked(TrackKind.SCRIPT, draft, tracked)) {
        scriptTrackers.add(tracker);
      } else {
        report.whole(
            draft.place(),
            Severity.NOTE,
            GrammarReport.ASIDE + "-unused-script",
            "Warning - script " + tracker.name() + " is not used");
      }
    }
    List<FileTracker> fileTrackers = new ArrayList<>();
    for (FileDraft draft : files.all()) {
      if (isTracked(TrackKind.FILE, draft, tracked)) {
        fileTrackers.add(draft.complete());
      }
    }
    List<ProcessTracker> processTrackers = new ArrayList<>();
    for (ProcessDraft draft : processes.all()) {
      if (isTracked(TrackKind.PROCESS, draft, tracked)) {
        processTrackers.add(draft.complete());
      }
    }
    return new Trackers(
        scriptTrackers,
        fileTrackers,
        processTrackers,
        new Trackers.ReceiveBuffer(receiveBufferBytes, receiveBufferForced));
  }

  private static boolean isTracked(TrackKind kind, Draft draft, TrackingInstances tracked) {
    return tracked.isTracked(new TrackTarget(kind, draft.name()));
  }
}
