package org.jkeepalived.config.grammar;

import java.util.Optional;
import org.jkeepalived.config.syntax.Token;
import org.jkeepalived.model.TrackKind;
import org.jkeepalived.model.TrackTarget;
import org.jkeepalived.model.Weight;

/** What has been read of the definition of something that can be tracked by name. */
abstract class TrackerDraft implements Draft {

  private final TrackKind kind;
  private final Token place;

  /** What its block says; empty where it has said nothing yet. */
  Optional<Weight> weight = Optional.empty();

  /**
   * @param place its name, where the block begins
   */
  TrackerDraft(TrackKind kind, Token place) {
    this.kind = kind;
    this.place = place;
  }

  @Override
  public final String name() {
    return place.text();
  }

  final Token place() {
    return place;
  }

  final TrackTarget target() {
    return new TrackTarget(kind, name());
  }

  /** What the lines that track it say unless they name one. */
  final Weight weight() {
    return weight.orElse(kind.weights().standard());
  }
}
