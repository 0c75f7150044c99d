package org.jkeepalived.model;

import java.util.Objects;
import java.util.OptionalLong;

/**
 * How much of what the kernel tells may wait to be read: {@code …_rcv_bufs}.
 *
 * @param bytes 0 to 4294967295; empty for what the system gives
 * @param forced {@code …_rcv_bufs_force}: even more than the system allows
 */
public record ReceiveBuffer(OptionalLong bytes, boolean forced) {
  /** What the system gives. */
  public static final ReceiveBuffer STANDARD = new ReceiveBuffer(OptionalLong.empty(), false);

  /** More than any machine has to tell. */
  private static final long MOST_BYTES = 1 << 30;

  public ReceiveBuffer {
    Objects.requireNonNull(bytes);
  }

  // written out: it is compared at each start, where what Java makes of a record is dear

  @Override
  public boolean equals(Object other) {
    return other instanceof ReceiveBuffer that && forced == that.forced && bytes.equals(that.bytes);
  }

  @Override
  public int hashCode() {
    return 31 * bytes.hashCode() + Boolean.hashCode(forced);
  }

  /**
   * What a socket gets, in bytes.
   *
   * <p>COMPAT: keepalived takes less than is good for it by itself; here what is asked for can only
   * make it more, and whether it is forced makes no difference: it is, where that is permitted.
   *
   * @param standard what it is where nothing is said, and at least
   */
  public int atLeast(int standard) {
    return (int) Math.max(standard, Math.min(MOST_BYTES, bytes.orElse(standard)));
  }
}
