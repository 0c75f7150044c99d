package org.jkeepalived.sim;

import java.net.InetAddress;
import java.util.LinkedHashSet;
import java.util.Set;

/** One advertisement to peers, which leaves packet by packet. */
final class PeerAdvertisement {

  private final Arrival.Packet first;
  private final long atNanos;
  private final Set<InetAddress> destinations = new LinkedHashSet<>();

  PeerAdvertisement(Arrival.Packet first, long atNanos) {
    this.first = first;
    this.atNanos = atNanos;
    destinations.add(first.destination());
  }

  InetAddress source() {
    return first.source();
  }

  Set<InetAddress> destinations() {
    return destinations;
  }

  /** Whether a packet that leaves now belongs to it. */
  boolean goesOnWith(Arrival.Packet packet, long nowNanos) {
    return nowNanos == atNanos
        && packet.priority() == first.priority()
        && !destinations.contains(packet.destination());
  }

  void add(Arrival.Packet packet) {
    destinations.add(packet.destination());
  }
}
