package org.jkeepalived.model;

import java.util.Objects;
import java.util.OptionalLong;

/**
 * How much of what others send to a virtual router may wait to be read: {@code kernel_rx_buf_size},
 * {@code vrrp_rx_bufs_policy} and {@code vrrp_rx_bufs_multiplier}. Those that share a socket have
 * the sum of it.
 *
 * @param unit what is counted
 * @param amount how many of them, 1 to 4294967295; 0 where nothing is said
 */
public record ArrivalRoom(Unit unit, long amount) {

  /** What is counted. */
  public enum Unit {
    /** Nothing is said: as much as is good for it. */
    STANDARD,
    /** What vrrp_rx_bufs_policy says. */
    BYTES,
    /** What kernel_rx_buf_size says. */
    OWN_BYTES,
    /** The longest packet that the link carries. */
    MTU,
    /** The instance's own advertisement. */
    ADVERT
  }

  /** {@code vrrp_rx_bufs_multiplier} where nothing is said. */
  public static final long MULTIPLIER = 3;

  /** That of whoever says nothing. */
  public static final ArrivalRoom STANDARD = new ArrivalRoom(Unit.STANDARD, 0);

  private static final long MOST_AMOUNT = 0xFFFF_FFFFL;

  public ArrivalRoom {
    Objects.requireNonNull(unit);
    if (amount < 0 || amount > MOST_AMOUNT) {
      throw new IllegalArgumentException("no amount: " + amount);
    }
  }

  /** Of any unit; 0 says nothing. */
  public static ArrivalRoom of(Unit unit, long amount) {
    return amount == 0 ? STANDARD : new ArrivalRoom(unit, amount);
  }

  /**
   * In bytes; empty where nothing is said.
   *
   * @param mtu that of the link
   * @param advertBytes the length of the instance's advertisement, with its IP header
   */
  public OptionalLong bytes(int mtu, int advertBytes) {
    return switch (unit) {
      case STANDARD -> OptionalLong.empty();
      case BYTES, OWN_BYTES -> OptionalLong.of(amount);
      case MTU -> OptionalLong.of(amount * mtu);
      case ADVERT -> OptionalLong.of(amount * advertBytes);
    };
  }
}
