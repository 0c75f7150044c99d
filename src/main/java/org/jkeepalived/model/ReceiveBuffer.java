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

  public ReceiveBuffer {
    Objects.requireNonNull(bytes);
  }
}
