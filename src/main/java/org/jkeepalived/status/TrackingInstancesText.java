package org.jkeepalived.status;

import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jkeepalived.model.Configuration;
import org.jkeepalived.model.TrackKind;
import org.jkeepalived.model.TrackTarget;
import org.jkeepalived.model.TrackingInstances;
import org.jkeepalived.model.Weight;

/** The dump's lists of the instances that track something. */
final class TrackingInstancesText {

  private final TrackingInstances instances;

  TrackingInstancesText(Configuration configuration) {
    instances = TrackingInstances.withOwnLinks(configuration.instances(), configuration.groups());
  }

  boolean isTracked(TrackTarget target) {
    return instances.isTracked(target);
  }

  /** The links that somebody tracks. */
  Set<String> links() {
    return instances.names(TrackKind.INTERFACE);
  }

  /** Nothing where nobody tracks it. */
  void write(String title, TrackTarget target, Consumer<String> lines) {
    Map<String, Weight> weights = instances.of(target);
    if (!weights.isEmpty()) {
      lines.accept("   " + title + " :");
      weights.forEach(
          (instance, weight) ->
              lines.accept("     " + instance + ", weight " + TrackedText.weight(weight)));
    }
  }
}
