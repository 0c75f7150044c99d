package org.jkeepalived.model.routing;

import java.util.Objects;
import java.util.Optional;

/**
 * Which packets a rule is for.
 *
 * @param inverted {@code not}: for all others
 * @param tos 0 to 255; 0 for any
 */
public record RuleSelector(
    boolean inverted,
    Optional<Prefix> from,
    Optional<Prefix> to,
    int tos,
    Optional<Mark> mark,
    RuleTraffic traffic) {

  /**
   * A firewall mark.
   *
   * @param mask which of its bits count; {@link #ALL} where none is written
   */
  public record Mark(long value, long mask) {
    public static final long ALL = 0xFFFF_FFFFL;

    String text() {
      return "0x" + Long.toHexString(value) + (mask == ALL ? "" : "/0x" + Long.toHexString(mask));
    }
  }

  public RuleSelector {
    Objects.requireNonNull(from);
    Objects.requireNonNull(to);
    Objects.requireNonNull(mark);
    Objects.requireNonNull(traffic);
  }
}
