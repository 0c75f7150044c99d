package org.jkeepalived.lvs;

import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import org.jkeepalived.model.lvs.RealServer;

/**
 * A real server at one moment.
 *
 * @param configured what the operator asked for
 * @param life whether it is alive
 * @param set whether the kernel's table has it, with whatever weight
 * @param share what it is given
 * @param checks how its checks go, in the configuration's order
 */
public record ServerSnapshot(
    RealServer configured, Life life, boolean set, Share share, List<CheckSnapshot> checks) {
  public ServerSnapshot {
    Objects.requireNonNull(configured);
    Objects.requireNonNull(life);
    Objects.requireNonNull(share);
    checks = List.copyOf(checks);
  }

  /**
   * What it is given.
   *
   * @param weight what it is worth while it is alive: that of the configuration, and what its
   *     checks add to it; 0 to 2³¹−1
   * @param ofTable what the table gives it of that while it serves: less while it starts slowly
   * @param wished the weight that the operator wishes, beside all that; empty for no wish
   */
  public record Share(long weight, long ofTable, OptionalLong wished) {
    public Share {
      Objects.requireNonNull(wished);
    }

    /** Whether the operator wishes it to get no new connections. */
    public boolean drained() {
      return wished.isPresent() && wished.getAsLong() == 0;
    }
  }

  /**
   * Whether it is alive.
   *
   * @param alive all its checks are up
   * @param sinceNanos since when it is so, by the loop's clock; empty where nobody knows
   * @param recoveries how often it has come back
   * @param failures how often it has failed
   */
  public record Life(boolean alive, OptionalLong sinceNanos, long recoveries, long failures) {
    public Life {
      Objects.requireNonNull(sinceNanos);
    }
  }
}
