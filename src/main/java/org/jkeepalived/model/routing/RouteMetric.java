package org.jkeepalived.model.routing;

import java.util.Locale;
import java.util.Objects;

/**
 * One of a route's properties that TCP and IP go by.
 *
 * @param value in the kernel's unit, 32 bits without a sign
 * @param locked {@code lock}: the kernel does not change it
 */
public record RouteMetric(Kind kind, long value, boolean locked) {

  private static final int RTT_UNITS_PER_MILLI = 8;
  private static final int VARIANCE_UNITS_PER_MILLI = 4;
  private static final long MILLIS_PER_SECOND = 1000;

  /** In the order of keepalived's dump; with the kernel's RTAX_*. */
  public enum Kind {
    RTT(4),
    RTTVAR(5),
    RTO_MIN(13),
    FEATURES(12),
    MTU(2),
    WINDOW(3),
    SSTHRESH(6),
    CWND(7),
    ADVMSS(8),
    REORDERING(9),
    HOPLIMIT(10),
    INITCWND(11),
    INITRWND(14),
    QUICKACK(15),
    FASTOPEN_NO_COOKIE(17);

    private final int number;

    Kind(int number) {
      this.number = number;
    }

    public int number() {
      return number;
    }

    /** How many of the kernel's units a millisecond is; 0 where it is no time. */
    public int unitsPerMilli() {
      return switch (this) {
        case RTT -> RTT_UNITS_PER_MILLI;
        case RTTVAR -> VARIANCE_UNITS_PER_MILLI;
        case RTO_MIN -> 1;
        default -> 0;
      };
    }
  }

  public RouteMetric {
    Objects.requireNonNull(kind);
  }

  /** keepalived's words: {@code mtu lock 1400}, {@code rtt 300ms}, {@code rto_min 1s}. */
  public String text() {
    String name = kind.name().toLowerCase(Locale.ROOT) + (locked ? " lock " : " ");
    if (kind == Kind.FEATURES) {
      return "features ecn";
    }
    if (kind.unitsPerMilli() == 0) {
      return name + value;
    }
    long millis = value / kind.unitsPerMilli();
    return name
        + (millis % MILLIS_PER_SECOND == 0 ? millis / MILLIS_PER_SECOND + "s" : millis + "ms");
  }
}
