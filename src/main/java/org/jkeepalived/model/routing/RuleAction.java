package org.jkeepalived.model.routing;

import java.util.Objects;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * What becomes of a rule's packets.
 *
 * @param target the table, or the priority to go on at
 * @param realms the source's in the upper 16 bits, the destination's in the lower
 * @param suppressPrefixLength {@code suppress_prefixlength}
 * @param suppressGroup {@code suppress_ifgroup}
 */
public record RuleAction(
    Kind kind,
    long target,
    OptionalLong realms,
    OptionalInt suppressPrefixLength,
    OptionalLong suppressGroup) {

  /** With the kernel's FR_ACT_*. */
  public enum Kind {
    TABLE(1),
    L3MDEV(1),
    GOTO(2),
    NOP(3),
    BLACKHOLE(6),
    UNREACHABLE(7),
    PROHIBIT(8);

    private final int number;

    Kind(int number) {
      this.number = number;
    }

    public int number() {
      return number;
    }
  }

  public RuleAction {
    Objects.requireNonNull(kind);
    Objects.requireNonNull(realms);
    Objects.requireNonNull(suppressPrefixLength);
    Objects.requireNonNull(suppressGroup);
  }
}
