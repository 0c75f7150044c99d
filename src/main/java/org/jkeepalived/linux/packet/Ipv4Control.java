package org.jkeepalived.linux.packet;

import java.nio.ByteBuffer;
import org.jkeepalived.linux.Libc;
import org.jkeepalived.linux.SystemCallException;

/** IPv4: the kernel hands over whole packets (raw(7)), and says which link they came through. */
final class Ipv4Control implements FamilyControl {

  private static final int AF_INET = 2;
  private static final int IPPROTO_IP = 0;
  private static final int IP_HDRINCL = 3;
  private static final int IP_PKTINFO = 8;
  private static final int IP_MULTICAST_LOOP = 34;
  private static final int IP_MULTICAST_ALL = 49;

  // struct sockaddr_in: family (2 bytes), port (2), address (4), zeros (8)
  private static final int NAME_BYTES = 16;
  private static final int NAME_ADDRESS = 4;

  // struct in_pktinfo: link (4), local address (4), destination (4)
  private static final int INFO_BYTES = 12;
  private static final int INFO_LINK = CONTROL_DATA;
  private static final int INFO_LOCAL = CONTROL_DATA + 4;

  private static final int HEADER_BYTES = 20;
  private static final int SOURCE = 12;
  private static final int DESTINATION = 16;

  private int linkIndex;

  @Override
  public int number() {
    return AF_INET;
  }

  @Override
  public String label() {
    return "IP";
  }

  @Override
  public int headerBytes() {
    return HEADER_BYTES;
  }

  @Override
  public SenderProgram.Layout layout() {
    return SenderProgram.Layout.IPV4;
  }

  @Override
  public void configure(int fd) throws SystemCallException {
    // Links' ports hear multicast; the groups that this process joins for them would bring all of
    // it here once more. The option spares the kernel the filter, and not every kernel has it.
    SocketFilter.IPV4_UNICAST.attachTo(fd);
    Libc.setSocketOption(fd, IPPROTO_IP, IP_MULTICAST_ALL, 0);
    // what is for a group, on a tunnel, would come back to the port that hears there
    Libc.setSocketOption(fd, IPPROTO_IP, IP_MULTICAST_LOOP, 0);
    FamilyControl.need(fd, "write IP headers", IPPROTO_IP, IP_HDRINCL);
    FamilyControl.need(fd, "learn the links", IPPROTO_IP, IP_PKTINFO);
  }

  @Override
  public SocketMessage incoming() {
    return new SocketMessage(
        NAME_BYTES, FamilyControl.controlBytes(INFO_BYTES), UnicastSocket.MOST_BYTES);
  }

  @Override
  public SocketMessage outgoing() {
    SocketMessage message = incoming();
    message.name().putShort(0, (short) AF_INET);
    FamilyControl.putControl(message, IPPROTO_IP, IP_PKTINFO, INFO_BYTES);
    return message;
  }

  @Override
  public void address(SocketMessage message, int linkIndex, byte[] packet) {
    message.name().put(NAME_ADDRESS, packet, DESTINATION, Integer.BYTES);
    message.control().putInt(INFO_LINK, linkIndex);
    // routes may depend on the source
    message.control().put(INFO_LOCAL, packet, SOURCE, Integer.BYTES);
  }

  @Override
  public int read(SocketMessage message, int length, byte[] packet) {
    ByteBuffer control = message.control();
    boolean told =
        message.controlLength() >= CONTROL_DATA + INFO_BYTES
            && control.getInt(CONTROL_LEVEL) == IPPROTO_IP
            && control.getInt(CONTROL_TYPE) == IP_PKTINFO;
    linkIndex = told ? control.getInt(INFO_LINK) : 0;
    message.getPayload(length, packet, 0);
    return length;
  }

  @Override
  public int linkIndex() {
    return linkIndex;
  }
}
