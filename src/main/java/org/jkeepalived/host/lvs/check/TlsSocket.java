package org.jkeepalived.host.lvs.check;

import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.ChannelException;
import io.netty.channel.ChannelOption;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.socket.SocketProtocolFamily;
import io.netty.channel.unix.IntegerUnixChannelOption;
import io.netty.channel.unix.RawUnixChannelOption;
import io.netty.channel.unix.UnixChannel;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jkeepalived.model.AddressFamily;
import org.jkeepalived.model.lvs.CheckConnection;

/** A socket of Netty's as a check wants it, and what goes wrong with such. */
final class TlsSocket {

  private static final int SOL_SOCKET = 1;
  private static final int SO_BINDTODEVICE = 25;
  private static final int SO_MARK = 36;
  private static final int IFNAMSIZ = 16;

  /** What is read at once; more than that a hostile server does not cost. */
  private static final int READ_BYTES = 8_192;

  /** Netty's words for an error of the kernel: {@code connect(..) failed with error(-111): WHY}. */
  private static final Pattern KERNELS_WORDS =
      Pattern.compile("failed(?: with error\\(-?[0-9]+\\))?: ([^:/]+)");

  private static final String ADDRESS_NOT_AVAILABLE = "99";

  private static final Pattern KERNELS_NUMBER =
      Pattern.compile("failed with error\\(-?([0-9]+)\\)");

  private static final Set<String> OWN_LACKS =
      Set.of("12", "23", "24", "105"); // ENOMEM, ENFILE, EMFILE, ENOBUFS

  /** Buffers live for one step: no arena is kept for them. */
  private static final ByteBufAllocator ALLOCATOR = new UnpooledByteBufAllocator(true, true);

  private TlsSocket() {}

  /**
   * Makes a socket of TCP, neither bound nor connected.
   *
   * @throws ChannelException the kernel refuses it, or one of its options
   */
  static UnixChannel open(CheckConnection connection) {
    boolean six = connection.target().family() == AddressFamily.IPV6;
    EpollSocketChannel channel =
        new EpollSocketChannel(six ? SocketProtocolFamily.INET6 : SocketProtocolFamily.INET);
    try {
      channel.config().setAllocator(ALLOCATOR);
      channel.config().setRecvByteBufAllocator(new FixedRecvByteBufAllocator(READ_BYTES));
      // whoever asks has a timer of its own
      channel.config().setConnectTimeoutMillis(0);
      // the check before this one may have left its port in TIME_WAIT
      channel.config().setOption(ChannelOption.SO_REUSEADDR, true);
      if (connection.mark() != 0) {
        set(
            channel,
            new IntegerUnixChannelOption("SO_MARK", SOL_SOCKET, SO_MARK),
            (int) connection.mark(),
            "cannot set fwmark " + connection.mark());
      }
      if (connection.link().isPresent()) {
        String link = connection.link().get();
        set(
            channel,
            new RawUnixChannelOption("SO_BINDTODEVICE", SOL_SOCKET, SO_BINDTODEVICE, IFNAMSIZ),
            nameOf(link),
            "cannot bind to interface " + link);
      }
      return channel;
    } catch (ChannelException e) {
      channel.unsafe().closeForcibly();
      throw e;
    }
  }

  private static <T> void set(
      UnixChannel channel, ChannelOption<T> option, T value, String failure) {
    try {
      channel.config().setOption(option, value);
    } catch (ChannelException e) {
      throw new ChannelException(failure + ": " + reason(e), e);
    }
  }

  private static ByteBuffer nameOf(String link) {
    byte[] name = link.getBytes(StandardCharsets.UTF_8);
    ByteBuffer field = ByteBuffer.allocate(IFNAMSIZ);
    field.put(name, 0, Math.min(name.length, IFNAMSIZ - 1));
    return field.rewind();
  }

  static SocketAddress target(CheckConnection connection) {
    return new InetSocketAddress(connection.target().address(), connection.target().port());
  }

  /** From where it speaks; empty where the kernel may choose. */
  static Optional<SocketAddress> source(CheckConnection connection) {
    if (connection.source().isEmpty() && connection.sourcePort() == 0) {
      return Optional.empty();
    }
    return Optional.of(
        new InetSocketAddress(ConnectionWords.sourceAddress(connection), connection.sourcePort()));
  }

  /** Whether it is this machine that has no descriptor or memory left, whatever the server does. */
  static boolean isOwnLack(Throwable failure) {
    Matcher number = KERNELS_NUMBER.matcher(message(failure));
    return number.find()
        && (OWN_LACKS.contains(number.group(1))
            // of a bind it is the configuration that is wrong
            || number.group(1).equals(ADDRESS_NOT_AVAILABLE)
                && message(failure).startsWith("connect"));
  }

  /** Why a connection was not opened, in a line. */
  static String connectFailure(Throwable failure, CheckConnection connection) {
    String reason = reason(failure);
    return message(failure).startsWith("bind")
        ? "cannot speak from "
            + source(connection).map(Object::toString).orElse("").replace("/", "")
            + ": "
            + reason
        : reason;
  }

  /** What has gone wrong, in the kernel's words where they are its, in a line. */
  static String reason(Throwable failure) {
    if (failure instanceof NoRouteToHostException) {
      // Netty has no words for it
      return "no route to host";
    }
    String message = message(failure);
    Matcher kernels = KERNELS_WORDS.matcher(message);
    return ConnectionWords.sentence(kernels.find() ? kernels.group(1).strip() : message);
  }

  private static String message(Throwable failure) {
    String message = failure.getMessage();
    return message == null || message.isBlank()
        ? failure.getClass().getSimpleName()
        : message.replace('\n', ' ');
  }
}
