package org.jkeepalived.sim;

/**
 * How a cable treats frames.
 *
 * @param lossPerMille frames that vanish
 * @param duplicatePerMille frames that come twice
 * @param damagePerMille frames whose VRRP part comes with flipped bits
 * @param minDelayNanos from the sender's kernel to the receiver's, at least
 * @param maxDelayNanos the same at most: a frame may overtake others by the difference
 */
record Weather(
    int lossPerMille,
    int duplicatePerMille,
    int damagePerMille,
    long minDelayNanos,
    long maxDelayNanos) {

  /** Whether the protocol's promises hold in it: duplicates and overtaking do not hurt them. */
  boolean isRough(long calmMaxDelayNanos) {
    return lossPerMille > 0 || damagePerMille > 0 || maxDelayNanos > calmMaxDelayNanos;
  }
}
