package org.jkeepalived.sim;

import java.util.SplittableRandom;

/** One Ethernet segment that joins all nodes: loses, delays, doubles, damages and separates. */
final class Cable {

  /** Where frames come out. */
  interface Receiver {
    void arrived(int segment, int to, int from, byte[] frame, boolean damaged);
  }

  /** Ethernet's shortest frame without its checksum: shorter ones are padded. */
  private static final int SHORTEST_FRAME_BYTES = 60;

  private static final int VRRP_AT = 34;

  private final int segment;
  private final VirtualTime time;
  private final SplittableRandom random;
  private final Receiver receiver;
  private final boolean[][] cut;
  private Weather weather;

  Cable(
      int segment,
      int nodes,
      VirtualTime time,
      SplittableRandom random,
      Weather weather,
      Receiver receiver) {
    this.segment = segment;
    this.time = time;
    this.random = random;
    this.weather = weather;
    this.receiver = receiver;
    cut = new boolean[nodes][nodes];
  }

  Weather weather() {
    return weather;
  }

  void weather(Weather changed) {
    weather = changed;
  }

  /** Whether frames do not get from one node to the other; the way back is another matter. */
  boolean isCut(int from, int to) {
    return cut[from][to];
  }

  void cut(int from, int to, boolean nothingPasses) {
    cut[from][to] = nothingPasses;
  }

  /** Takes a copy of the frame. */
  void send(int from, byte[] frame, int length) {
    for (int to = 0; to < cut.length; to++) {
      if (to != from && !cut[from][to] && !chance(weather.lossPerMille())) {
        deliver(from, to, frame, length);
        if (chance(weather.duplicatePerMille())) {
          deliver(from, to, frame, length);
        }
      }
    }
  }

  private void deliver(int from, int to, byte[] frame, int length) {
    byte[] copy = java.util.Arrays.copyOf(frame, Math.max(length, SHORTEST_FRAME_BYTES));
    boolean damaged = chance(weather.damagePerMille());
    if (damaged) {
      // One bit: the Internet checksum finds every single one.
      int bit = random.nextInt(VRRP_AT * 8, length * 8);
      copy[bit / 8] ^= (byte) (1 << bit % 8);
    }
    long delay = random.nextLong(weather.minDelayNanos(), weather.maxDelayNanos() + 1);
    time.after(delay, () -> receiver.arrived(segment, to, from, copy, damaged));
  }

  private boolean chance(int perMille) {
    return perMille > 0 && random.nextInt(1000) < perMille;
  }
}
