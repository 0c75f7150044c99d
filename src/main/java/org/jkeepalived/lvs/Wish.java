package org.jkeepalived.lvs;

/**
 * What the operator wishes of a real server, whatever its checks and the configuration say of its
 * weight. Whether it serves at all is for the checks to say.
 *
 * @param weight 0 to 2³¹−1; with 0 it gets no new connections, and keeps those that it has
 * @param saved whether it is to hold over a restart, too
 */
public record Wish(long weight, boolean saved) {
  public Wish {
    if (weight < 0 || weight > Integer.MAX_VALUE) {
      throw new IllegalArgumentException("no weight: " + weight);
    }
  }
}
