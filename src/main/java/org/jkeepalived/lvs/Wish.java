package org.jkeepalived.lvs;

import java.util.OptionalLong;

/**
 * What the operator wishes of a real server, whatever its checks and the configuration say of its
 * weight. Whether it serves at all is for the checks to say.
 *
 * @param weight 0 to 2³¹−1; with 0 it gets no new connections, and keeps those that it has
 * @param saved the weight that it is to have after a restart; empty for what checks and
 *     configuration say
 */
public record Wish(long weight, OptionalLong saved) {
  public Wish {
    check(weight);
    saved.ifPresent(Wish::check);
  }

  /** One that holds over a restart, too. */
  public static Wish lasting(long weight) {
    return new Wish(weight, OptionalLong.of(weight));
  }

  private static void check(long weight) {
    if (weight < 0 || weight > Integer.MAX_VALUE) {
      throw new IllegalArgumentException("no weight: " + weight);
    }
  }
}
