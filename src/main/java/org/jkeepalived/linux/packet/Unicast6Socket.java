package org.jkeepalived.linux.packet;

import java.nio.ByteBuffer;
import java.util.OptionalLong;
import org.jkeepalived.linux.Errno;
import org.jkeepalived.linux.Libc;
import org.jkeepalived.linux.NativeFunction;
import org.jkeepalived.linux.NativeMemory;
import org.jkeepalived.linux.SystemCallException;

/**
 * Sends and receives whole IPv6 packets of one protocol that are for this machine alone; the kernel
 * finds the way of what is sent. Packets to multicast groups are left to others. Nothing here
 * waits.
 *
 * <p>The kernel keeps the header of what it hands over to itself, and tells of it: it is put
 * together again, but for the traffic class and the flow label, which are 0. As long as the socket
 * is open, the kernel does not answer such packets with "unrecognised next header".
 */
public final class Unicast6Socket implements AutoCloseable {

  /** The longest packet that is received whole, and may be sent. */
  public static final int MOST_BYTES = UnicastSocket.MOST_BYTES;

  private static final NativeFunction SENDMSG = NativeFunction.ofLibc("sendmsg");
  private static final NativeFunction RECVMSG = NativeFunction.ofLibc("recvmsg");

  private static final int AF_INET6 = 10;
  private static final int SOCK_RAW = 3;
  private static final int IPPROTO_IPV6 = 41;
  private static final int IPV6_MULTICAST_ALL = 29;
  private static final int IPV6_HDRINCL = 36;
  private static final int IPV6_RECVPKTINFO = 49;
  private static final int IPV6_PKTINFO = 50;
  private static final int IPV6_RECVHOPLIMIT = 51;
  private static final int IPV6_HOPLIMIT = 52;
  private static final int SO_SNDBUF = 7;
  private static final int SO_RCVBUF = 8;
  private static final int SO_SNDBUFFORCE = 32;
  private static final int SO_RCVBUFFORCE = 33;
  private static final int SO_MEMINFO = 55;

  // nine unsigned numbers, sock_diag(7); the last one counts what found no room
  private static final int MEMORY_BYTES = 9 * Integer.BYTES;
  private static final int MEMORY_DROPS = 8 * Integer.BYTES;
  private static final int BUFFER_BYTES = 16 * 1024 * 1024;

  // struct msghdr: name (8 bytes), its length (4), padding (4), parts (8), their number (8),
  // control (8), its length (8), flags (4), padding (4)
  private static final int MESSAGE_BYTES = 56;
  private static final int MESSAGE_NAME_LENGTH = 8;
  private static final int MESSAGE_PARTS = 16;
  private static final int MESSAGE_PARTS_COUNT = 24;
  private static final int MESSAGE_CONTROL = 32;
  private static final int MESSAGE_CONTROL_LENGTH = 40;

  // struct iovec: base (8), length (8)
  private static final int PART_BYTES = 16;
  private static final int PART_LENGTH = 8;

  // struct sockaddr_in6: family (2), port (2), flow (4), address (16), scope: the link (4)
  private static final int NAME_BYTES = 28;
  private static final int NAME_ADDRESS = 8;
  private static final int NAME_SCOPE = 24;

  // struct cmsghdr: length (8), level (4), type (4); struct in6_pktinfo: address (16), link (4)
  private static final int CONTROL_BYTES = 96;
  private static final int CONTROL_LEVEL = 8;
  private static final int CONTROL_TYPE = 12;
  private static final int CONTROL_DATA = 16;
  private static final int INFO_LINK = 16;
  private static final int INFO_BYTES = 20;
  private static final int ALIGNMENT = 8;

  private static final int HEADER_BYTES = 40;
  private static final int PAYLOAD_LENGTH = 4;
  private static final int NEXT_HEADER = 6;
  private static final int HOP_LIMIT = 7;
  private static final int SOURCE = 8;
  private static final int DESTINATION = 24;
  private static final int ADDRESS_BYTES = 16;
  private static final int GROUP = 0xff;

  private final int fd;
  private final Message incoming = new Message();
  private final Message outgoing = new Message();
  private final byte[] packet = new byte[HEADER_BYTES + MOST_BYTES];
  private int linkIndex;
  private long received;
  private long sent;
  private long sendFailures;
  private long droppedBefore;
  private boolean closed;

  /** A message's structures, which point at each other. */
  private static final class Message {
    private final NativeMemory header = NativeMemory.allocate(MESSAGE_BYTES);
    private final NativeMemory part = NativeMemory.allocate(PART_BYTES);
    private final NativeMemory name = NativeMemory.allocate(NAME_BYTES);
    private final NativeMemory control = NativeMemory.allocate(CONTROL_BYTES);
    private final NativeMemory payload = NativeMemory.allocate(MOST_BYTES);

    Message() {
      header.putAddress(0, name, 0);
      header.putAddress(MESSAGE_PARTS, part, 0);
      header.bytes().putLong(MESSAGE_PARTS_COUNT, 1);
      header.putAddress(MESSAGE_CONTROL, control, 0);
      part.putAddress(0, payload, 0);
      reset(CONTROL_BYTES);
    }

    /** Undoes what the kernel writes over when it receives. */
    void reset(int controlBytes) {
      header.bytes().putInt(MESSAGE_NAME_LENGTH, NAME_BYTES);
      header.bytes().putLong(MESSAGE_CONTROL_LENGTH, controlBytes);
      part.bytes().putLong(PART_LENGTH, MOST_BYTES);
    }
  }

  private Unicast6Socket(int fd, int protocol) {
    this.fd = fd;
    packet[0] = 0x60;
    packet[NEXT_HEADER] = (byte) protocol;
    outgoing.reset(aligned(CONTROL_DATA + INFO_BYTES));
    outgoing.name.bytes().putShort(0, (short) AF_INET6);
    ByteBuffer control = outgoing.control.bytes();
    control.putLong(0, CONTROL_DATA + INFO_BYTES);
    control.putInt(CONTROL_LEVEL, IPPROTO_IPV6);
    control.putInt(CONTROL_TYPE, IPV6_PKTINFO);
  }

  private static int aligned(int length) {
    return (length + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
  }

  /**
   * Opens one.
   *
   * @param protocol the number of what IP carries, 1 to 254
   */
  public static Unicast6Socket open(int protocol) throws SystemCallException {
    int fd =
        SystemCallException.check(
            "open raw socket for IPv6 protocol " + protocol,
            Libc.socket(AF_INET6, SOCK_RAW | Libc.O_CLOEXEC | Libc.O_NONBLOCK, protocol));
    try {
      configure(fd);
      return new Unicast6Socket(fd, protocol);
    } catch (SystemCallException e) {
      Libc.close(fd);
      throw e;
    }
  }

  private static void configure(int fd) throws SystemCallException {
    // Links' ports hear multicast; kernels before 4.20 do not know the option, and bring the groups
    // of this process here once more, where they are left out.
    Libc.setSocketOption(fd, IPPROTO_IPV6, IPV6_MULTICAST_ALL, 0);
    option(fd, "write IPv6 headers", IPV6_HDRINCL);
    option(fd, "learn the links", IPV6_RECVPKTINFO);
    option(fd, "learn hop limits", IPV6_RECVHOPLIMIT);
    makeRoom(fd, SO_RCVBUFFORCE, SO_RCVBUF, BUFFER_BYTES);
    makeRoom(fd, SO_SNDBUFFORCE, SO_SNDBUF, BUFFER_BYTES);
  }

  private static void option(int fd, String what, int option) throws SystemCallException {
    SystemCallException.check(
        what + " on a raw socket", Libc.setSocketOption(fd, IPPROTO_IPV6, option, 1));
  }

  /** Less than that without the right to it. */
  private static void makeRoom(int fd, int force, int ask, int bytes) {
    if (Libc.setSocketOption(fd, Libc.SOL_SOCKET, force, bytes) < 0) {
      Libc.setSocketOption(fd, Libc.SOL_SOCKET, ask, bytes);
    }
  }

  /**
   * Sets how much may have arrived and not been read.
   *
   * @param bytes as setsockopt(2) takes them; empty for as much as it has by itself
   */
  public void makeRoom(OptionalLong bytes) {
    int room = (int) Math.min(Integer.MAX_VALUE / 2, bytes.orElse(BUFFER_BYTES));
    makeRoom(fd, SO_RCVBUFFORCE, SO_RCVBUF, room);
  }

  /** For {@link org.jkeepalived.linux.Poller#add}, with {@link #drain} as the callback. */
  public int fd() {
    return fd;
  }

  /**
   * Hands over what has arrived. Does not wait.
   *
   * @param most how many packets to read at most
   * @return how many were read; less than {@code most} means that there are no more
   */
  public int drain(PacketHandler handler, int most) {
    for (int count = 0; count < most; count++) {
      if (closed) {
        return count;
      }
      incoming.reset(CONTROL_BYTES);
      int length = incoming.header.lend(address -> RECVMSG.call(fd, address, 0));
      if (length == -Errno.EINTR) {
        continue;
      }
      if (length < 0) {
        return count;
      }
      if (rebuild(Math.min(length, MOST_BYTES)) && (packet[DESTINATION] & 0xff) != GROUP) {
        received++;
        handler.packet(linkIndex, packet, HEADER_BYTES + length);
      }
    }
    return most;
  }

  /** Puts header and payload together; whether the kernel has told all that stands in it. */
  private boolean rebuild(int length) {
    packet[PAYLOAD_LENGTH] = (byte) (length >>> 8);
    packet[PAYLOAD_LENGTH + 1] = (byte) length;
    incoming.name.bytes().get(NAME_ADDRESS, packet, SOURCE, ADDRESS_BYTES);
    incoming.payload.bytes().get(0, packet, HEADER_BYTES, length);
    ByteBuffer control = incoming.control.bytes();
    long end = Math.min(CONTROL_BYTES, incoming.header.bytes().getLong(MESSAGE_CONTROL_LENGTH));
    boolean link = false;
    boolean hops = false;
    int at = 0;
    while (at + CONTROL_DATA <= end) {
      int size = (int) control.getLong(at);
      if (size < CONTROL_DATA || control.getInt(at + CONTROL_LEVEL) != IPPROTO_IPV6) {
        break;
      }
      int type = control.getInt(at + CONTROL_TYPE);
      if (type == IPV6_PKTINFO && size >= CONTROL_DATA + INFO_BYTES) {
        control.get(at + CONTROL_DATA, packet, DESTINATION, ADDRESS_BYTES);
        linkIndex = control.getInt(at + CONTROL_DATA + INFO_LINK);
        link = true;
      } else if (type == IPV6_HOPLIMIT && size >= CONTROL_DATA + Integer.BYTES) {
        packet[HOP_LIMIT] = (byte) control.getInt(at + CONTROL_DATA);
        hops = true;
      }
      at += aligned(size);
    }
    return link && hops;
  }

  /**
   * Sends a packet to the destination in its IPv6 header.
   *
   * @param link the link that it is to leave through
   * @param bytes the packet from the IPv6 header on
   * @param length how many of the bytes, 40 to {@link #MOST_BYTES}
   * @return 0 when the kernel took it, or the number of its error
   */
  public int send(int link, byte[] bytes, int length) {
    if (length < HEADER_BYTES || length > MOST_BYTES) {
      throw new IllegalArgumentException("a packet of " + length + " bytes");
    }
    if (closed) {
      return Errno.ENETDOWN;
    }
    outgoing.payload.bytes().put(0, bytes, 0, length);
    outgoing.part.bytes().putLong(PART_LENGTH, length);
    outgoing.name.bytes().put(NAME_ADDRESS, bytes, DESTINATION, ADDRESS_BYTES);
    // the same link-local address may be on each link
    outgoing.name.bytes().putInt(NAME_SCOPE, link);
    outgoing.control.bytes().put(CONTROL_DATA, bytes, SOURCE, ADDRESS_BYTES);
    outgoing.control.bytes().putInt(CONTROL_DATA + INFO_LINK, link);
    int result;
    do {
      result = outgoing.header.lend(address -> SENDMSG.call(fd, address, 0));
    } while (result == -Errno.EINTR);
    if (result < 0) {
      sendFailures++;
      return -result;
    }
    sent++;
    return 0;
  }

  /** Packets that were handed over. */
  public long received() {
    return received;
  }

  /** Packets that the kernel took. */
  public long sent() {
    return sent;
  }

  /** Packets that the kernel did not take. */
  public long sendFailures() {
    return sendFailures;
  }

  /** Packets that found no room; 0 before Linux 4.12, which does not tell. */
  public long dropped() {
    return droppedEver() - droppedBefore;
  }

  private long droppedEver() {
    NativeMemory memory = NativeMemory.allocate(MEMORY_BYTES);
    boolean told = !closed && Libc.getSocketOption(fd, Libc.SOL_SOCKET, SO_MEMINFO, memory) == 0;
    return told ? Integer.toUnsignedLong(memory.bytes().getInt(MEMORY_DROPS)) : droppedBefore;
  }

  /** Counts from zero from now on. */
  public void clearCounts() {
    droppedBefore = droppedEver();
    received = 0;
    sent = 0;
    sendFailures = 0;
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      Libc.close(fd);
    }
  }
}
