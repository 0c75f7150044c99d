package org.jkeepalived.linux.packet;

import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongToIntFunction;
import org.jkeepalived.linux.Errno;
import org.jkeepalived.linux.Libc;
import org.jkeepalived.linux.NativeFunction;
import org.jkeepalived.linux.SystemCallException;

/**
 * Sends and receives whole IP packets of one protocol that are for this machine alone; the kernel
 * finds the way of what is sent. Packets to multicast groups are left to others. Nothing here
 * waits, and nothing is allocated for a packet.
 *
 * <p>As long as it is open, the kernel does not answer such packets with "protocol unreachable", or
 * IPv6's "unrecognised next header".
 */
public final class UnicastSocket implements AutoCloseable {

  /** The longest packet that is received whole (of IPv6: behind its header), and may be sent. */
  public static final int MOST_BYTES = 2048;

  private static final NativeFunction SENDMSG = NativeFunction.ofLibc("sendmsg");
  private static final NativeFunction RECVMSG = NativeFunction.ofLibc("recvmsg");

  private static final int SOCK_RAW = 3;
  private static final int SO_SNDBUF = 7;
  private static final int SO_RCVBUF = 8;
  private static final int SO_SNDBUFFORCE = 32;
  private static final int SO_RCVBUFFORCE = 33;

  /**
   * Bounds, not memory that is used. What is sent to a neighbour that does not answer waits for it
   * for three seconds, and must not keep anything to the others waiting.
   */
  private static final int BUFFER_BYTES = 16 * 1024 * 1024;

  private final int fd;
  private final int protocol;
  private final FamilyControl family;
  private final SocketMessage incoming;
  private final SocketMessage outgoing;
  private final LongToIntFunction receiveInto;
  private final LongToIntFunction sendFrom;
  private final byte[] packet;
  private long received;
  private long sent;
  private long sendFailures;
  private long droppedBefore;
  private SenderRules rules = SenderRules.NONE;
  private Optional<ArrivalCount> arrivals = Optional.empty();
  private long refused;
  private long refusedBefore;
  private long heardBefore;
  private boolean closed;

  private UnicastSocket(int fd, int protocol, FamilyControl family) {
    this.fd = fd;
    this.protocol = protocol;
    this.family = family;
    incoming = family.incoming();
    outgoing = family.outgoing();
    receiveInto = message -> RECVMSG.call(fd, message, 0);
    sendFrom = message -> SENDMSG.call(fd, message, 0);
    packet = new byte[family.headerBytes() + MOST_BYTES];
  }

  /**
   * Opens one for IPv4.
   *
   * @param protocol the number of what IP carries, 1 to 254
   */
  public static UnicastSocket open(int protocol) throws SystemCallException {
    return open(protocol, new Ipv4Control());
  }

  /**
   * Opens one for IPv6.
   *
   * @param protocol the number of what IP carries, 1 to 254
   */
  public static UnicastSocket open6(int protocol) throws SystemCallException {
    return open(protocol, new Ipv6Control(protocol));
  }

  private static UnicastSocket open(int protocol, FamilyControl family) throws SystemCallException {
    int fd = socket(protocol, family);
    try {
      family.configure(fd);
      makeRoom(fd, SO_RCVBUFFORCE, SO_RCVBUF, BUFFER_BYTES);
      makeRoom(fd, SO_SNDBUFFORCE, SO_SNDBUF, BUFFER_BYTES);
      return new UnicastSocket(fd, protocol, family);
    } catch (SystemCallException e) {
      Libc.close(fd);
      throw e;
    }
  }

  private static int socket(int protocol, FamilyControl family) throws SystemCallException {
    return SystemCallException.check(
        "open raw socket for " + family.label() + " protocol " + protocol,
        Libc.socket(family.number(), SOCK_RAW | Libc.O_CLOEXEC | Libc.O_NONBLOCK, protocol));
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

  /**
   * Leaves what others send in the kernel, and counts it, from now on. Where the kernel does not
   * take the rules, all is handed over, and nothing is counted.
   *
   * @throws SystemCallException when it is not counted, for want of another socket
   */
  public void admit(SenderRules senders) throws SystemCallException {
    if (closed || senders.equals(rules)) {
      return;
    }
    rules = senders;
    if (senders.isRestricted() && attach(SenderProgram.heard(family.layout(), senders))) {
      countArrivals();
    } else {
      attach(SenderProgram.heard(family.layout(), SenderRules.NONE));
      endCount();
    }
  }

  private void countArrivals() throws SystemCallException {
    if (arrivals.isEmpty()) {
      int another = socket(protocol, family);
      try {
        family.configure(another);
      } catch (SystemCallException e) {
        Libc.close(another);
        throw e;
      }
      refusedBefore = refused;
      heardBefore = received + droppedEver();
      arrivals = Optional.of(new ArrivalCount(another));
    }
  }

  private void endCount() {
    refused();
    arrivals.ifPresent(ArrivalCount::close);
    arrivals = Optional.empty();
  }

  /** Whether the kernel has taken it. */
  private boolean attach(Optional<SocketFilter> filter) {
    if (filter.isEmpty()) {
      return false;
    }
    try {
      filter.get().attachTo(fd);
      return true;
    } catch (SystemCallException e) {
      // the kernel bounds the memory of a socket's filter (net.core.optmem_max)
      return false;
    }
  }

  /**
   * Packets that were left in the kernel because of who sent them: those that arrived and were
   * neither handed over nor lost. Never too many; as long as something waits to be read, those that
   * were known of before.
   */
  public long refused() {
    if (arrivals.isPresent()) {
      long arrived = arrivals.get().get();
      if (SocketMemory.of(fd).waitingBytes() == 0) {
        long heard = received + droppedEver() - heardBefore;
        refused = Math.max(refused, refusedBefore + arrived - heard);
      }
    }
    return refused;
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
      int length = incoming.header().lend(receiveInto);
      if (length == -Errno.EINTR) {
        continue;
      }
      if (length < 0) {
        return count;
      }
      int whole = family.read(incoming, length, packet);
      if (whole > 0) {
        received++;
        handler.packet(family.linkIndex(), packet, whole);
      }
    }
    return most;
  }

  /**
   * Sends a packet to the destination in its IP header.
   *
   * @param linkIndex the link that it is to leave through
   * @param bytes the packet from the IP header on
   * @param length how many of the bytes: the header's at least, {@link #MOST_BYTES} at most
   * @return 0 when the kernel took it, or the number of its error
   */
  public int send(int linkIndex, byte[] bytes, int length) {
    if (length < family.headerBytes() || length > MOST_BYTES) {
      throw new IllegalArgumentException("a packet of " + length + " bytes");
    }
    if (closed) {
      return Errno.ENETDOWN;
    }
    outgoing.putPayload(bytes, length);
    family.address(outgoing, linkIndex, bytes);
    int result;
    do {
      result = outgoing.header().lend(sendFrom);
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
    return closed ? droppedBefore : Integer.toUnsignedLong(SocketMemory.of(fd).drops());
  }

  /** Counts from zero from now on. */
  public void clearCounts() {
    droppedBefore = droppedEver();
    received = 0;
    sent = 0;
    sendFailures = 0;
    arrivals.ifPresent(ArrivalCount::clear);
    heardBefore = droppedBefore;
    refused = 0;
    refusedBefore = 0;
  }

  @Override
  public void close() {
    if (!closed) {
      endCount();
      closed = true;
      Libc.close(fd);
    }
  }
}
