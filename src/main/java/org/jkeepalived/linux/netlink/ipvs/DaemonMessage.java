package org.jkeepalived.linux.netlink.ipvs;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.OptionalInt;
import org.jkeepalived.linux.netlink.AttributeReader;
import org.jkeepalived.linux.netlink.MessageReader;
import org.jkeepalived.linux.netlink.MessageWriter;
import org.jkeepalived.linux.netlink.generic.GenericNetlink;
import org.jkeepalived.lvs.sync.RunningSync;
import org.jkeepalived.lvs.sync.SyncRole;
import org.jkeepalived.model.AddressFamily;
import org.jkeepalived.model.lvs.SyncDaemon.Transport;

/**
 * A sync daemon as netlink describes it, in the attribute IPVS_CMD_ATTR_DAEMON:
 *
 * <pre>
 * state (u32: 1 master, 2 backup), link (name), sync id (u32)
 * length of packets (u16), group (4 bytes) or group of IPv6 (16 bytes), port (u16), TTL (u8)
 * </pre>
 *
 * <p>COMPAT: the port is in the machine's byte order, other than all else that IPVS calls a port.
 * The second line came with Linux 4.3; what is left out there the kernel fills in.
 */
final class DaemonMessage {

  private DaemonMessage() {}

  static void write(MessageWriter writer, RunningSync daemon) {
    int nested = writer.beginNested(Ipvs.ATTR_DAEMON);
    writer.attributeU32(Ipvs.DAEMON_STATE, state(daemon.role()));
    writer.attributeString(Ipvs.DAEMON_MCAST_IFN, daemon.interfaceName());
    writer.attributeU32(Ipvs.DAEMON_SYNC_ID, daemon.id());
    Transport transport = daemon.transport();
    transport.maxLength().ifPresent(bytes -> writer.attributeU16(Ipvs.DAEMON_SYNC_MAXLEN, bytes));
    transport.group().ifPresent(group -> write(writer, group));
    transport.port().ifPresent(port -> writer.attributeU16(Ipvs.DAEMON_MCAST_PORT, port));
    transport.ttl().ifPresent(ttl -> writer.attributeU8(Ipvs.DAEMON_MCAST_TTL, ttl));
    writer.endNested(nested);
  }

  private static void write(MessageWriter writer, InetAddress group) {
    boolean ipv4 = AddressFamily.of(group) == AddressFamily.IPV4;
    writer.attribute(ipv4 ? Ipvs.DAEMON_MCAST_GROUP : Ipvs.DAEMON_MCAST_GROUP6, group.getAddress());
  }

  static void writeRole(MessageWriter writer, SyncRole role) {
    int nested = writer.beginNested(Ipvs.ATTR_DAEMON);
    writer.attributeU32(Ipvs.DAEMON_STATE, state(role));
    writer.endNested(nested);
  }

  private static int state(SyncRole role) {
    return switch (role) {
      case MASTER -> Ipvs.STATE_MASTER;
      case BACKUP -> Ipvs.STATE_BACKUP;
    };
  }

  /** Decodes an entry of the list of daemons; empty for what is none, or broken. */
  static Optional<RunningSync> decode(MessageReader message) {
    AttributeReader attribute = message.attributes(GenericNetlink.HEADER_BYTES);
    while (attribute.next()) {
      if (attribute.type() == Ipvs.ATTR_DAEMON) {
        return new Fields().read(attribute.nested());
      }
    }
    return Optional.empty();
  }

  /** What the attributes say, as they come. */
  private static final class Fields {
    private long state;
    private String interfaceName = "";
    private long id;
    private OptionalInt maxLength = OptionalInt.empty();
    private OptionalInt port = OptionalInt.empty();
    private OptionalInt ttl = OptionalInt.empty();
    private Optional<InetAddress> group = Optional.empty();

    Optional<RunningSync> read(AttributeReader attribute) {
      while (attribute.next()) {
        switch (attribute.type()) {
          case Ipvs.DAEMON_STATE -> state = attribute.u32();
          case Ipvs.DAEMON_MCAST_IFN -> interfaceName = attribute.string();
          case Ipvs.DAEMON_SYNC_ID -> id = attribute.u32();
          case Ipvs.DAEMON_SYNC_MAXLEN -> maxLength = OptionalInt.of(attribute.u16());
          case Ipvs.DAEMON_MCAST_PORT -> port = OptionalInt.of(attribute.u16());
          case Ipvs.DAEMON_MCAST_TTL -> ttl = OptionalInt.of(attribute.u8());
          case Ipvs.DAEMON_MCAST_GROUP, Ipvs.DAEMON_MCAST_GROUP6 -> group = group(attribute);
          default -> {}
        }
      }
      if (attribute.error().isPresent()) {
        return Optional.empty();
      }
      return role()
          .map(
              role ->
                  new RunningSync(
                      role, interfaceName, (int) id, new Transport(maxLength, port, ttl, group)));
    }

    private static Optional<InetAddress> group(AttributeReader attribute) {
      try {
        return Optional.of(InetAddress.getByAddress(attribute.bytes()));
      } catch (UnknownHostException wrongLength) {
        return Optional.empty();
      }
    }

    private Optional<SyncRole> role() {
      if (state == Ipvs.STATE_MASTER) {
        return Optional.of(SyncRole.MASTER);
      }
      return state == Ipvs.STATE_BACKUP ? Optional.of(SyncRole.BACKUP) : Optional.empty();
    }
  }
}
