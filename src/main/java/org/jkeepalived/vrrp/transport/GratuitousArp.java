package org.jkeepalived.vrrp.transport;

import java.net.InetAddress;
import java.nio.ByteBuffer;

/**
 * The announcement that an IPv4 address is at a hardware address (RFC 826, RFC 5227 section 3).
 *
 * <pre>
 *  0  Ethernet: destination, broadcast (6) | source (6) | type 0x0806 (2)
 * 14  hardware type 1 (2) | protocol type 0x0800 (2) | lengths 6 and 4 (2) | operation (2)
 * 22  sender: hardware address (6), the address announced (4)
 * 32  target: hardware address (6), the address announced (4)
 * </pre>
 *
 * COMPAT: keepalived 2.2.7 sends a request, not a reply, with the target's hardware address
 * broadcast, and 42 bytes without padding (captured).
 */
public final class GratuitousArp {

  /** The length of every such frame. */
  public static final int LENGTH = 42;

  private static final int OPERATION_REQUEST = 1;
  private static final int HARDWARE_ADDRESS_BYTES = 6;
  private static final byte[] BROADCAST = {-1, -1, -1, -1, -1, -1};

  private GratuitousArp() {}

  /**
   * @param source the link's hardware address, 6 bytes
   * @param address the IPv4 address that is there
   */
  public static byte[] encode(byte[] source, InetAddress address) {
    byte[] ip = address.getAddress();
    if (source.length != HARDWARE_ADDRESS_BYTES || ip.length != 4) {
      throw new IllegalArgumentException("only IPv4 over Ethernet is announced by ARP");
    }
    return ByteBuffer.allocate(LENGTH)
        .put(BROADCAST)
        .put(source)
        .putShort((short) 0x0806)
        .putShort((short) 1)
        .putShort((short) 0x0800)
        .put((byte) HARDWARE_ADDRESS_BYTES)
        .put((byte) 4)
        .putShort((short) OPERATION_REQUEST)
        .put(source)
        .put(ip)
        .put(BROADCAST)
        .put(ip)
        .array();
  }
}
