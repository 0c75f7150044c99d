package org.jkeepalived.lab;

import java.net.Inet6Address;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jkeepalived.model.NumericAddress;

/**
 * A VRRP advertisement over IPv4, version 2 or 3, or over IPv6, version 3 (RFC 3768 and RFC 9568,
 * section 5).
 *
 * @param length of the VRRP packet without its IP header, in bytes
 * @param authType version 2 only; 0 in version 3
 * @param intervalCentis hundredths of a second between advertisements
 * @param checksumValid whether the sum over the packet (version 3: and the pseudo-header) is right
 */
record Advertisement(
    long timeNanos,
    String sourceMac,
    String destinationMac,
    String source,
    String destination,
    int ttl,
    int version,
    int vrid,
    int priority,
    int authType,
    int intervalCentis,
    List<String> addresses,
    int length,
    boolean checksumValid)
    implements Frame {

  private static final int IP = 14;
  private static final int PROTOCOL = 112;

  Advertisement {
    addresses = List.copyOf(addresses);
  }

  /** Whether the frame is long enough, and VRRP. */
  static boolean matches(byte[] frame) {
    return frame.length >= IP + 20 + 8 && frame[IP] >> 4 == 4 && frame[IP + 9] == PROTOCOL;
  }

  /** Whether the frame is long enough, and VRRP over IPv6. */
  static boolean matches6(byte[] frame) {
    return frame.length >= IP + 40 + 8 && frame[IP] >> 4 == 6 && frame[IP + 6] == PROTOCOL;
  }

  static Advertisement decode6(long timeNanos, byte[] frame) {
    ByteBuffer bytes = ByteBuffer.wrap(frame);
    int start = IP + 40;
    int end = Math.min(frame.length, start + (bytes.getShort(IP + 4) & 0xffff));
    int count = frame[start + 3] & 0xff;
    List<String> addresses = new ArrayList<>();
    for (int i = 0; i < count && start + 8 + 16 * i + 16 <= end; i++) {
      addresses.add(address6(frame, start + 8 + 16 * i));
    }
    return new Advertisement(
        timeNanos,
        Frame.mac(frame, 6),
        Frame.mac(frame, 0),
        address6(frame, IP + 8),
        address6(frame, IP + 24),
        frame[IP + 7] & 0xff,
        (frame[start] & 0xf0) >> 4,
        frame[start + 1] & 0xff,
        frame[start + 2] & 0xff,
        0,
        bytes.getShort(start + 4) & 0xfff,
        addresses,
        end - start,
        folded(
                PROTOCOL
                    + (end - start)
                    + sumOf(Arrays.copyOfRange(frame, IP + 8, IP + 40))
                    + sumOf(Arrays.copyOfRange(frame, start, end)))
            == 0);
  }

  static String address6(byte[] bytes, int offset) {
    try {
      return NumericAddress.of(
          Inet6Address.getByAddress(null, Arrays.copyOfRange(bytes, offset, offset + 16), -1));
    } catch (UnknownHostException impossible) {
      throw new AssertionError(impossible);
    }
  }

  static Advertisement decode(long timeNanos, byte[] frame) {
    ByteBuffer bytes = ByteBuffer.wrap(frame);
    int start = IP + (frame[IP] & 15) * 4;
    int end = Math.min(frame.length, IP + (bytes.getShort(IP + 2) & 0xffff));
    int version = (frame[start] & 0xf0) >> 4;
    int count = frame[start + 3] & 0xff;
    List<String> addresses = new ArrayList<>();
    for (int i = 0; i < count && start + 8 + 4 * i + 4 <= end; i++) {
      addresses.add(address(frame, start + 8 + 4 * i));
    }
    boolean second = version == 2;
    return new Advertisement(
        timeNanos,
        Frame.mac(frame, 6),
        Frame.mac(frame, 0),
        address(frame, IP + 12),
        address(frame, IP + 16),
        frame[IP + 8] & 0xff,
        version,
        frame[start + 1] & 0xff,
        frame[start + 2] & 0xff,
        second ? frame[start + 4] & 0xff : 0,
        second ? (frame[start + 5] & 0xff) * 100 : bytes.getShort(start + 4) & 0xfff,
        addresses,
        end - start,
        checksum(frame, start, end, !second) == 0);
  }

  static String address(byte[] bytes, int offset) {
    return (bytes[offset] & 0xff)
        + "."
        + (bytes[offset + 1] & 0xff)
        + "."
        + (bytes[offset + 2] & 0xff)
        + "."
        + (bytes[offset + 3] & 0xff);
  }

  /** The Internet checksum (RFC 1071) over a packet that carries its own: 0 when it is right. */
  private static int checksum(byte[] frame, int start, int end, boolean pseudoHeader) {
    long sum = 0;
    if (pseudoHeader) {
      sum += PROTOCOL + (end - start);
      sum += sumOf(Arrays.copyOfRange(frame, IP + 12, IP + 20));
    }
    sum += sumOf(Arrays.copyOfRange(frame, start, end));
    return folded(sum);
  }

  private static int folded(long unfolded) {
    long sum = unfolded;
    while (sum >> 16 != 0) {
      sum = (sum & 0xffff) + (sum >> 16);
    }
    return (int) (~sum & 0xffff);
  }

  private static long sumOf(byte[] bytes) {
    long sum = 0;
    for (int i = 0; i < bytes.length; i++) {
      sum += (long) (bytes[i] & 0xff) << (i % 2 == 0 ? 8 : 0);
    }
    return sum;
  }
}
