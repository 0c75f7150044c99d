package org.jkeepalived.lvs.table;

import java.util.Objects;
import org.jkeepalived.model.lvs.Forwarding;

/**
 * How the kernel treats a real server of a service.
 *
 * @param weight 0 to 2³¹−1; 0 gets no new connections
 * @param upperThreshold connections from which it gets no more; 0 for no bound
 * @param lowerThreshold connections below which it gets some again; 0 for no bound
 */
public record DestinationSettings(
    Forwarding forwarding, long weight, long upperThreshold, long lowerThreshold) {
  public DestinationSettings {
    Objects.requireNonNull(forwarding);
  }

  /** The same with another weight. */
  public DestinationSettings withWeight(long other) {
    return new DestinationSettings(forwarding, other, upperThreshold, lowerThreshold);
  }
}
