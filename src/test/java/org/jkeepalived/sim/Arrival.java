package org.jkeepalived.sim;

/**
 * A frame in a node's receive queue.
 *
 * @param from the node that sent it
 * @param damaged a bit was flipped on the way
 */
record Arrival(int segment, int from, byte[] frame, boolean damaged) {

  static final int IP_AT = 14;
  private static final int VRRP_AT = 34;

  /** The index of the virtual router that it belongs to; -1 when damage hides that. */
  int router() {
    return damaged ? -1 : router(frame);
  }

  static int router(byte[] frame) {
    return (frame[VRRP_AT + 1] & 0xff) - ScenarioDice.FIRST_VRID;
  }

  static int priority(byte[] frame) {
    return frame[VRRP_AT + 2] & 0xff;
  }

  int priority() {
    return priority(frame);
  }

  /** What version 3 says of the sender's interval. */
  long intervalNanosV3() {
    return ((frame[VRRP_AT + 4] & 0x0f) << 8 | frame[VRRP_AT + 5] & 0xff) * 10_000_000L;
  }
}
