package org.jkeepalived.linux.socket;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.OptionalInt;
import org.jkeepalived.linux.Errno;
import org.jkeepalived.linux.Libc;
import org.jkeepalived.linux.NativeFunction;
import org.jkeepalived.linux.NativeMemory;
import org.jkeepalived.linux.SystemCallException;
import org.jkeepalived.model.AddressFamily;

/**
 * Speaks with one peer: by TCP, or in datagrams of UDP, or in the echoes of ICMP and ICMPv6. What
 * others send does not arrive, and what routers tell of the peer of datagrams comes as an error of
 * the next call. Nothing here waits; lives on one thread.
 */
public final class PeerSocket implements StreamSocket {

  private static final NativeFunction SETSOCKOPT = NativeFunction.ofLibc("setsockopt");
  private static final NativeFunction GETSOCKOPT = NativeFunction.ofLibc("getsockopt");
  private static final NativeFunction BIND = NativeFunction.ofLibc("bind");
  private static final NativeFunction SHUTDOWN = NativeFunction.ofLibc("shutdown");
  private static final NativeFunction CONNECT = NativeFunction.ofLibc("connect");
  private static final NativeFunction RECV = NativeFunction.ofLibc("recv");
  private static final NativeFunction NAME_TO_INDEX = NativeFunction.ofLibc("if_nametoindex");
  private static final NativeFunction IOCTL = NativeFunction.ofLibc("ioctl");

  private static final int SOCK_STREAM = 1;
  private static final int SOCK_DGRAM = 2;
  private static final int SOCK_RAW = 3;
  private static final int IPPROTO_ICMP = 1;
  private static final int IPPROTO_TCP = 6;
  private static final int IPPROTO_UDP = 17;
  private static final int IPPROTO_ICMPV6 = 58;
  private static final int SHUT_WR = 1;
  private static final int SO_REUSEADDR = 2;
  private static final int SO_ERROR = 4;
  private static final int SO_BINDTODEVICE = 25;
  private static final int SO_MARK = 36;
  private static final int SOL_IP = 0;
  private static final int IP_RECVERR = 11;
  private static final int SOL_IPV6 = 41;
  private static final int IPV6_RECVERR = 25;
  private static final int SOL_RAW = 255;
  private static final int ICMP_FILTER = 1;
  private static final int ICMPV6_FILTER = 1;
  private static final int ICMPV6_FILTER_BYTES = 32;
  private static final int ECHO_REPLY_6 = 129;
  private static final int SIOCOUTQ = 0x5411;
  private static final int WORD_BYTES = 4;

  /** What is exchanged. */
  public enum Kind {
    /** A stream of bytes. */
    TCP,
    UDP,
    /**
     * Whole ICMP messages, their checksum the kernel's. The kernel gives each such socket an
     * identifier and writes it over that of what is sent, where it lets this process have one
     * ({@code ping_group_range}, icmp(7)).
     */
    ECHO
  }

  private final int fd;

  /** Whether what arrives begins with an IPv4 header. */
  private final boolean headed;

  private final NativeMemory buffer;
  private int link;
  private boolean closed;

  private PeerSocket(int fd, boolean headed, NativeMemory buffer) {
    this.fd = fd;
    this.headed = headed;
    this.buffer = buffer;
  }

  /**
   * Opens one, neither bound nor connected.
   *
   * <p>Where {@code ping_group_range} gives this process no socket for echoes, as on most machines,
   * it is a raw one, for which CAP_NET_RAW is needed; keepalived widens that range for the whole
   * machine instead.
   *
   * @param buffer for what is sent and received, at least 64 bytes; it may be shared by sockets of
   *     one thread
   */
  public static PeerSocket open(Kind kind, AddressFamily family, NativeMemory buffer)
      throws SystemCallException {
    boolean six = family == AddressFamily.IPV6;
    int domain = six ? SocketAddressBytes.AF_INET6 : SocketAddressBytes.AF_INET;
    int type = kind == Kind.TCP ? SOCK_STREAM : SOCK_DGRAM;
    int protocol = protocol(kind, six);
    int fd = socket(domain, type, protocol);
    boolean raw = kind == Kind.ECHO && fd == -Errno.EACCES;
    if (raw) {
      fd = socket(domain, SOCK_RAW, protocol);
    }
    SystemCallException.check("open socket", fd);
    PeerSocket socket = new PeerSocket(fd, raw && !six, buffer);
    try {
      if (kind != Kind.TCP) {
        socket.option(
            "learn of errors", six ? SOL_IPV6 : SOL_IP, six ? IPV6_RECVERR : IP_RECVERR, 1);
      }
      if (raw) {
        socket.hearEchoesOnly(six);
      }
      return socket;
    } catch (SystemCallException e) {
      socket.close();
      throw e;
    }
  }

  /**
   * The connection of TCP that somebody else has begun.
   *
   * @param fd what {@link TcpListener#accept} returned; closed with this object
   * @param buffer as in {@link #open}
   */
  public static PeerSocket accepted(int fd, NativeMemory buffer) {
    return new PeerSocket(fd, false, buffer);
  }

  private static int protocol(Kind kind, boolean six) {
    return switch (kind) {
      case TCP -> IPPROTO_TCP;
      case UDP -> IPPROTO_UDP;
      case ECHO -> six ? IPPROTO_ICMPV6 : IPPROTO_ICMP;
    };
  }

  private static int socket(int domain, int type, int protocol) {
    return Libc.socket(domain, type | Libc.O_CLOEXEC | Libc.O_NONBLOCK, protocol);
  }

  private void hearEchoesOnly(boolean six) throws SystemCallException {
    if (!six) {
      // a bit that is set keeps a type away; an echo's reply has type 0
      option("hear echoes only", SOL_RAW, ICMP_FILTER, ~1);
      return;
    }
    NativeMemory filter = NativeMemory.allocate(ICMPV6_FILTER_BYTES);
    for (int at = 0; at < ICMPV6_FILTER_BYTES; at += WORD_BYTES) {
      filter.bytes().putInt(at, -1);
    }
    filter.bytes().putInt(ECHO_REPLY_6 / 32 * WORD_BYTES, ~(1 << ECHO_REPLY_6 % 32));
    SystemCallException.check(
        "hear echoes only", Libc.setSocketOption(fd, IPPROTO_ICMPV6, ICMPV6_FILTER, filter));
  }

  private void option(String what, int level, int option, int value) throws SystemCallException {
    buffer.bytes().putInt(0, value);
    SystemCallException.check(
        what, buffer.lend(at -> SETSOCKOPT.call(fd, level, option, at, Integer.BYTES)));
  }

  /** Has all that it sends carry a mark, 1 to 2³²−1. */
  public void mark(long mark) throws SystemCallException {
    option("cannot set fwmark " + mark, Libc.SOL_SOCKET, SO_MARK, (int) mark);
  }

  /** Sends and receives through one link only. */
  public void bindTo(String link) throws SystemCallException {
    NativeMemory name = NativeMemory.ofString(link);
    SystemCallException.check(
        "cannot bind to interface " + link,
        Libc.setSocketOption(fd, Libc.SOL_SOCKET, SO_BINDTODEVICE, name));
    this.link = Math.max(0, name.lend(NAME_TO_INDEX::call));
  }

  /**
   * Speaks from an address of this machine.
   *
   * @param port 0 to 65535, 0 for any
   */
  public void bind(InetAddress address, int port) throws SystemCallException {
    String what = "cannot speak from " + address.getHostAddress() + ":" + port;
    // what spoke before may have had the same port, and have left it in TIME_WAIT
    option(what, Libc.SOL_SOCKET, SO_REUSEADDR, 1);
    int length = SocketAddressBytes.write(buffer, address, port, link);
    SystemCallException.check(what, buffer.lend(at -> BIND.call(fd, at, length)));
  }

  /**
   * Names the peer.
   *
   * @return 0, or the number of the kernel's error: with TCP, EINPROGRESS until the peer has
   *     answered
   */
  public int connect(InetAddress address, int port) {
    int length = SocketAddressBytes.write(buffer, address, port, link);
    int result = buffer.lend(at -> CONNECT.call(fd, at, length));
    return result < 0 ? -result : 0;
  }

  /**
   * What has become of a connection of TCP, once it can be written to.
   *
   * @return 0 if it is open, or the number of the kernel's error
   */
  public int takeError() {
    buffer.bytes().putInt(Integer.BYTES, Integer.BYTES);
    int result =
        buffer.lend(at -> GETSOCKOPT.call(fd, Libc.SOL_SOCKET, SO_ERROR, at, at + Integer.BYTES));
    return result < 0 ? -result : buffer.bytes().getInt(0);
  }

  /** By TCP: a FIN. */
  @Override
  public int endSending() {
    int result = SHUTDOWN.call(fd, SHUT_WR);
    return result < 0 ? -result : 0;
  }

  /** By TCP. */
  @Override
  public int sendSome(byte[] bytes, int from) {
    int length = Math.min(bytes.length - from, buffer.length());
    buffer.bytes().put(0, bytes, from, length);
    int result;
    do {
      result = Libc.send(fd, buffer, length, Libc.MSG_NOSIGNAL);
    } while (result == -Errno.EINTR);
    return result;
  }

  /**
   * Reads what has arrived by TCP; {@link #heard} has it.
   *
   * @return as {@link #passOver}
   */
  public int read() {
    return receiveWith(0);
  }

  /**
   * What {@link #read} has read; the next call of anything here writes over it.
   *
   * @param length what it returned
   */
  public ByteBuffer heard(int length) {
    return buffer.bytes().slice(0, length);
  }

  /** By TCP. */
  @Override
  public int passOver() {
    return receiveWith(Libc.MSG_TRUNC);
  }

  private int receiveWith(int flags) {
    int result;
    do {
      result = buffer.lend(at -> RECV.call(fd, at, buffer.length(), flags));
    } while (result == -Errno.EINTR);
    return result;
  }

  /** There is something to read, or an error. */
  @Override
  public int fd() {
    return fd;
  }

  /**
   * Sends.
   *
   * @return 0, or the number of the kernel's error
   */
  public int send(byte[] payload) {
    NativeMemory memory =
        payload.length > buffer.length() ? NativeMemory.allocate(payload.length) : buffer;
    memory.bytes().put(0, payload);
    int result;
    do {
      result = Libc.send(fd, memory, payload.length, 0);
    } while (result == -Errno.EINTR);
    return result < 0 ? -result : 0;
  }

  /**
   * What has come of the last call of {@link #receive}.
   *
   * @param length of the whole datagram
   * @param begin its first bytes
   * @param error the number of the kernel's error; empty for a datagram
   */
  public record Arrival(int length, byte[] begin, OptionalInt error) {}

  /**
   * Takes what has arrived.
   *
   * @param most how many of its bytes are wanted
   * @return with the error EAGAIN where nothing has
   */
  public Arrival receive(int most) {
    int result = receiveWith(Libc.MSG_TRUNC);
    if (result < 0) {
      return new Arrival(0, new byte[0], OptionalInt.of(-result));
    }
    int header = headed ? Math.min(result, (buffer.bytes().get(0) & 0xF) * WORD_BYTES) : 0;
    int there = Math.min(result, buffer.length()) - header;
    byte[] begin = new byte[Math.max(0, Math.min(there, most))];
    buffer.bytes().get(header, begin);
    return new Arrival(result - header, begin, OptionalInt.empty());
  }

  /**
   * Whether something that was sent has not left this machine, as long as the peer's link-layer
   * address is not known. No where the kernel does not tell: of sockets for pings.
   */
  public boolean isHeldBack() {
    NativeMemory waiting = NativeMemory.allocate(Integer.BYTES);
    int result = waiting.lend(at -> IOCTL.call(fd, SIOCOUTQ, at));
    return result == 0 && waiting.bytes().getInt(0) > 0;
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      Libc.close(fd);
    }
  }
}
