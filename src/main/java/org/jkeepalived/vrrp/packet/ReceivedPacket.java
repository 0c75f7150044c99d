package org.jkeepalived.vrrp.packet;

import static org.jkeepalived.vrrp.packet.VrrpFormat.unsigned;
import static org.jkeepalived.vrrp.packet.VrrpFormat.unsigned16;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;

/**
 * A view of the bytes of one captured IPv4 packet. One object serves for all: {@link #read} points
 * it at the next packet. Its getters are only of use after {@code read} said {@link Shape#VRRP}.
 */
public final class ReceivedPacket {

  /** What {@link #read} found. */
  public enum Shape {
    /** An unfragmented IPv4 packet of protocol 112 with at least a VRRP header. */
    VRRP,
    /** Protocol 112, but cut off before the end of the VRRP header. */
    TRUNCATED,
    /** Something else. */
    OTHER
  }

  private byte[] bytes = new byte[0];
  private int ipAt;
  private int vrrpAt;
  private int vrrpLength;
  private int ipLength;

  /**
   * @param frame the array that holds the packet
   * @param ipOffset where its IP header starts
   * @param end one past its last byte
   */
  public Shape read(byte[] frame, int ipOffset, int end) {
    bytes = frame;
    ipAt = ipOffset;
    int captured = end - ipOffset;
    if (ipOffset < 0 || end > frame.length || captured < VrrpFormat.IP_HEADER_BYTES) {
      return Shape.OTHER;
    }
    int headerLength = (unsigned(frame, ipOffset) & 0x0f) * 4;
    boolean version4 = unsigned(frame, ipOffset) >>> 4 == 4;
    boolean fragment = (unsigned16(frame, ipOffset + 6) & 0x3fff) != 0;
    if (!version4
        || fragment
        || headerLength < VrrpFormat.IP_HEADER_BYTES
        || unsigned(frame, ipOffset + 9) != VrrpFormat.PROTOCOL_NUMBER) {
      return Shape.OTHER;
    }
    // Ethernet pads short frames: the IP header's own length counts, unless it lies.
    ipLength = Math.min(unsigned16(frame, ipOffset + 2), captured);
    vrrpAt = ipOffset + headerLength;
    vrrpLength = ipLength - headerLength;
    return vrrpLength < VrrpFormat.HEADER_BYTES ? Shape.TRUNCATED : Shape.VRRP;
  }

  /** The length of the whole packet with its IP header, in bytes. */
  public int ipLength() {
    return ipLength;
  }

  /** The IP header's length in bytes. */
  int ipHeaderLength() {
    return vrrpAt - ipAt;
  }

  /** The VRRP part's length in bytes. */
  int vrrpLength() {
    return vrrpLength;
  }

  public int timeToLive() {
    return unsigned(bytes, ipAt + 8);
  }

  /** The sender's address. */
  public InetAddress source() {
    return address(ipAt + 12);
  }

  /** Whether it was sent to {@code group}. */
  public boolean isTo(byte[] group) {
    return Arrays.equals(bytes, ipAt + 16, ipAt + 20, group, 0, group.length);
  }

  /** Whether it came from {@code address}. */
  public boolean isFrom(byte[] address) {
    return Arrays.equals(bytes, ipAt + 12, ipAt + 16, address, 0, address.length);
  }

  /** The destination, as a number that compares quickly. */
  public int destinationBits() {
    return unsigned16(bytes, ipAt + 16) << 16 | unsigned16(bytes, ipAt + 18);
  }

  public int version() {
    return unsigned(bytes, vrrpAt) >>> 4;
  }

  int type() {
    return unsigned(bytes, vrrpAt) & 0x0f;
  }

  public int virtualRouterId() {
    return unsigned(bytes, vrrpAt + VrrpFormat.VIRTUAL_ROUTER_ID);
  }

  public int priority() {
    return unsigned(bytes, vrrpAt + VrrpFormat.PRIORITY);
  }

  /** How many addresses it says that it lists, 0 to 255. */
  public int addressCount() {
    return unsigned(bytes, vrrpAt + VrrpFormat.ADDRESS_COUNT);
  }

  int authenticationType() {
    return unsigned(bytes, vrrpAt + VrrpFormat.AUTHENTICATION_TYPE);
  }

  /** The advertised interval: version 2's whole seconds, version 3's hundredths. */
  long intervalNanos() {
    return version() == 2
        ? unsigned(bytes, vrrpAt + VrrpFormat.INTERVAL_SECONDS) * VrrpFormat.SECOND_NANOS
        : (unsigned16(bytes, vrrpAt + VrrpFormat.INTERVAL_CENTIS) & 0x0fff)
            * VrrpFormat.CENTI_NANOS;
  }

  /** Whether the checksum is right, with or without version 3's pseudo header. */
  boolean isChecksumRight(boolean pseudoHeader) {
    int sum = VrrpFormat.sum(bytes, vrrpAt, vrrpLength);
    return VrrpFormat.checksum(
            pseudoHeader ? sum + VrrpFormat.pseudoHeaderSum(bytes, ipAt, vrrpLength) : sum)
        == 0;
  }

  /** Whether the authentication data are {@code password}, padded with zeros. */
  boolean hasPassword(byte[] password) {
    int at = vrrpAt + VrrpFormat.HEADER_BYTES + addressCount() * VrrpFormat.ADDRESS_BYTES;
    int difference = 0;
    for (int i = 0; i < VrrpFormat.AUTHENTICATION_BYTES; i++) {
      difference |= bytes[at + i] ^ (i < password.length ? password[i] : 0);
    }
    return difference == 0;
  }

  /** Whether {@code address} is in the list. */
  boolean lists(byte[] address) {
    int first = vrrpAt + VrrpFormat.ADDRESSES;
    int end = first + addressCount() * VrrpFormat.ADDRESS_BYTES;
    for (int at = first; at < end; at += VrrpFormat.ADDRESS_BYTES) {
      if (Arrays.equals(bytes, at, at + VrrpFormat.ADDRESS_BYTES, address, 0, address.length)) {
        return true;
      }
    }
    return false;
  }

  private InetAddress address(int at) {
    try {
      return InetAddress.getByAddress(Arrays.copyOfRange(bytes, at, at + 4));
    } catch (UnknownHostException impossible) {
      throw new IllegalStateException("four bytes are an address", impossible);
    }
  }
}
