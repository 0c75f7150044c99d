package org.jkeepalived.track;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jkeepalived.model.TrackTarget;
import org.jkeepalived.model.Tracked;

/** How every tracked thing is, as last told. What nobody has told of is not known. */
public final class TrackBoard {

  private final Map<TrackTarget, Condition> conditions = new HashMap<>();
  private Set<TrackTarget> presumedDown = Set.of();

  /** Writes down how a thing is; says whether that is news. */
  public boolean put(TrackTarget thing, Condition condition) {
    return !Objects.requireNonNull(condition).equals(conditions.put(thing, condition));
  }

  /** How a thing is; empty while that is not known. */
  public Optional<Condition> condition(TrackTarget thing) {
    return Optional.ofNullable(conditions.get(thing));
  }

  /**
   * Things whose weight counts as if they were not well while nothing is known of them ({@code
   * init_fail}).
   */
  public void presumeDown(Collection<TrackTarget> things) {
    presumedDown = Set.copyOf(things);
  }

  /** Forgets all things but {@code mentioned}. */
  public void keepOnly(Set<TrackTarget> mentioned) {
    conditions.keySet().retainAll(mentioned);
  }

  /** What each of these things does to the one that tracks them. */
  public List<TrackedLook> look(List<Tracked> things) {
    return things.stream()
        .map(
            one ->
                TrackedLook.of(one, condition(one.target()), presumedDown.contains(one.target())))
        .toList();
  }

  /** What these things do, all together, to the one that tracks them. */
  public Verdict judge(List<Tracked> things) {
    return Verdict.of(things, this::condition, presumedDown::contains);
  }
}
