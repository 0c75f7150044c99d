package org.jkeepalived.vrrp.transport;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.HexFormat;
import org.jkeepalived.model.AddressFamily;

/**
 * A view of one packet that came in: who sent it to whom over which link, and where its payload is.
 * It knows nothing of what the payload means. One object serves for all: {@link #readIpv4} points
 * it at the next packet; its getters are of use only after that said yes.
 */
public final class ReceivedDatagram {

  private byte[] bytes = new byte[0];
  private int linkIndex;
  private int at;
  private int payloadAt;
  private int payloadLength;

  /**
   * Points it at an IPv4 packet. Never throws, whatever is in it.
   *
   * @param link the kernel's number of the link that the packet came in through
   * @param packet the array that holds the packet; in front of it, from 0 on, the Ethernet header,
   *     if it came in a frame
   * @param offset where its IP header starts
   * @param end one past its last byte
   * @return whether it is one: an unfragmented packet with a whole header
   */
  public boolean readIpv4(int link, byte[] packet, int offset, int end) {
    if (offset < 0 || end > packet.length || end - offset < Ipv4Header.BYTES) {
      return false;
    }
    int headerLength = Ipv4Header.lengthOf(packet, offset);
    // Ethernet pads short frames: the header's own length counts, unless it lies.
    int length = Math.min(Ipv4Header.totalLength(packet, offset), end - offset);
    if (headerLength == 0 || length < headerLength) {
      return false;
    }
    bytes = packet;
    linkIndex = link;
    at = offset;
    payloadAt = offset + headerLength;
    payloadLength = length - headerLength;
    return true;
  }

  public AddressFamily family() {
    return AddressFamily.IPV4;
  }

  /** The kernel's number of the link that the packet came in through. */
  public int linkIndex() {
    return linkIndex;
  }

  /** The number of what the payload is, 0 to 255. */
  public int protocol() {
    return Ipv4Header.protocol(bytes, at);
  }

  /** How many more routers could have forwarded it, and one, 0 to 255. */
  public int hopLimit() {
    return Ipv4Header.timeToLive(bytes, at);
  }

  /** The sender's address; made anew by each call. */
  public InetAddress source() {
    return address(at + Ipv4Header.SOURCE);
  }

  /** Whether it came from {@code address}. */
  public boolean isFrom(byte[] address) {
    return isAt(at + Ipv4Header.SOURCE, address);
  }

  /**
   * Whether its source is in a network of its family.
   *
   * @param prefixLength how many bits of {@code network} count
   */
  public boolean isFromNetwork(byte[] network, int prefixLength) {
    int from = at + Ipv4Header.SOURCE;
    int whole = prefixLength / 8;
    for (int i = 0; i < whole; i++) {
      if (bytes[from + i] != network[i]) {
        return false;
      }
    }
    int rest = prefixLength % 8;
    return rest == 0 || ((bytes[from + whole] ^ network[whole]) & 0xff) >>> (8 - rest) == 0;
  }

  /** Whether its IP header is as it was sent. */
  public boolean isHeaderIntact() {
    return Ipv4Header.isChecksumRight(bytes, at, headerLength());
  }

  /** Whether no machine can have sent it from its source address. */
  public boolean isSourceMartian() {
    return Ipv4Header.isSourceMartian(bytes, at);
  }

  /**
   * Whether it came in an Ethernet frame, and not from the kernel, which looks at what it hears.
   */
  public boolean isFramed() {
    return at >= EthernetHeader.BYTES;
  }

  /** Whether the frame that it came in is for a group, or for all. */
  public boolean isFrameToGroup() {
    return EthernetHeader.isToGroup(bytes);
  }

  /** Whether the frame that it came in is for that hardware address. */
  public boolean isFrameTo(byte[] hardwareAddress) {
    return isInFrame(0, hardwareAddress);
  }

  /** Whether the frame that it came in is from that hardware address. */
  public boolean isFrameFrom(byte[] hardwareAddress) {
    return isFramed() && isInFrame(EthernetHeader.SOURCE, hardwareAddress);
  }

  /** The hardware address that the frame that it came in is from: {@code 02:00:00:00:01:00}. */
  public String frameSource() {
    return HexFormat.ofDelimiter(":")
        .formatHex(
            bytes, EthernetHeader.SOURCE, EthernetHeader.SOURCE + EthernetHeader.ADDRESS_BYTES);
  }

  private boolean isInFrame(int offset, byte[] hardwareAddress) {
    return Arrays.equals(
        bytes,
        offset,
        offset + EthernetHeader.ADDRESS_BYTES,
        hardwareAddress,
        0,
        hardwareAddress.length);
  }

  /** Whether it was sent to {@code address}. */
  public boolean isTo(byte[] address) {
    return isAt(at + Ipv4Header.DESTINATION, address);
  }

  /** Whether it was sent to a group, whichever. */
  public boolean isToGroup() {
    return BigEndian.u8(bytes, at + Ipv4Header.DESTINATION) >>> 4 == 0xe;
  }

  /** The sum of both addresses' 16-bit words, not yet folded ({@link InternetChecksum}). */
  public int addressSum() {
    return Ipv4Header.addressSum(bytes, at);
  }

  /** The sum of the source's 16-bit words, not yet folded. */
  public int sourceSum() {
    return InternetChecksum.sum(bytes, at + Ipv4Header.SOURCE, Ipv4Header.ADDRESS_BYTES);
  }

  /** The array that holds the payload, with other things around it. */
  public byte[] bytes() {
    return bytes;
  }

  /** Where in {@link #bytes} the payload starts. */
  public int payloadAt() {
    return payloadAt;
  }

  /** The payload's length in bytes. */
  public int payloadLength() {
    return payloadLength;
  }

  /** The length of the IP header before it, in bytes. */
  public int headerLength() {
    return payloadAt - at;
  }

  private boolean isAt(int offset, byte[] address) {
    return Arrays.equals(
        bytes, offset, offset + Ipv4Header.ADDRESS_BYTES, address, 0, address.length);
  }

  private InetAddress address(int offset) {
    try {
      return InetAddress.getByAddress(
          Arrays.copyOfRange(bytes, offset, offset + Ipv4Header.ADDRESS_BYTES));
    } catch (UnknownHostException impossible) {
      throw new IllegalStateException("four bytes are an address", impossible);
    }
  }
}
