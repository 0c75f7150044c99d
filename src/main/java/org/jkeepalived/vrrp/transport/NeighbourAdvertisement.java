package org.jkeepalived.vrrp.transport;

import java.net.InetAddress;

/**
 * The announcement that an IPv6 address is at a hardware address, to all nodes of the link (RFC
 * 4861 sections 4.4 and 7.2.6): IPv6's gratuitous ARP.
 *
 * <pre>
 *  0  Ethernet: destination 33:33:00:00:00:01 (6) | source (6) | type 0x86dd (2)
 * 14  IPv6 header: source, the address announced; destination ff02::1; hop limit 255
 * 54  type 136, code 0 (2) | checksum (2) | router, solicited, override (3 bits), 0 (29 bits)
 * 62  target: the address announced (16)
 * 78  option 2, target's hardware address: type (1) | length in units of 8 bytes, 1 (1) | address (6)
 * </pre>
 *
 * COMPAT: keepalived 2.2.7 sends it from the address that it announces, without a traffic class,
 * and says that it is a router where the link forwards IPv6 (captured).
 */
public final class NeighbourAdvertisement {

  /** The length of every such frame. */
  public static final int LENGTH = 86;

  private static final int PROTOCOL_ICMPV6 = 58;
  private static final int HOP_LIMIT = 255;
  private static final int TYPE_NEIGHBOUR_ADVERTISEMENT = 136;
  private static final int FLAG_ROUTER = 0x80;
  private static final int FLAG_OVERRIDE = 0x20;
  private static final int OPTION_TARGET_HARDWARE_ADDRESS = 2;

  private static final int MESSAGE = EthernetHeader.BYTES + Ipv6Header.BYTES;
  private static final int CHECKSUM = MESSAGE + 2;
  private static final int FLAGS = MESSAGE + 4;
  private static final int TARGET = MESSAGE + 8;
  private static final int OPTION = TARGET + Ipv6Header.ADDRESS_BYTES;
  private static final int MESSAGE_BYTES = LENGTH - MESSAGE;

  private NeighbourAdvertisement() {}

  /** Makes one that is never sent, so that the first takeover loads no class for it. */
  public static void rehearse() {
    encode(new byte[EthernetHeader.ADDRESS_BYTES], new byte[Ipv6Header.ADDRESS_BYTES], false);
  }

  /**
   * @param source the link's hardware address, 6 bytes
   * @param address the IPv6 address that is there
   * @param router whether the link forwards what is for others
   */
  public static byte[] encode(byte[] source, InetAddress address, boolean router) {
    return encode(source, address.getAddress(), router);
  }

  private static byte[] encode(byte[] source, byte[] ip, boolean router) {
    if (source.length != EthernetHeader.ADDRESS_BYTES || ip.length != Ipv6Header.ADDRESS_BYTES) {
      throw new IllegalArgumentException("only IPv6 over Ethernet has neighbour advertisements");
    }
    byte[] frame = new byte[LENGTH];
    byte[] allNodes = allNodes();
    EthernetHeader.write(
        frame, EthernetHeader.ofGroup6(allNodes), source, EthernetHeader.TYPE_IPV6);
    Ipv6Header.write(frame, EthernetHeader.BYTES, ip, allNodes, PROTOCOL_ICMPV6, HOP_LIMIT);
    Ipv6Header.complete(frame, EthernetHeader.BYTES, MESSAGE_BYTES);
    frame[MESSAGE] = (byte) TYPE_NEIGHBOUR_ADVERTISEMENT;
    frame[FLAGS] = (byte) (FLAG_OVERRIDE | (router ? FLAG_ROUTER : 0));
    System.arraycopy(ip, 0, frame, TARGET, ip.length);
    frame[OPTION] = OPTION_TARGET_HARDWARE_ADDRESS;
    frame[OPTION + 1] = 1;
    System.arraycopy(source, 0, frame, OPTION + 2, source.length);
    BigEndian.put16(frame, CHECKSUM, checksum(frame));
    return frame;
  }

  /** ff02::1. */
  private static byte[] allNodes() {
    byte[] group = new byte[Ipv6Header.ADDRESS_BYTES];
    group[0] = (byte) 0xff;
    group[1] = 0x02;
    group[group.length - 1] = 0x01;
    return group;
  }

  /** RFC 4443 section 2.3: over the message and the pseudo header. */
  private static int checksum(byte[] frame) {
    return InternetChecksum.of(
        Ipv6Header.addressSum(frame, EthernetHeader.BYTES)
            + PROTOCOL_ICMPV6
            + MESSAGE_BYTES
            + InternetChecksum.sum(frame, MESSAGE, MESSAGE_BYTES));
  }
}
