package org.jkeepalived.config.grammar;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jkeepalived.config.syntax.Diagnostic.Severity;
import org.jkeepalived.config.syntax.Token;
import org.jkeepalived.model.SyncGroup;
import org.jkeepalived.model.TrackKind;
import org.jkeepalived.model.TrackTarget;
import org.jkeepalived.model.Tracked;
import org.jkeepalived.model.Tracking;
import org.jkeepalived.model.VrrpInstance;

/** Who is in which sync group, and what the groups track. */
final class SyncGroupCompletion {

  private static final int OWNER = 255;

  private final GrammarReport report;
  private final List<SyncGroupDraft> groups = new ArrayList<>();
  private final Map<String, SyncGroupDraft> groupOf = new LinkedHashMap<>();

  /**
   * Finds the members of all groups.
   *
   * @param drafts the groups, in the file's order
   * @param instances the instances that there are, by name
   */
  SyncGroupCompletion(
      Iterable<SyncGroupDraft> drafts, Map<String, InstanceDraft> instances, GrammarReport report) {
    this.report = report;
    for (SyncGroupDraft draft : drafts) {
      findMembers(draft, instances);
    }
  }

  /** The group that an instance is in. */
  Optional<SyncGroupDraft> of(String instance) {
    return Optional.ofNullable(groupOf.get(instance));
  }

  private void findMembers(SyncGroupDraft draft, Map<String, InstanceDraft> instances) {
    List<Token> listed = draft.listed.orElse(List.of());
    if (listed.isEmpty()) {
      warn(draft.place, "Sync group " + draft.name() + " has no virtual router(s). removing");
      return;
    }
    for (Token word : listed) {
      if (!instances.containsKey(word.text())) {
        warn(
            word,
            "Virtual router "
                + word.text()
                + " specified in sync group "
                + draft.name()
                + " doesn't exist - ignoring");
      } else if (groupOf.putIfAbsent(word.text(), draft) != null) {
        warn(
            word,
            "Virtual router "
                + word.text()
                + " cannot exist in more than one sync group; ignoring "
                + draft.name());
      } else {
        draft.members.add(word.text());
        if (draft.hindered.isEmpty() && instances.get(word.text()).isHindered()) {
          draft.hindered = Optional.of(word.text());
        }
      }
    }
    if (draft.members.isEmpty()) {
      warn(
          draft.place,
          "Sync group "
              + draft.name()
              + ", no matching virtual router found in group declaration - removing");
      return;
    }
    if (draft.members.size() == 1) {
      warn(
          draft.place,
          "Sync group "
              + draft.name()
              + " has only 1 virtual router(s) - this probably isn't what you want");
    }
    groups.add(draft);
  }

  /** What becomes of groups and instances when each knows the other. */
  record Result(List<SyncGroup> groups, List<VrrpInstance> instances) {}

  /**
   * Completes the groups.
   *
   * @param instances those that are started; a group has no others
   */
  Result complete(List<VrrpInstance> instances, GlobalDraft globals, Commands commands) {
    Map<String, VrrpInstance> byName = new LinkedHashMap<>();
    instances.forEach(instance -> byName.put(instance.name(), instance));
    List<SyncGroup> complete = new ArrayList<>();
    for (SyncGroupDraft draft : groups) {
      List<VrrpInstance> members =
          draft.members.stream().filter(byName::containsKey).map(byName::get).toList();
      if (!members.isEmpty()) {
        List<Tracked> things = things(draft, members);
        checkTwice(draft, members);
        if (draft.sharesTracking) {
          things = share(things, members, byName);
          things = owned(members) ? withoutWeights(things) : things;
        }
        complete.add(
            new SyncGroup(
                draft.name(),
                members.stream().map(VrrpInstance::name).toList(),
                things,
                draft.notifications.complete(globals, Optional.empty(), commands)));
      }
    }
    return new Result(complete, List.copyOf(byName.values()));
  }

  /** An owner's priority does not move, so the group's must not. */
  private List<Tracked> things(SyncGroupDraft draft, List<VrrpInstance> members) {
    boolean owned = owned(members);
    List<Tracked> things = new ArrayList<>();
    for (TrackingDraft.Line line : draft.tracking.lines) {
      Tracked tracked = line.tracked();
      if (owned && tracked.weight().value() != 0) {
        TrackKind kind = tracked.target().kind();
        warn(
            line.place(),
            "("
                + draft.name()
                + ") Cannot have weighted track "
                + kind.noun()
                + " '"
                + tracked.target().name()
                + "' with member having priority 255 - "
                + kind.words().inOwnersGroup());
        tracked = TrackingCompletion.withoutWeight(tracked);
      }
      things.add(tracked);
    }
    return things;
  }

  private static boolean owned(List<VrrpInstance> members) {
    return members.stream().anyMatch(member -> member.election().priority() == OWNER);
  }

  private static List<Tracked> withoutWeights(List<Tracked> things) {
    return things.stream().map(TrackingCompletion::withoutWeight).toList();
  }

  /** COMPAT: what a member tracks itself counts for it, not the group's line. */
  private void checkTwice(SyncGroupDraft draft, List<VrrpInstance> members) {
    for (TrackingDraft.Line line : draft.tracking.lines) {
      for (VrrpInstance member : members) {
        if (tracks(member, line.target())) {
          boolean link = line.target().kind() == TrackKind.INTERFACE;
          // COMPAT: keepalived -t tells it of links only
          report.whole(
              line.place(),
              Severity.WARNING,
              link ? "tracked-twice" : GrammarReport.ASIDE + "-tracked-twice",
              "("
                  + member.name()
                  + ") "
                  + line.target().kind().keyword()
                  + " "
                  + line.target().name()
                  + " is configured on VRRP instance and sync group. Remove vrrp instance "
                  + (link ? "or sync group config" : "config"));
        }
      }
    }
  }

  private static boolean tracks(VrrpInstance member, TrackTarget target) {
    boolean own =
        target.kind() == TrackKind.INTERFACE
            && member.tracking().primaryLink()
            && member.key().interfaceName().equals(target.name());
    return own
        || member.tracking().things().stream().anyMatch(line -> line.target().equals(target));
  }

  /**
   * What one member tracks becomes the group's, with the first one's weight.
   *
   * <p>keepalived 2 makes of {@code global_tracking} what {@code sync_group_tracking_weight} is:
   * members of different priorities then, which pull the group to and fro.
   */
  private static List<Tracked> share(
      List<Tracked> things, List<VrrpInstance> members, Map<String, VrrpInstance> byName) {
    Map<TrackTarget, Tracked> all = new LinkedHashMap<>();
    things.forEach(tracked -> all.put(tracked.target(), tracked));
    for (VrrpInstance member : members) {
      Tracking own = member.tracking();
      own.things().forEach(tracked -> all.putIfAbsent(tracked.target(), tracked));
      byName.put(
          member.name(),
          member.tracking(new Tracking(List.of(), own.primaryLink(), own.sourceAddress())));
    }
    return List.copyOf(all.values());
  }

  private void warn(Token place, String message) {
    report.whole(place, Severity.WARNING, "sync-group", message);
  }
}
