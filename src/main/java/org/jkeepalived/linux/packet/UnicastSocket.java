package org.jkeepalived.linux.packet;

import java.nio.ByteBuffer;
import java.util.OptionalLong;
import org.jkeepalived.linux.Errno;
import org.jkeepalived.linux.Libc;
import org.jkeepalived.linux.NativeFunction;
import org.jkeepalived.linux.NativeMemory;
import org.jkeepalived.linux.SystemCallException;

/**
 * Sends and receives whole IPv4 packets of one protocol that are for this machine alone; the kernel
 * finds the way of what is sent (raw(7)). Packets to multicast groups are left to others. Nothing
 * here waits.
 *
 * <p>As long as it is open, the kernel does not answer such packets with "protocol unreachable".
 */
public final class UnicastSocket implements AutoCloseable {

  /** The longest packet that is received whole, and may be sent. */
  public static final int MOST_BYTES = 2048;

  private static final NativeFunction SENDMSG = NativeFunction.ofLibc("sendmsg");
  private static final NativeFunction RECVMSG = NativeFunction.ofLibc("recvmsg");

  private static final int AF_INET = 2;
  private static final int SOCK_RAW = 3;
  private static final int IPPROTO_IP = 0;
  private static final int IP_HDRINCL = 3;
  private static final int IP_PKTINFO = 8;
  private static final int IP_MULTICAST_LOOP = 34;
  private static final int IP_MULTICAST_ALL = 49;
  private static final int SO_SNDBUF = 7;
  private static final int SO_RCVBUF = 8;
  private static final int SO_SNDBUFFORCE = 32;
  private static final int SO_RCVBUFFORCE = 33;
  private static final int SO_MEMINFO = 55;

  // nine unsigned numbers, sock_diag(7); the last one counts what found no room
  private static final int MEMORY_BYTES = 9 * Integer.BYTES;
  private static final int MEMORY_DROPS = 8 * Integer.BYTES;

  /**
   * Bounds, not memory that is used. What is sent to a neighbour that does not answer waits for it
   * for three seconds, and must not keep anything to the others waiting.
   */
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

  // struct sockaddr_in: family (2), port (2), address (4), zeros (8)
  private static final int ADDRESS_BYTES = 16;
  private static final int ADDRESS_ADDRESS = 4;

  // struct cmsghdr: length (8), level (4), type (4); struct in_pktinfo: link (4), local address
  // (4),
  // destination (4)
  private static final int CONTROL_BYTES = 32;
  private static final int CONTROL_LENGTH = 28;
  private static final int CONTROL_LEVEL = 8;
  private static final int CONTROL_TYPE = 12;
  private static final int CONTROL_LINK = 16;
  private static final int CONTROL_LOCAL = 20;

  private static final int IP_SOURCE = 12;
  private static final int IP_DESTINATION = 16;
  private static final int IP_HEADER_BYTES = 20;

  private final int fd;
  private final Message incoming = new Message();
  private final Message outgoing = new Message();
  private final byte[] packet = new byte[MOST_BYTES];
  private long received;
  private long sent;
  private long sendFailures;
  private long droppedBefore;
  private boolean closed;

  /** A message's structures, which point at each other. */
  private static final class Message {
    private final NativeMemory header = NativeMemory.allocate(MESSAGE_BYTES);
    private final NativeMemory part = NativeMemory.allocate(PART_BYTES);
    private final NativeMemory name = NativeMemory.allocate(ADDRESS_BYTES);
    private final NativeMemory control = NativeMemory.allocate(CONTROL_BYTES);
    private final NativeMemory payload = NativeMemory.allocate(MOST_BYTES);

    Message() {
      header.putAddress(0, name, 0);
      header.putAddress(MESSAGE_PARTS, part, 0);
      header.bytes().putLong(MESSAGE_PARTS_COUNT, 1);
      header.putAddress(MESSAGE_CONTROL, control, 0);
      part.putAddress(0, payload, 0);
      reset();
    }

    /** Undoes what the kernel writes over when it receives. */
    void reset() {
      header.bytes().putInt(MESSAGE_NAME_LENGTH, ADDRESS_BYTES);
      header.bytes().putLong(MESSAGE_CONTROL_LENGTH, CONTROL_BYTES);
      part.bytes().putLong(PART_LENGTH, MOST_BYTES);
    }
  }

  private UnicastSocket(int fd) {
    this.fd = fd;
    outgoing.name.bytes().putShort(0, (short) AF_INET);
    ByteBuffer control = outgoing.control.bytes();
    control.putLong(0, CONTROL_LENGTH);
    control.putInt(CONTROL_LEVEL, IPPROTO_IP);
    control.putInt(CONTROL_TYPE, IP_PKTINFO);
  }

  /**
   * Opens one.
   *
   * @param protocol the number of what IP carries, 1 to 254
   */
  public static UnicastSocket open(int protocol) throws SystemCallException {
    int fd =
        SystemCallException.check(
            "open raw socket for IP protocol " + protocol,
            Libc.socket(AF_INET, SOCK_RAW | Libc.O_CLOEXEC | Libc.O_NONBLOCK, protocol));
    try {
      configure(fd);
      return new UnicastSocket(fd);
    } catch (SystemCallException e) {
      Libc.close(fd);
      throw e;
    }
  }

  private static void configure(int fd) throws SystemCallException {
    // Links' ports hear multicast; the groups that this process joins for them would bring all of
    // it here once more. The option spares the kernel the filter, and not every kernel has it.
    SocketFilter.IPV4_UNICAST.attachTo(fd);
    Libc.setSocketOption(fd, IPPROTO_IP, IP_MULTICAST_ALL, 0);
    // what is for a group, on a tunnel, would come back to the port that hears there
    Libc.setSocketOption(fd, IPPROTO_IP, IP_MULTICAST_LOOP, 0);
    option(fd, "write IP headers", IPPROTO_IP, IP_HDRINCL, 1);
    option(fd, "learn the links", IPPROTO_IP, IP_PKTINFO, 1);
    makeRoom(fd, SO_RCVBUFFORCE, SO_RCVBUF, BUFFER_BYTES);
    makeRoom(fd, SO_SNDBUFFORCE, SO_SNDBUF, BUFFER_BYTES);
  }

  private static void option(int fd, String what, int level, int option, int value)
      throws SystemCallException {
    SystemCallException.check(
        what + " on a raw socket", Libc.setSocketOption(fd, level, option, value));
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
      incoming.reset();
      int length = incoming.header.lend(address -> RECVMSG.call(fd, address, 0));
      if (length == -Errno.EINTR) {
        continue;
      }
      if (length < 0) {
        return count;
      }
      received++;
      incoming.payload.bytes().get(0, packet, 0, length);
      handler.packet(link(), packet, length);
    }
    return most;
  }

  /** The link that the last message came through; 0 if the kernel did not say. */
  private int link() {
    ByteBuffer control = incoming.control.bytes();
    boolean told =
        incoming.header.bytes().getLong(MESSAGE_CONTROL_LENGTH) >= CONTROL_LENGTH
            && control.getInt(CONTROL_LEVEL) == IPPROTO_IP
            && control.getInt(CONTROL_TYPE) == IP_PKTINFO;
    return told ? control.getInt(CONTROL_LINK) : 0;
  }

  /**
   * Sends a packet to the destination in its IP header.
   *
   * @param linkIndex the link that it is to leave through
   * @param bytes the packet from the IP header on
   * @param length how many of the bytes, 20 to {@link #MOST_BYTES}
   * @return 0 when the kernel took it, or the number of its error
   */
  public int send(int linkIndex, byte[] bytes, int length) {
    if (length < IP_HEADER_BYTES || length > MOST_BYTES) {
      throw new IllegalArgumentException("a packet of " + length + " bytes");
    }
    if (closed) {
      return Errno.ENETDOWN;
    }
    outgoing.payload.bytes().put(0, bytes, 0, length);
    outgoing.part.bytes().putLong(PART_LENGTH, length);
    outgoing.name.bytes().put(ADDRESS_ADDRESS, bytes, IP_DESTINATION, Integer.BYTES);
    outgoing.control.bytes().putInt(CONTROL_LINK, linkIndex);
    // routes may depend on the source
    outgoing.control.bytes().put(CONTROL_LOCAL, bytes, IP_SOURCE, Integer.BYTES);
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
