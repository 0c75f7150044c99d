package org.jkeepalived.vrrp.transport;

import java.net.InetAddress;

/**
 * Where one sender's payloads go: a group on a link, or a peer. It keeps the headers that stand
 * before them, built once; only what differs from one packet to the next is written when one is
 * sent.
 */
public sealed interface Endpoint permits MulticastEndpoint, UnicastEndpoint {

  /** The kernel's number of the link that packets leave through. */
  int linkIndex();

  /** Whom they are for. */
  InetAddress destination();

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
