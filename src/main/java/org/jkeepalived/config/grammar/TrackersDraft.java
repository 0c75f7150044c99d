package org.jkeepalived.config.grammar;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jkeepalived.config.grammar.FileTrackerKeywords.FileDraft;
import org.jkeepalived.config.grammar.ProcessTrackerKeywords.ProcessDraft;
import org.jkeepalived.config.grammar.ScriptTrackerKeywords.ScriptDraft;
import org.jkeepalived.config.syntax.Diagnostic.Severity;
import org.jkeepalived.config.syntax.Statement;
import org.jkeepalived.model.FileTracker;
import org.jkeepalived.model.ProcessTracker;
import org.jkeepalived.model.ScriptTracker;
import org.jkeepalived.model.TrackKind;
import org.jkeepalived.model.TrackTarget;
import org.jkeepalived.model.Trackers;
import org.jkeepalived.model.Weight;

/** What has been read so far of what can be tracked by name. */
final class TrackersDraft {

  final NamedBlocks<ScriptDraft> scripts = new NamedBlocks<>();
  final NamedBlocks<FileDraft> files = new NamedBlocks<>();
  final NamedBlocks<ProcessDraft> processes = new NamedBlocks<>();

  /** {@code process_monitor_rcv_bufs} and {@code process_monitor_rcv_bufs_force}. */
  OptionalLong receiveBufferBytes = OptionalLong.empty();

  boolean receiveBufferForced;

  /** Every name of a tracker's block in the file, wherever it stands. */
  private final Map<TrackKind, Set<String>> named = new EnumMap<>(TrackKind.class);

  /** Looks ahead for what is defined, so that a line that comes too early can be told so. */
  void lookAhead(List<Statement> statements) {
    for (Statement statement : statements) {
      Optional<TrackKind> kind =
          switch (statement.keyword().text()) {
            case "vrrp_script" -> Optional.of(TrackKind.SCRIPT);
            case "track_file", "vrrp_track_file" -> Optional.of(TrackKind.FILE);
            case "vrrp_track_process" -> Optional.of(TrackKind.PROCESS);
            default -> Optional.empty();
          };
      if (kind.isPresent() && !statement.arguments().isEmpty()) {
        named
            .computeIfAbsent(kind.get(), key -> new HashSet<>())
            .add(statement.arguments().get(0).text());
      }
    }
  }

  /** Whether there is such a block somewhere in the file. */
  boolean isDefinedLater(TrackKind kind, String name) {
    return named.getOrDefault(kind, Set.of()).contains(name);
  }

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
   * @param tracked what anybody tracks who is started
   * @param used what anybody tracks at all
   */
  Trackers complete(
      Set<TrackTarget> tracked, Set<TrackTarget> used, Commands commands, GrammarReport report) {
    List<ScriptTracker> scriptTrackers = new ArrayList<>();
    for (ScriptDraft draft : scripts.all()) {
      ScriptTracker tracker = draft.complete(commands, report);
      if (isTracked(TrackKind.SCRIPT, draft, tracked)) {
        scriptTrackers.add(tracker);
      } else if (!isTracked(TrackKind.SCRIPT, draft, used)) {
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

  private static boolean isTracked(TrackKind kind, Draft draft, Set<TrackTarget> tracked) {
    return tracked.contains(new TrackTarget(kind, draft.name()));
  }
}
