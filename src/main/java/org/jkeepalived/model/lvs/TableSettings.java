package org.jkeepalived.model.lvs;

import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What holds for the kernel's table as a whole.
 *
 * @param written {@code ipvs}: whether there is one at all; without, real servers are checked, and
 *     what happens to them is told
 * @param flushedAtStart {@code lvs_flush}: whatever is in it goes before ours comes
 * @param comparisonNanos {@code ipvs_comparison_interval}: how often it is compared with what is
 *     wanted; from 1 s to an hour
 * @param marking empty where each address of a group has a service of its own
 * @param sockets by which it is written
 */
public record TableSettings(
    boolean written,
    Timeouts timeouts,
    boolean flushedAtStart,
    AtStop atStop,
    long comparisonNanos,
    Optional<PacketMarking> marking,
    TableSockets sockets) {
  /** How often it is compared where nothing is said. */
  public static final long STANDARD_COMPARISON_NANOS = 5_000_000_000L;

  /** The kernel's own times, and nothing but ours is touched. */
  public static final TableSettings STANDARD =
      new TableSettings(
          true,
          Timeouts.KERNEL,
          false,
          AtStop.REMOVE_EACH,
          STANDARD_COMPARISON_NANOS,
          Optional.empty(),
          TableSockets.STANDARD);

  public TableSettings {
    Objects.requireNonNull(timeouts);
    Objects.requireNonNull(atStop);
    Objects.requireNonNull(marking);
    Objects.requireNonNull(sockets);
  }

  /** Whether nothing is done to the table as a whole, by whatever sockets. */
  boolean leavesAllAsItIs() {
    return written
        && timeouts.areKernels()
        && !flushedAtStart
        && atStop == AtStop.REMOVE_EACH
        && comparisonNanos == STANDARD_COMPARISON_NANOS
        && marking.isEmpty();
  }

  /** The same for a table with nothing of ours in it, and nothing done to it as a whole. */
  TableSettings empty() {
    return new TableSettings(
        written,
        Timeouts.KERNEL,
        false,
        AtStop.REMOVE_EACH,
        comparisonNanos,
        Optional.empty(),
        sockets);
  }

  /** The same, written by other sockets. */
  TableSettings through(TableSockets other) {
    return new TableSettings(
        written, timeouts, flushedAtStart, atStop, comparisonNanos, marking, other);
  }

  /** What becomes of the table at the stop: {@code lvs_flush_on_stop}. */
  public enum AtStop {
    /** Each real server goes, then its service. */
    REMOVE_EACH,
    /** Our services go, and with each its servers. */
    REMOVE_SERVICES,
    /** Everything goes, ours or not. */
    FLUSH
  }

  /**
   * {@code lvs_timeouts}: after how many idle seconds a connection is forgotten, 0 to 2678400;
   * empty for what the kernel has.
   */
  public record Timeouts(OptionalInt tcp, OptionalInt tcpFin, OptionalInt udp) {
    /** The kernel's own. */
    public static final Timeouts KERNEL =
        new Timeouts(OptionalInt.empty(), OptionalInt.empty(), OptionalInt.empty());

    public Timeouts {
      Objects.requireNonNull(tcp);
      Objects.requireNonNull(tcpFin);
      Objects.requireNonNull(udp);
    }

    boolean areKernels() {
      return tcp.isEmpty() && tcpFin.isEmpty() && udp.isEmpty();
    }
  }
}
