package org.jkeepalived.vrrp.transport;

/**
 * The number of the last authenticated packet, sent or believed.
 *
 * <p>COMPAT: keepalived 2.2.7 has one number for all senders of a virtual router, so that a backup
 * that takes over goes on where the master was; it is the same in what goes to several peers, and
 * begins with 1 after each start (captured).
 */
public final class SequenceNumber {

  private static final long MOST = 0xffffffffL;

  private long last;

  /** The number of the next advertisement; after 2³² - 1, which takes 136 years, comes 1. */
  public void advance() {
    last = last == MOST ? 1 : last + 1;
  }

  /** The present one, as 32 bits. */
  int bits() {
    return (int) last;
  }

  /** The present one, 0 to 2³² - 1. */
  public long get() {
    return last;
  }

  /**
   * A packet with that number is to be believed.
   *
   * @return whether it is newer than what was sent and believed before; then it is the last one now
   */
  public boolean take(long number) {
    if (number <= last) {
      return false;
    }
    last = number;
    return true;
  }
}
