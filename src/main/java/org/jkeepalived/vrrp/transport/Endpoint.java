package org.jkeepalived.vrrp.transport;

import java.net.InetAddress;
import org.jkeepalived.model.AddressFamily;

/**
 * Where one sender's payloads go: a group on a link, or a peer. It keeps the headers that stand
 * before them, built once; only what differs from one packet to the next is written when one is
 * sent.
 */
public sealed interface Endpoint permits AuthenticatedEndpoint, IpEndpoint {

  /**
   * A group on an Ethernet link.
   *
   * @param linkIndex the kernel's number of the link
   * @param hardwareAddress the link's own, 6 bytes
   * @param source the address that packets come from, of the group's family
   * @param protocol the number of what is sent, 0 to 255
   */
  static Endpoint toGroup(
      int linkIndex, byte[] hardwareAddress, InetAddress source, InetAddress group, int protocol) {
    return IpEndpoint.toGroup(linkIndex, hardwareAddress, source, group, protocol);
  }

  /**
   * A peer.
   *
   * @param linkIndex the kernel's number of the link that packets are to leave through
   * @param source the address that they come from, of the peer's family
   * @param protocol the number of what is sent, 0 to 255
   * @param hopLimit how many routers may forward them, and one, 0 to 255
   */
  static Endpoint toPeer(
      int linkIndex, InetAddress source, InetAddress peer, int protocol, int hopLimit) {
    return IpEndpoint.toPeer(linkIndex, source, peer, protocol, hopLimit);
  }

  /** The kernel's number of the link that packets leave through. */
  int linkIndex();

  /** Whom they are for. */
  InetAddress destination();

  /** That of the source's and the destination's addresses. */
  AddressFamily family();

  /**
   * Whether it is a group's, and wraps a payload into an Ethernet frame; else it is a peer's, and
   * wraps it into an IP packet, which the kernel finds the way of.
   */
  boolean isGroup();

  /**
   * The sum of the source's and the destination's 16-bit words, not yet folded, for the checksum of
   * a payload that covers both ({@link InternetChecksum}).
   */
  int addressSum();

  /**
   * Puts headers and payload together.
   *
   * @param length of the payload in bytes
   * @param packet takes them from its beginning on: for a group a whole Ethernet frame, for a peer
   *     an IP packet
   * @return how many bytes of {@code packet} are to be sent
   */
  int wrap(byte[] payload, int length, byte[] packet);
}
