package org.jkeepalived.sim;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * One segment that joins all nodes: loses, delays, doubles, damages and separates. What is for a
 * group reaches all, what is for a peer is routed: the machine that has the address gets it.
 */
final class Cable {

  /** Where frames come out. */
  interface Receiver {
    void arrived(int to, Arrival arrival);
  }

  /** Ethernet's shortest frame without its checksum: shorter ones are padded. */
  private static final int SHORTEST_FRAME_BYTES = 60;

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

  /** Takes a packet to all others, or to the node that has the address that it is for. */
  void send(int from, Arrival.Packet packet) {
    if (packet.isToPeer()) {
      int to = ScenarioDice.nodeAt(packet.destination(), cut.length);
      if (to >= 0) {
        send(from, to, packet);
      }
      return;
    }
    for (int to = 0; to < cut.length; to++) {
      send(from, to, packet);
    }
  }

  private void send(int from, int to, Arrival.Packet packet) {
    if (to != from && !cut[from][to] && !chance(weather.lossPerMille())) {
      deliver(from, to, packet);
      if (chance(weather.duplicatePerMille())) {
        deliver(from, to, packet);
      }
    }
  }

  private void deliver(int from, int to, Arrival.Packet packet) {
    byte[] bytes = packet.bytes();
    byte[] copy =
        Arrays.copyOf(
            bytes, packet.isToPeer() ? bytes.length : Math.max(bytes.length, SHORTEST_FRAME_BYTES));
    boolean damaged = chance(weather.damagePerMille());
    if (damaged) {
      // One bit: the Internet checksum finds every single one.
      int bit = random.nextInt(packet.vrrpAt() * 8, bytes.length * 8);
      copy[bit / 8] ^= (byte) (1 << bit % 8);
    }
    Arrival arrival = new Arrival(segment, from, new Arrival.Packet(copy, packet.ipAt()), damaged);
    long delay = random.nextLong(weather.minDelayNanos(), weather.maxDelayNanos() + 1);
    time.after(delay, () -> receiver.arrived(to, arrival));
  }

  private boolean chance(int perMille) {
    return perMille > 0 && random.nextInt(1000) < perMille;
  }
}
