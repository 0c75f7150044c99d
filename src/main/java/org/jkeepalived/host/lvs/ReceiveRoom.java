package org.jkeepalived.host.lvs;

import org.jkeepalived.model.ReceiveBuffer;

/**
 * How much room a socket gets for what was not read yet.
 *
 * <p>COMPAT: keepalived takes less than is good for it by itself; here what is asked for can only
 * make it more, and whether it is forced makes no difference: it is, where that is permitted.
 */
public final class ReceiveRoom {

  /** More than any machine has to tell. */
  private static final long MOST_BYTES = 1 << 30;

  private ReceiveRoom() {}

  /**
   * In bytes.
   *
   * @param standard what it is where nothing is said, and at least
   */
  public static int bytes(ReceiveBuffer asked, int standard) {
    return (int) Math.max(standard, Math.min(MOST_BYTES, asked.bytes().orElse(standard)));
  }
}
