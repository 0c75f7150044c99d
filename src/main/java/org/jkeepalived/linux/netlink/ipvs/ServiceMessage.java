package org.jkeepalived.linux.netlink.ipvs;

import java.net.InetAddress;
import java.util.Optional;
import java.util.OptionalLong;
import org.jkeepalived.linux.netlink.AttributeReader;
import org.jkeepalived.linux.netlink.MessageReader;
import org.jkeepalived.linux.netlink.MessageWriter;
import org.jkeepalived.linux.netlink.generic.GenericNetlink;
import org.jkeepalived.lvs.table.ServiceKey;
import org.jkeepalived.lvs.table.ServiceSettings;
import org.jkeepalived.lvs.table.ServiceSettings.Binding;
import org.jkeepalived.model.AddressFamily;
import org.jkeepalived.model.lvs.Protocol;
import org.jkeepalived.model.lvs.ServerAddress;

/**
 * A service as netlink describes it, in the attribute IPVS_CMD_ATTR_SERVICE:
 *
 * <pre>
 * key       family (u16), protocol (u16), address (16 bytes), port (u16, network order)
 *      or   family, firewall mark (u32)
 * settings  scheduler (text), persistence engine (text, if any), flags and which of them count
 *           (2 × u32), persistence timeout (u32, seconds),
 *           granularity (IPv4: mask, network order; IPv6: prefix length, u32)
 * </pre>
 *
 * @param key which one
 * @param settings how it is balanced
 */
record ServiceMessage(ServiceKey key, ServiceSettings settings) {

  private static final long ALL = 0xffff_ffffL;
  private static final long WHOLE_IPV4 = 0xffff_ffffL;
  private static final long WHOLE_IPV6 = 128;

  /** Writes the key alone: enough for all but the service's own coming and changing. */
  static void writeKey(MessageWriter writer, ServiceKey key) {
    int nested = writer.beginNested(Ipvs.ATTR_SERVICE);
    keyAttributes(writer, key);
    writer.endNested(nested);
  }

  static void write(MessageWriter writer, ServiceKey key, ServiceSettings settings) {
    int nested = writer.beginNested(Ipvs.ATTR_SERVICE);
    keyAttributes(writer, key);
    writer.attributeString(Ipvs.SVC_SCHED_NAME, settings.scheduler());
    settings
        .persistence()
        .flatMap(Binding::engine)
        .ifPresent(engine -> writer.attributeString(Ipvs.SVC_PE_NAME, engine));
    writer.u16(12).u16(Ipvs.SVC_FLAGS).u32(flags(settings)).u32(ALL);
    Optional<Binding> binding = settings.persistence();
    writer.attributeU32(
        Ipvs.SVC_TIMEOUT, binding.map(each -> clamped(each.timeoutSeconds())).orElse(0L));
    OptionalLong granularity = binding.map(Binding::granularity).orElseGet(OptionalLong::empty);
    if (key.family() == AddressFamily.IPV4) {
      writer.attributeNetworkU32(Ipvs.SVC_NETMASK, granularity.orElse(WHOLE_IPV4));
    } else {
      writer.attributeU32(Ipvs.SVC_NETMASK, granularity.orElse(WHOLE_IPV6));
    }
    writer.endNested(nested);
  }

  private static void keyAttributes(MessageWriter writer, ServiceKey key) {
    writer.attributeU16(Ipvs.SVC_AF, IpvsAddress.number(key.family()));
    if (key instanceof ServiceKey.ByAddress byAddress) {
      writer.attributeU16(Ipvs.SVC_PROTOCOL, number(byAddress.protocol()));
      ServerAddress address = byAddress.address();
      writer.attribute(Ipvs.SVC_ADDR, IpvsAddress.encode(address.address()));
      writer.attributeNetworkU16(Ipvs.SVC_PORT, address.port());
    } else if (key instanceof ServiceKey.ByMark byMark) {
      writer.attributeU32(Ipvs.SVC_FWMARK, byMark.mark());
    }
  }

  private static int flags(ServiceSettings settings) {
    int scheduler = settings.schedulerFlags() & Ipvs.SVC_F_SCHEDULER_BITS;
    return (settings.persistence().isPresent() ? Ipvs.SVC_F_PERSISTENT : 0)
        | (settings.onePacket() ? Ipvs.SVC_F_ONEPACKET : 0)
        | scheduler << Ipvs.SVC_F_SCHEDULER_SHIFT;
  }

  private static long clamped(long seconds) {
    return Math.max(0, Math.min(ALL, seconds));
  }

  private static int number(Protocol protocol) {
    return switch (protocol) {
      case TCP -> Ipvs.IPPROTO_TCP;
      case UDP -> Ipvs.IPPROTO_UDP;
      case SCTP -> Ipvs.IPPROTO_SCTP;
    };
  }

  private static Optional<Protocol> protocol(int number) {
    return switch (number) {
      case Ipvs.IPPROTO_TCP -> Optional.of(Protocol.TCP);
      case Ipvs.IPPROTO_UDP -> Optional.of(Protocol.UDP);
      case Ipvs.IPPROTO_SCTP -> Optional.of(Protocol.SCTP);
      default -> Optional.empty();
    };
  }

  /** Decodes an entry of the table of services; empty for what is none, or broken. */
  static Optional<ServiceMessage> decode(MessageReader message) {
    AttributeReader attribute = message.attributes(GenericNetlink.HEADER_BYTES);
    while (attribute.next()) {
      if (attribute.type() == Ipvs.ATTR_SERVICE) {
        return new Fields().read(attribute.nested());
      }
    }
    return Optional.empty();
  }

  /** What the attributes say, as they come. */
  private static final class Fields {
    private int family;
    private int protocol;
    private byte[] address = new byte[0];
    private int port;
    private long mark;
    private String scheduler = "";
    private long flags;
    private long timeoutSeconds;
    private long prefixLength;
    private long mask;
    private String engine = "";

    Optional<ServiceMessage> read(AttributeReader attribute) {
      while (attribute.next()) {
        switch (attribute.type()) {
          case Ipvs.SVC_AF -> family = attribute.u16();
          case Ipvs.SVC_PROTOCOL -> protocol = attribute.u16();
          case Ipvs.SVC_ADDR -> address = attribute.bytes();
          case Ipvs.SVC_PORT -> port = attribute.networkU16();
          case Ipvs.SVC_FWMARK -> mark = attribute.u32();
          case Ipvs.SVC_SCHED_NAME -> scheduler = attribute.string();
          case Ipvs.SVC_FLAGS -> flags = attribute.firstU32();
          case Ipvs.SVC_TIMEOUT -> timeoutSeconds = attribute.u32();
          case Ipvs.SVC_NETMASK -> {
            prefixLength = attribute.u32();
            mask = attribute.networkU32();
          }
          case Ipvs.SVC_PE_NAME -> engine = attribute.string();
          default -> {}
        }
      }
      return attribute.error().isPresent()
          ? Optional.empty()
          : IpvsAddress.family(family).flatMap(this::service);
    }

    private Optional<ServiceMessage> service(AddressFamily of) {
      return key(of).map(key -> new ServiceMessage(key, settings(of)));
    }

    private Optional<ServiceKey> key(AddressFamily of) {
      if (mark != 0) {
        return Optional.of(new ServiceKey.ByMark(mark, of));
      }
      Optional<InetAddress> at = IpvsAddress.decode(of, address);
      Optional<Protocol> over = protocol(protocol);
      return at.isEmpty() || over.isEmpty()
          ? Optional.empty()
          : Optional.of(new ServiceKey.ByAddress(new ServerAddress(at.get(), port), over.get()));
    }

    private ServiceSettings settings(AddressFamily of) {
      boolean persistent = (flags & Ipvs.SVC_F_PERSISTENT) != 0;
      long granularity = of == AddressFamily.IPV4 ? mask : prefixLength;
      long whole = of == AddressFamily.IPV4 ? WHOLE_IPV4 : WHOLE_IPV6;
      Binding binding =
          new Binding(
              timeoutSeconds,
              granularity == whole ? OptionalLong.empty() : OptionalLong.of(granularity),
              Optional.of(engine).filter(text -> !text.isEmpty()));
      return new ServiceSettings(
          scheduler,
          (int) flags >> Ipvs.SVC_F_SCHEDULER_SHIFT & Ipvs.SVC_F_SCHEDULER_BITS,
          (flags & Ipvs.SVC_F_ONEPACKET) != 0,
          persistent ? Optional.of(binding) : Optional.empty());
    }
  }
}
