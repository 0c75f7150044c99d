package org.jkeepalived.vrrp;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import org.jkeepalived.model.TrackTarget;
import org.jkeepalived.model.Tracked;
import org.jkeepalived.track.Verdict;
import org.jkeepalived.vrrp.Effects.Level;

/** The tracked things that keep one virtual router in FAULT, and what is said of each. */
final class TrackedFaults {

  private List<Tracked> standing = List.of();

  boolean isEmpty() {
    return standing.isEmpty();
  }

  /** Why the virtual router is in FAULT: the reason for each thing, the oldest first. */
  String reasons() {
    return standing.stream().map(TrackedFaults::reason).collect(Collectors.joining(", "));
  }

  /**
   * Takes what the tracked things do now. What is not decided yet takes no fault away: a thing that
   * replaces a faulty one has not been looked at.
   *
   * @param log hears of each thing that is a fault now, or is one no more
   */
  void update(Verdict verdict, BiConsumer<Level, String> log) {
    List<Tracked> faulty = verdict.faulty();
    if (faulty.isEmpty() && verdict.undecided()) {
      return;
    }
    standing.stream()
        .filter(before -> !has(faulty, before.target()))
        .forEach(before -> log.accept(Level.INFO, recovery(before)));
    List<Tracked> now = new ArrayList<>();
    standing.stream().filter(before -> has(faulty, before.target())).forEach(now::add);
    for (Tracked each : faulty) {
      if (!has(standing, each.target())) {
        log.accept(Level.WARNING, reason(each));
        now.add(each);
      }
    }
    standing = List.copyOf(now);
  }

  private static boolean has(List<Tracked> among, TrackTarget target) {
    return among.stream().anyMatch(one -> one.target().equals(target));
  }

  private static String reason(Tracked tracked) {
    TrackTarget target = tracked.target();
    return target.kind().reason(target.name(), tracked.weight().reversed());
  }

  private static String recovery(Tracked tracked) {
    TrackTarget target = tracked.target();
    return target.kind().recovery(target.name(), tracked.weight().reversed());
  }
}
