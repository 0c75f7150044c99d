package org.jkeepalived.linux.packet;

import java.nio.ByteBuffer;
import org.jkeepalived.linux.Libc;
import org.jkeepalived.linux.SystemCallException;

/**
 * IPv6: the kernel keeps the header of what it hands over to itself, and tells of it (RFC 3542). It
 * is put together again, but for the traffic class and the flow label, which are 0.
 */
final class Ipv6Control implements FamilyControl {

  private static final int AF_INET6 = 10;
  private static final int IPPROTO_IPV6 = 41;
  private static final int IPV6_MULTICAST_LOOP = 19;
  private static final int IPV6_MULTICAST_ALL = 29;
  private static final int IPV6_HDRINCL = 36;
  private static final int IPV6_RECVPKTINFO = 49;
  private static final int IPV6_PKTINFO = 50;
  private static final int IPV6_RECVHOPLIMIT = 51;
  private static final int IPV6_HOPLIMIT = 52;

  // struct sockaddr_in6: family (2 bytes), port (2), flow (4), address (16), scope: the link (4)
  private static final int NAME_BYTES = 28;
  private static final int NAME_ADDRESS = 8;
  private static final int NAME_SCOPE = 24;

  // struct in6_pktinfo: address (16), link (4)
  private static final int INFO_BYTES = 20;
  private static final int INFO_LINK = 16;

  private static final int HEADER_BYTES = 40;
  private static final int PAYLOAD_LENGTH = 4;
  private static final int NEXT_HEADER = 6;
  private static final int HOP_LIMIT = 7;
  private static final int SOURCE = 8;
  private static final int DESTINATION = 24;
  private static final int ADDRESS_BYTES = 16;
  private static final byte VERSION = 0x60;
  private static final byte GROUP = (byte) 0xff;

  private final byte protocol;
  private int linkIndex;
  private int hopLimit;

  /** For packets that carry a protocol, of which this is the number. */
  Ipv6Control(int protocol) {
    this.protocol = (byte) protocol;
  }

  @Override
  public int number() {
    return AF_INET6;
  }

  @Override
  public String label() {
    return "IPv6";
  }

  @Override
  public int headerBytes() {
    return HEADER_BYTES;
  }

  @Override
  public SenderProgram.Layout layout() {
    return SenderProgram.Layout.IPV6;
  }

  @Override
  public void configure(int fd) throws SystemCallException {
    // Links' ports hear multicast; kernels before 4.20 do not know the option, and bring the groups
    // of this process here once more, where they are left out.
    Libc.setSocketOption(fd, IPPROTO_IPV6, IPV6_MULTICAST_ALL, 0);
    // what is for a group, on a tunnel, would come back to the port that hears there
    Libc.setSocketOption(fd, IPPROTO_IPV6, IPV6_MULTICAST_LOOP, 0);
    FamilyControl.need(fd, "write IPv6 headers", IPPROTO_IPV6, IPV6_HDRINCL);
    FamilyControl.need(fd, "learn the links", IPPROTO_IPV6, IPV6_RECVPKTINFO);
    FamilyControl.need(fd, "learn hop limits", IPPROTO_IPV6, IPV6_RECVHOPLIMIT);
  }

  @Override
  public SocketMessage incoming() {
    int room = FamilyControl.controlBytes(INFO_BYTES) + FamilyControl.controlBytes(Integer.BYTES);
    return new SocketMessage(NAME_BYTES, room, UnicastSocket.MOST_BYTES);
  }

  @Override
  public SocketMessage outgoing() {
    SocketMessage message =
        new SocketMessage(
            NAME_BYTES, FamilyControl.controlBytes(INFO_BYTES), UnicastSocket.MOST_BYTES);
    message.name().putShort(0, (short) AF_INET6);
    FamilyControl.putControl(message, IPPROTO_IPV6, IPV6_PKTINFO, INFO_BYTES);
    return message;
  }

  @Override
  public void address(SocketMessage message, int linkIndex, byte[] packet) {
    message.name().put(NAME_ADDRESS, packet, DESTINATION, ADDRESS_BYTES);
    // the same link-local address may be on each link
    message.name().putInt(NAME_SCOPE, linkIndex);
    message.control().put(CONTROL_DATA, packet, SOURCE, ADDRESS_BYTES);
    message.control().putInt(CONTROL_DATA + INFO_LINK, linkIndex);
  }

  @Override
  public int read(SocketMessage message, int length, byte[] packet) {
    if (!isTold(message, packet) || packet[DESTINATION] == GROUP) {
      return 0;
    }
    packet[0] = VERSION;
    packet[PAYLOAD_LENGTH] = (byte) (length >>> 8);
    packet[PAYLOAD_LENGTH + 1] = (byte) length;
    packet[NEXT_HEADER] = protocol;
    packet[HOP_LIMIT] = (byte) hopLimit;
    message.name().get(NAME_ADDRESS, packet, SOURCE, ADDRESS_BYTES);
    message.getPayload(length, packet, HEADER_BYTES);
    return HEADER_BYTES + length;
  }

  /** Whether the kernel has told all that it is asked for; the destination goes to the packet. */
  private boolean isTold(SocketMessage message, byte[] packet) {
    ByteBuffer control = message.control();
    int end = message.controlLength();
    boolean link = false;
    boolean hops = false;
    int at = 0;
    while (at + CONTROL_DATA <= end) {
      int data = (int) control.getLong(at) - CONTROL_DATA;
      if (data < 0 || control.getInt(at + CONTROL_LEVEL) != IPPROTO_IPV6) {
        break;
      }
      int type = control.getInt(at + CONTROL_TYPE);
      if (type == IPV6_PKTINFO && data >= INFO_BYTES) {
        control.get(at + CONTROL_DATA, packet, DESTINATION, ADDRESS_BYTES);
        linkIndex = control.getInt(at + CONTROL_DATA + INFO_LINK);
        link = true;
      } else if (type == IPV6_HOPLIMIT && data >= Integer.BYTES) {
        hopLimit = control.getInt(at + CONTROL_DATA);
        hops = true;
      }
      at += FamilyControl.controlBytes(data);
    }
    return link && hops;
  }

  @Override
  public int linkIndex() {
    return linkIndex;
  }
}
