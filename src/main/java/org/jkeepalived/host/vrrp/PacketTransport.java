package org.jkeepalived.host.vrrp;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jkeepalived.linux.Remedy;
import org.jkeepalived.linux.SystemCallException;
import org.jkeepalived.linux.packet.PacketHandler;
import org.jkeepalived.linux.packet.UnicastSocket;
import org.jkeepalived.loop.EventLoop;
import org.jkeepalived.model.AddressFamily;
import org.jkeepalived.status.Sockets;
import org.jkeepalived.status.Traffic;
import org.jkeepalived.vrrp.packet.VrrpFormat;
import org.jkeepalived.vrrp.transport.AuthenticationHeader;
import org.jkeepalived.vrrp.transport.DatagramSender;
import org.jkeepalived.vrrp.transport.DatagramSender.Network;
import org.jkeepalived.vrrp.transport.Endpoint;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How payloads leave this machine, and how those of peers come in: what is for a group goes through
 * the port of its link, what is for a peer through one socket for all. Lives on the VRRP thread.
 */
final class PacketTransport implements DatagramSender, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(PacketTransport.class);
  private static final int PACKETS_AT_ONCE = 256;

  private final LinkPortSet ports;
  private final Optional<UnicastSocket> unicast;
  private final Optional<String> unicastProblem;

  /** Hears what has an authentication header; what is sent leaves through the other one. */
  private Optional<UnicastSocket> authenticated = Optional.empty();

  private Optional<Reader> reader = Optional.empty();
  private Optional<UnicastSocket> unicast6 = Optional.empty();
  private Optional<String> unicast6Problem = Optional.of("IPv6 is not asked for");
  private OptionalLong room = OptionalLong.empty();
  private OptionalLong room6 = OptionalLong.empty();
  private Map<Integer, List<Network>> networks = Map.of();
  private Map<Integer, List<Network>> networks6 = Map.of();
  private final byte[] packet = new byte[UnicastSocket.MOST_BYTES];

  /** Reads sockets. */
  @FunctionalInterface
  private interface Reader {
    void read(UnicastSocket socket) throws SystemCallException;
  }

  /** Who hears of packets that came in through the socket. */
  @FunctionalInterface
  interface Listener {
    void received(int linkIndex, byte[] packet, int ipAt, int end);
  }

  private PacketTransport(
      LinkPortSet ports, Optional<UnicastSocket> unicast, Optional<String> unicastProblem) {
    this.ports = ports;
    this.unicast = unicast;
    this.unicastProblem = unicastProblem;
  }

  /**
   * Opens the socket. Without it there is no unicast, and the kernel answers what others send that
   * it knows no VRRP.
   */
  static PacketTransport open(LinkPortSet ports) {
    try {
      UnicastSocket socket = UnicastSocket.open(VrrpFormat.PROTOCOL_NUMBER);
      return new PacketTransport(ports, Optional.of(socket), Optional.empty());
    } catch (SystemCallException e) {
      String problem = Remedy.explain(e.error());
      LOG.warn("{}", problem);
      return new PacketTransport(ports, Optional.empty(), Optional.of(problem));
    }
  }

  /** Begins to read. Call it on the loop's thread. */
  void listen(EventLoop loop, Listener listener) throws SystemCallException {
    PacketHandler handler = (link, bytes, length) -> listener.received(link, bytes, 0, length);
    Reader reading =
        socket -> loop.watch(socket.fd(), () -> socket.drain(handler, PACKETS_AT_ONCE));
    reader = Optional.of(reading);
    if (unicast.isPresent()) {
      reading.read(unicast.get());
    }
    if (authenticated.isPresent()) {
      reading.read(authenticated.get());
    }
  }

  @Override
  public Optional<String> hearAuthenticated() {
    if (authenticated.isPresent()) {
      return Optional.empty();
    }
    try {
      authenticated = Optional.of(UnicastSocket.open(AuthenticationHeader.PROTOCOL_NUMBER));
      if (room.isPresent()) {
        authenticated.get().makeRoom(room);
      }
      if (!networks.isEmpty()) {
        PeerFilter.authenticated(networks).apply(authenticated.get());
      }
      if (reader.isPresent()) {
        reader.get().read(authenticated.get());
      }
      return Optional.empty();
    } catch (SystemCallException e) {
      return Optional.of(Remedy.explain(e.error()));
    }
  }

  @Override
  public void makeRoom(AddressFamily family, OptionalLong bytes) {
    if (family == AddressFamily.IPV6) {
      if (!bytes.equals(room6)) {
        room6 = bytes;
        unicast6.ifPresent(socket -> socket.makeRoom(bytes));
      }
    } else if (!bytes.equals(room)) {
      room = bytes;
      unicast.ifPresent(socket -> socket.makeRoom(bytes));
      authenticated.ifPresent(socket -> socket.makeRoom(bytes));
    }
  }

  @Override
  public void admit(AddressFamily family, Map<Integer, List<Network>> asked) {
    if (family == AddressFamily.IPV6) {
      if (!asked.equals(networks6)) {
        networks6 = asked;
        unicast6.ifPresent(PeerFilter.plain(asked)::apply);
      }
    } else if (!asked.equals(networks)) {
      networks = asked;
      unicast.ifPresent(PeerFilter.plain(asked)::apply);
      authenticated.ifPresent(PeerFilter.authenticated(asked)::apply);
    }
  }

  /**
   * Opens the socket for IPv6, too, and begins to read it, unless that was done before. Call it on
   * the loop's thread.
   */
  void listenToIpv6(EventLoop loop, Listener listener) throws SystemCallException {
    if (unicast6.isPresent()) {
      return;
    }
    try {
      UnicastSocket socket = UnicastSocket.open6(VrrpFormat.PROTOCOL_NUMBER);
      if (room6.isPresent()) {
        socket.makeRoom(room6);
      }
      if (!networks6.isEmpty()) {
        PeerFilter.plain(networks6).apply(socket);
      }
      unicast6 = Optional.of(socket);
      unicast6Problem = Optional.empty();
    } catch (SystemCallException e) {
      String problem = Remedy.explain(e.error());
      unicast6Problem = Optional.of(problem);
      LOG.warn("{}", problem);
      return;
    }
    UnicastSocket socket = unicast6.get();
    PacketHandler handler = (link, bytes, length) -> listener.received(link, bytes, 0, length);
    loop.watch(socket.fd(), () -> socket.drain(handler, PACKETS_AT_ONCE));
  }

  /** The descriptors that packets are sent and heard on. */
  Sockets sockets() {
    return new Sockets(
        ports.descriptors(),
        unicast.map(UnicastSocket::fd).orElse(Sockets.NONE),
        unicast6.map(UnicastSocket::fd).orElse(Sockets.NONE));
  }

  /** What went to peers and came from them. */
  Traffic unicastTraffic() {
    return traffic(unicast).plus(traffic(authenticated)).plus(traffic(unicast6));
  }

  private static Traffic traffic(Optional<UnicastSocket> socket) {
    return socket
        .map(
            one ->
                new Traffic(
                    one.received(), one.dropped(), one.sent(), one.sendFailures(), one.refused()))
        .orElse(Traffic.NONE);
  }

  /** Counts from zero from now on, what goes through the ports of links as well. */
  void clearTraffic() {
    ports.clearTraffic();
    unicast.ifPresent(UnicastSocket::clearCounts);
    authenticated.ifPresent(UnicastSocket::clearCounts);
    unicast6.ifPresent(UnicastSocket::clearCounts);
  }

  @Override
  public Optional<String> unicastProblem(AddressFamily family) {
    return family == AddressFamily.IPV4 ? unicastProblem : unicast6Problem;
  }

  @Override
  public boolean send(Endpoint endpoint, byte[] payload, int length) {
    int size = endpoint.wrap(payload, length, packet);
    if (endpoint.isGroup()) {
      return ports.send(endpoint.linkIndex(), packet, size);
    }
    Optional<UnicastSocket> socket = endpoint.family() == AddressFamily.IPV6 ? unicast6 : unicast;
    return socket.isPresent() && socket.get().send(endpoint.linkIndex(), packet, size) == 0;
  }

  @Override
  public void close() {
    unicast.ifPresent(UnicastSocket::close);
    authenticated.ifPresent(UnicastSocket::close);
    unicast6.ifPresent(UnicastSocket::close);
  }
}
