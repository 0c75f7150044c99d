package org.jkeepalived.config.grammar;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jkeepalived.config.syntax.Diagnostic.Severity;
import org.jkeepalived.model.TrackKind;
import org.jkeepalived.model.TrackTarget;
import org.jkeepalived.model.Tracked;
import org.jkeepalived.model.Tracking;
import org.jkeepalived.model.Weight;

/**
 * What an instance tracks: where its priority must not move, because it owns the addresses or is in
 * a sync group, weights are taken away in keepalived's order and words.
 */
final class TrackingCompletion {

  private final InstanceDraft draft;
  private final GrammarReport report;
  private final boolean owner;
  private final boolean fixed;

  private TrackingCompletion(
      InstanceDraft draft, boolean owner, Optional<SyncGroupDraft> group, GrammarReport report) {
    this.draft = draft;
    this.report = report;
    this.owner = owner;
    this.fixed = owner || group.map(g -> !g.keepsWeights && !g.sharesTracking).orElse(false);
  }

  /**
   * The tracking of an instance.
   *
   * @param owner its priority is 255
   */
  static Tracking complete(
      InstanceDraft draft, boolean owner, Optional<SyncGroupDraft> group, GrammarReport report) {
    return new TrackingCompletion(draft, owner, group, report).complete();
  }

  private Tracking complete() {
    List<Tracked> things = new ArrayList<>();
    for (TrackingDraft.Line line : draft.tracking.lines) {
      complete(line).ifPresent(things::add);
    }
    boolean source = draft.trackSource && draft.source.isPresent();
    return things.isEmpty() && draft.trackPrimaryLink && !source
        ? Tracking.PRIMARY_LINK // one object, as most instances track no more
        : new Tracking(things, draft.trackPrimaryLink, source);
  }

  private Optional<Tracked> complete(TrackingDraft.Line line) {
    Tracked tracked = line.tracked();
    String name = tracked.target().name();
    if (isOwnLink(tracked.target())) {
      warn(line, "own-interface", "Ignoring track_interface " + name + " since own interface");
      return Optional.empty();
    }
    if (!fixed || tracked.weight().value() == 0) {
      return Optional.of(tracked);
    }
    return switch (tracked.target().kind().weights().whereFixed()) {
      case LINK -> ofLink(line);
      case NUMBER -> ofFile(line);
      case KEPT -> Optional.of(tracked);
      case IGNORED -> {
        warn(
            line,
            "fixed-priority",
            "ignoring tracked "
                + tracked.target().kind().noun()
                + " "
                + name
                + " with weights due to "
                + why());
        yield Optional.empty();
      }
    };
  }

  private boolean isOwnLink(TrackTarget target) {
    return target.kind() == TrackKind.INTERFACE
        && draft.interfaceName.map(own -> own.is(target.name())).orElse(false);
  }

  private Optional<Tracked> ofLink(TrackingDraft.Line line) {
    String name = line.target().name();
    if (owner) {
      warn(line, "fixed-priority", "ignoring " + name + " tracked interface due to address owner");
      return Optional.empty();
    }
    warn(
        line, "fixed-priority", "ignoring " + name + " tracked interface weight due to SYNC group");
    return Optional.of(withoutWeight(line.tracked()));
  }

  /** COMPAT: weight 1, which nobody needs to write, becomes 0; a file with another is ignored. */
  private Optional<Tracked> ofFile(TrackingDraft.Line line) {
    String name = line.target().name();
    int weight = line.tracked().weight().value();
    if (weight == 1) {
      warn(
          line,
          "fixed-priority",
          "ignoring weight from tracked file " + name + " due to " + why() + ". specify weight 0");
      return Optional.of(withoutWeight(line.tracked()));
    }
    warn(
        line,
        "fixed-priority",
        "ignoring tracked file " + name + " with weight " + weight + " due to " + why());
    return Optional.empty();
  }

  static Tracked withoutWeight(Tracked tracked) {
    return new Tracked(tracked.target(), new Weight(0, tracked.weight().reversed()));
  }

  private String why() {
    return owner ? "address_owner" : "SYNC group";
  }

  private void warn(TrackingDraft.Line line, String code, String message) {
    report.whole(line.place(), Severity.WARNING, code, "(" + draft.name() + ") " + message);
  }
}
