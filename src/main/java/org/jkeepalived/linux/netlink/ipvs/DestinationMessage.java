package org.jkeepalived.linux.netlink.ipvs;

import java.net.InetAddress;
import java.util.Optional;
import java.util.OptionalInt;
import org.jkeepalived.linux.netlink.AttributeReader;
import org.jkeepalived.linux.netlink.MessageReader;
import org.jkeepalived.linux.netlink.MessageWriter;
import org.jkeepalived.linux.netlink.generic.GenericNetlink;
import org.jkeepalived.lvs.table.DestinationSettings;
import org.jkeepalived.model.AddressFamily;
import org.jkeepalived.model.lvs.Forwarding;
import org.jkeepalived.model.lvs.Forwarding.Method;
import org.jkeepalived.model.lvs.Forwarding.Tunnel;
import org.jkeepalived.model.lvs.ServerAddress;

/**
 * A real server as netlink describes it, in the attribute IPVS_CMD_ATTR_DEST:
 *
 * <pre>
 * key       address (16 bytes), port (u16, network order), family (u16)
 * settings  forwarding method (u32), weight (u32), upper and lower threshold (2 × u32),
 *           kind of tunnel (u8), its port (u16, network order), its flags (u16)
 * </pre>
 *
 * <p>The family came with Linux 3.18 and is written only where it is not the service's; the kind of
 * tunnel came with 5.2 and its flags with 5.3, and they are written only for other tunnels than
 * plain ones: older kernels take all else.
 *
 * @param address which one
 * @param settings how it is treated
 * @param toldTunnel whether the kernel told the kind of tunnel
 */
record DestinationMessage(ServerAddress address, DestinationSettings settings, boolean toldTunnel) {

  private static final Tunnel PLAIN =
      new Tunnel(Tunnel.Type.IPIP, OptionalInt.empty(), Tunnel.Checksum.NONE);

  private static final long MOST = 0xffff_ffffL;

  static void writeKey(MessageWriter writer, AddressFamily service, ServerAddress address) {
    int nested = writer.beginNested(Ipvs.ATTR_DEST);
    keyAttributes(writer, service, address);
    writer.endNested(nested);
  }

  /**
   * @param service the service's family
   * @param tunnelKinds whether to write of what kind a tunnel is
   */
  static void write(
      MessageWriter writer,
      AddressFamily service,
      ServerAddress address,
      DestinationSettings settings,
      boolean tunnelKinds) {
    int nested = writer.beginNested(Ipvs.ATTR_DEST);
    keyAttributes(writer, service, address);
    Forwarding forwarding = settings.forwarding();
    writer.attributeU32(Ipvs.DEST_FWD_METHOD, number(forwarding.method()));
    writer.attributeU32(Ipvs.DEST_WEIGHT, clamped(settings.weight()));
    writer.attributeU32(Ipvs.DEST_U_THRESH, clamped(settings.upperThreshold()));
    writer.attributeU32(Ipvs.DEST_L_THRESH, clamped(settings.lowerThreshold()));
    if (tunnelKinds && needsTunnelKind(settings)) {
      tunnelAttributes(writer, forwarding.tunnel().orElseThrow());
    }
    writer.endNested(nested);
  }

  /** Whether an older kernel cannot be told of it. */
  static boolean needsTunnelKind(DestinationSettings settings) {
    Optional<Tunnel> tunnel = settings.forwarding().tunnel();
    return tunnel.isPresent() && !tunnel.get().equals(PLAIN);
  }

  /** Whether it is a tunnel of a kernel that knows no kinds of them. */
  boolean isTunnelOfUnknownKind() {
    return settings.forwarding().method() == Method.TUN && !toldTunnel;
  }

  private static void keyAttributes(
      MessageWriter writer, AddressFamily service, ServerAddress address) {
    if (address.family() != service) {
      writer.attributeU16(Ipvs.DEST_ADDR_FAMILY, IpvsAddress.number(address.family()));
    }
    writer.attribute(Ipvs.DEST_ADDR, IpvsAddress.encode(address.address()));
    writer.attributeNetworkU16(Ipvs.DEST_PORT, address.port());
  }

  private static void tunnelAttributes(MessageWriter writer, Tunnel tunnel) {
    writer.attributeU8(
        Ipvs.DEST_TUN_TYPE,
        switch (tunnel.type()) {
          case IPIP -> Ipvs.TUNNEL_IPIP;
          case GUE -> Ipvs.TUNNEL_GUE;
          case GRE -> Ipvs.TUNNEL_GRE;
        });
    writer.attributeNetworkU16(Ipvs.DEST_TUN_PORT, tunnel.port().orElse(0));
    writer.attributeU16(
        Ipvs.DEST_TUN_FLAGS,
        switch (tunnel.checksum()) {
          case NONE -> Ipvs.TUNNEL_NOCSUM;
          case LOCAL -> Ipvs.TUNNEL_CSUM;
          case REMOTE -> Ipvs.TUNNEL_REMCSUM;
        });
  }

  private static int number(Method method) {
    return switch (method) {
      case NAT -> Ipvs.CONN_F_MASQ;
      case TUN -> Ipvs.CONN_F_TUNNEL;
      case DR -> Ipvs.CONN_F_DROUTE;
    };
  }

  static long clamped(long value) {
    return Math.max(0, Math.min(MOST, value));
  }

  /**
   * Decodes an entry of a service's table; empty for what is none, or broken.
   *
   * @param service the service's family
   */
  static Optional<DestinationMessage> decode(MessageReader message, AddressFamily service) {
    AttributeReader attribute = message.attributes(GenericNetlink.HEADER_BYTES);
    while (attribute.next()) {
      if (attribute.type() == Ipvs.ATTR_DEST) {
        return new Fields(service).read(attribute.nested());
      }
    }
    return Optional.empty();
  }

  /** What the attributes say, as they come. */
  private static final class Fields {
    private int family;
    private byte[] address = new byte[0];
    private int port;
    private long method;
    private long weight;
    private long upper;
    private long lower;
    private boolean toldTunnel;
    private int tunnelType;
    private int tunnelPort;
    private int tunnelFlags;

    Fields(AddressFamily service) {
      family = IpvsAddress.number(service);
    }

    Optional<DestinationMessage> read(AttributeReader attribute) {
      while (attribute.next()) {
        switch (attribute.type()) {
          case Ipvs.DEST_ADDR_FAMILY -> family = attribute.u16();
          case Ipvs.DEST_ADDR -> address = attribute.bytes();
          case Ipvs.DEST_PORT -> port = attribute.networkU16();
          case Ipvs.DEST_FWD_METHOD -> method = attribute.u32();
          case Ipvs.DEST_WEIGHT -> weight = attribute.u32();
          case Ipvs.DEST_U_THRESH -> upper = attribute.u32();
          case Ipvs.DEST_L_THRESH -> lower = attribute.u32();
          case Ipvs.DEST_TUN_TYPE -> {
            toldTunnel = true;
            tunnelType = attribute.u8();
          }
          case Ipvs.DEST_TUN_PORT -> tunnelPort = attribute.networkU16();
          case Ipvs.DEST_TUN_FLAGS -> tunnelFlags = attribute.u16();
          default -> {}
        }
      }
      if (attribute.error().isPresent()) {
        return Optional.empty();
      }
      Optional<InetAddress> at =
          IpvsAddress.family(family).flatMap(of -> IpvsAddress.decode(of, address));
      return at.map(
          each ->
              new DestinationMessage(
                  new ServerAddress(each, port),
                  new DestinationSettings(forwarding(), weight, upper, lower),
                  toldTunnel));
    }

    /** A local or bypassing server, which only the kernel makes, is one without rewriting. */
    private Forwarding forwarding() {
      return switch ((int) method & Ipvs.CONN_F_FWD_MASK) {
        case Ipvs.CONN_F_MASQ -> Forwarding.NAT;
        case Ipvs.CONN_F_TUNNEL -> new Forwarding(Method.TUN, Optional.of(tunnel()));
        default -> new Forwarding(Method.DR, Optional.empty());
      };
    }

    private Tunnel tunnel() {
      Tunnel.Checksum checksum =
          switch (tunnelFlags) {
            case Ipvs.TUNNEL_CSUM -> Tunnel.Checksum.LOCAL;
            case Ipvs.TUNNEL_REMCSUM -> Tunnel.Checksum.REMOTE;
            default -> Tunnel.Checksum.NONE;
          };
      return switch (tunnelType) {
        case Ipvs.TUNNEL_GUE -> new Tunnel(Tunnel.Type.GUE, OptionalInt.of(tunnelPort), checksum);
        case Ipvs.TUNNEL_GRE -> new Tunnel(Tunnel.Type.GRE, OptionalInt.empty(), checksum);
        default -> new Tunnel(Tunnel.Type.IPIP, OptionalInt.empty(), checksum);
      };
    }
  }
}
