package org.jkeepalived.model;

import java.util.List;

/**
 * What a virtual router watches besides its advertisements.
 *
 * @param things what is tracked, each thing once, in the file's order; those of its sync group are
 *     not among them
 * @param primaryLink unless {@code dont_track_primary}: its own link down is a fault
 * @param sourceAddress {@code track_src_ip}: the configured source address missing is a fault
 */
public record Tracking(List<Tracked> things, boolean primaryLink, boolean sourceAddress) {
  /** Only the link that the virtual router speaks on. */
  public static final Tracking PRIMARY_LINK = new Tracking(List.of(), true, false);

  public Tracking {
    things = List.copyOf(things);
  }
}
