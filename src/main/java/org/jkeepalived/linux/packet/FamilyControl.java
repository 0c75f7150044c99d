package org.jkeepalived.linux.packet;

import org.jkeepalived.linux.Libc;
import org.jkeepalived.linux.SystemCallException;

/**
 * What raw sockets of one family differ in: their options, their addresses, and what the kernel
 * says and is told beside a packet. Each belongs to one socket, and allocates nothing per packet.
 */
sealed interface FamilyControl permits Ipv4Control, Ipv6Control {

  // struct cmsghdr: length (8 bytes), level (4), type (4); then its data, and up to 7 bytes more
  int CONTROL_LEVEL = 8;
  int CONTROL_TYPE = 12;
  int CONTROL_DATA = 16;
  int CONTROL_ALIGNMENT = 8;

  /** The family's number (socket(2)). */
  int number();

  /** What a person calls the family. */
  String label();

  /** The length of the shortest header. */
  int headerBytes();

  /** Where packets have their addresses, for a filter. */
  SenderProgram.Layout layout();

  /** Sets a socket's options. */
  void configure(int fd) throws SystemCallException;

  /** Room for what is received. */
  SocketMessage incoming();

  /** Room for what is sent, with all in it that stays the same from one packet to the next. */
  SocketMessage outgoing();

  /**
   * Writes where a packet is to go.
   *
   * @param linkIndex the link that it is to leave through
   * @param packet from the IP header on
   */
  void address(SocketMessage message, int linkIndex, byte[] packet);

  /**
   * Puts together what was received.
   *
   * @param length how many bytes the kernel gave
   * @param packet takes the packet from the IP header on
   * @return the packet's length; 0 when it is not for this machine alone, or not known to be
   */
  int read(SocketMessage message, int length, byte[] packet);

  /** The link that the packet came through that was read last; 0 if the kernel did not say. */
  int linkIndex();

  /** How much room control data takes. */
  static int controlBytes(int dataBytes) {
    int length = CONTROL_DATA + dataBytes;
    return (length + CONTROL_ALIGNMENT - 1) / CONTROL_ALIGNMENT * CONTROL_ALIGNMENT;
  }

  /** Writes the head of the first control message. */
  static void putControl(SocketMessage message, int level, int type, int dataBytes) {
    message.control().putLong(0, CONTROL_DATA + (long) dataBytes);
    message.control().putInt(CONTROL_LEVEL, level);
    message.control().putInt(CONTROL_TYPE, type);
  }

  /** Switches an option on that is needed. */
  static void need(int fd, String what, int level, int option) throws SystemCallException {
    SystemCallException.check(
        what + " on a raw socket", Libc.setSocketOption(fd, level, option, 1));
  }
}
