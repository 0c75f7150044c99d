package org.jkeepalived.model;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Objects;

/**
 * How a virtual router speaks to peers, one by one, instead of to a group.
 *
 * @param peers {@code unicast_peer}, in the file's order; none for one that speaks to a group
 * @param hopLimit {@code unicast_ttl}: that of what it sends, 0 to 255
 * @param checkSource whether only peers are believed: {@code check_unicast_src}, {@code
 *     vrrp_check_unicast_src}, or a peer that bounds the hop limit
 * @param faultWithoutPeers {@code unicast_fault_no_peer}
 * @param mentioned whether the file says anything of unicast, even without peers
 * @param oldChecksum {@code old_unicast_checksum}
 */
public record Unicast(
    List<Peer> peers,
    int hopLimit,
    boolean checkSource,
    boolean faultWithoutPeers,
    boolean mentioned,
    OldChecksum oldChecksum) {

  /** The largest hop limit. */
  public static final int MOST_HOPS = 255;

  /** That of an instance that speaks to a group, and whose file says no word of unicast. */
  public static final Unicast NONE =
      new Unicast(List.of(), MOST_HOPS, false, false, false, OldChecksum.AUTO);

  /**
   * Version 3's checksum as keepalived made it before 1.3.7: of the group's address, although it
   * spoke to a peer.
   *
   * @param use when it is made and believed
   * @param group whose address that is: {@code vrrp_mcast_group4}
   */
  public record OldChecksum(Use use, InetAddress group) {

    /** When such a checksum is made and believed. */
    public enum Use {
      /** It is believed, and made for the peers that make it. */
      AUTO,
      /** {@code old_unicast_checksum}: it is made for all. */
      ALWAYS,
      /** {@code old_unicast_checksum never}: it is neither made nor believed. */
      NEVER
    }

    public static final OldChecksum AUTO = new OldChecksum(Use.AUTO, standardGroup());

    private static InetAddress standardGroup() {
      try {
        return InetAddress.getByAddress(new byte[] {(byte) 224, 0, 0, 18});
      } catch (UnknownHostException impossible) {
        throw new IllegalStateException("four bytes are an address", impossible);
      }
    }

    public OldChecksum {
      Objects.requireNonNull(use);
      Objects.requireNonNull(group);
    }
  }

  public Unicast {
    Objects.requireNonNull(oldChecksum);
    peers = List.copyOf(peers);
  }

  /**
   * One peer.
   *
   * @param minHopLimit {@code min_ttl}: the least that its packets may come with, 0 to 255
   * @param maxHopLimit {@code max_ttl}: the most, 0 to 255
   */
  public record Peer(InetAddress address, int minHopLimit, int maxHopLimit) {
    public Peer {
      Objects.requireNonNull(address);
    }

    /** One that may be any number of routers away. */
    public Peer(InetAddress address) {
      this(address, 0, MOST_HOPS);
    }
  }

  public Unicast peers(List<Peer> others) {
    return new Unicast(others, hopLimit, checkSource, faultWithoutPeers, mentioned, oldChecksum);
  }

  public Unicast hopLimit(int other) {
    return new Unicast(peers, other, checkSource, faultWithoutPeers, mentioned, oldChecksum);
  }

  public Unicast checkSource(boolean other) {
    return new Unicast(peers, hopLimit, other, faultWithoutPeers, mentioned, oldChecksum);
  }

  public Unicast faultWithoutPeers(boolean other) {
    return new Unicast(peers, hopLimit, checkSource, other, mentioned, oldChecksum);
  }

  public Unicast mentioned(boolean other) {
    return new Unicast(peers, hopLimit, checkSource, faultWithoutPeers, other, oldChecksum);
  }

  public Unicast oldChecksum(OldChecksum other) {
    return new Unicast(peers, hopLimit, checkSource, faultWithoutPeers, mentioned, other);
  }

  /** Whether an instance must not run because it has nobody to speak to. */
  public boolean isFault() {
    return faultWithoutPeers && peers.isEmpty();
  }

  /** Whether some peer is also one of {@code other}. */
  public boolean overlaps(Unicast other) {
    return peers.stream()
        .anyMatch(
            peer -> other.peers.stream().anyMatch(their -> their.address.equals(peer.address)));
  }
}
