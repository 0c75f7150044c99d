package org.jkeepalived.sim;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import org.jkeepalived.model.AddressFamily;
import org.jkeepalived.vrrp.transport.BigEndian;
import org.jkeepalived.vrrp.transport.InternetChecksum;

/**
 * A packet in a node's receive queue.
 *
 * @param from the node that sent it; {@link #STRANGER} for a machine of no cluster
 * @param packet with the Ethernet header if it came for a group, without if it came for a peer
 * @param damaged a bit was flipped on the way
 */
record Arrival(int segment, int from, Packet packet, boolean damaged) {

  static final int STRANGER = -2;

  /** A machine that is a copy of the one that hears it, down to its address. */
  static final int COPY = -3;

  /**
   * An advertisement on its way.
   *
   * @param ipAt where its IP header starts
   */
  record Packet(byte[] bytes, int ipAt) {

    private static final int ETHERNET_BYTES = 14;
    private static final int IP_BYTES = 20;
    private static final int IP6_BYTES = 40;
    private static final int HOP_LIMIT = 8;
    private static final int HOP_LIMIT_6 = 7;
    private static final int CHECKSUM = 10;
    private static final int SOURCE = 12;
    private static final int SOURCE_6 = 8;
    private static final int PRIORITY = 2;
    private static final int FIRST_ADDRESS = 8;

    static Packet toGroup(byte[] frame) {
      return new Packet(frame, ETHERNET_BYTES);
    }

    static Packet toPeer(byte[] packet) {
      return new Packet(packet, 0);
    }

    boolean isToPeer() {
      return ipAt == 0;
    }

    AddressFamily family() {
      return bytes[ipAt] >>> 4 == 6 ? AddressFamily.IPV6 : AddressFamily.IPV4;
    }

    private boolean isIpv6() {
      return family() == AddressFamily.IPV6;
    }

    int vrrpAt() {
      return ipAt + (isIpv6() ? IP6_BYTES : IP_BYTES);
    }

    /** The index of the virtual router whose addresses it names. */
    int router() {
      int last = vrrpAt() + FIRST_ADDRESS + family().bytes() - 1;
      return (bytes[last - 1] & 0xff) - ScenarioDice.FIRST_VIRTUAL_NET;
    }

    int priority() {
      return bytes[vrrpAt() + PRIORITY] & 0xff;
    }

    int hopLimit() {
      return bytes[hopLimitAt()] & 0xff;
    }

    private int hopLimitAt() {
      return ipAt + (isIpv6() ? HOP_LIMIT_6 : HOP_LIMIT);
    }

    /** The same behind so many routers. */
    Packet forwarded(int hops) {
      byte[] copy = bytes.clone();
      copy[hopLimitAt()] -= (byte) hops;
      if (isIpv6()) {
        return new Packet(copy, ipAt);
      }
      BigEndian.put16(copy, ipAt + CHECKSUM, 0);
      int sum = InternetChecksum.sum(copy, ipAt, IP_BYTES);
      BigEndian.put16(copy, ipAt + CHECKSUM, InternetChecksum.of(sum));
      return new Packet(copy, ipAt);
    }

    InetAddress source() {
      return address(sourceAt());
    }

    InetAddress destination() {
      return address(sourceAt() + family().bytes());
    }

    private int sourceAt() {
      return ipAt + (isIpv6() ? SOURCE_6 : SOURCE);
    }

    private InetAddress address(int at) {
      try {
        return InetAddress.getByAddress(Arrays.copyOfRange(bytes, at, at + family().bytes()));
      } catch (UnknownHostException impossible) {
        throw new IllegalStateException(impossible);
      }
    }
  }

  /** The index of the virtual router that it belongs to; -1 when damage hides that. */
  int router() {
    return damaged ? -1 : packet.router();
  }

  int priority() {
    return packet.priority();
  }

  /** What version 3 says of the sender's interval. */
  long intervalNanosV3() {
    byte[] bytes = packet.bytes();
    int at = packet.vrrpAt() + 4;
    return ((bytes[at] & 0x0f) << 8 | bytes[at + 1] & 0xff) * 10_000_000L;
  }
}
