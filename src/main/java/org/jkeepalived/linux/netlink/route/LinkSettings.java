package org.jkeepalived.linux.netlink.route;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import org.jkeepalived.linux.SystemCallException;
import org.jkeepalived.linux.SystemError;
import org.jkeepalived.linux.netlink.Acknowledgement;
import org.jkeepalived.linux.netlink.AttributeReader;
import org.jkeepalived.linux.netlink.MessageReader;
import org.jkeepalived.linux.netlink.MessageWriter;
import org.jkeepalived.linux.netlink.Netlink;
import org.jkeepalived.linux.netlink.NetlinkConnection;

/**
 * A link's IPv4 settings, those of /proc/sys/net/ipv4/conf: by netlink they also can be changed
 * where /proc/sys is read-only, as in a container, and go to the right link when names change.
 *
 * <pre>
 * RTM_NEWLINK, IFLA_AF_SPEC { AF_INET { IFLA_INET_CONF } }
 * read: IFLA_INET_CONF is an array of all values (4 each), the first setting has number 1
 * written: IFLA_INET_CONF { setting's number: value (4) }
 * </pre>
 *
 * <p>It waits for the kernel's routing lock: not for the {@code vrrp} thread. One thread at a time.
 */
public final class LinkSettings implements AutoCloseable {
  private static final int IFLA_AF_SPEC = 26;
  private static final int IFLA_INET_CONF = 1;

  private final NetlinkConnection connection;

  /** A setting; see the kernel's networking/ip-sysctl. */
  public enum Setting {
    /** Whether packets are taken whose source is reached through another link. */
    RP_FILTER(8),
    ARP_FILTER(13),
    ARP_ANNOUNCE(18),
    ARP_IGNORE(19),
    /** Another address of a subnet takes over when its first one is removed. */
    PROMOTE_SECONDARIES(20),
    /** Whether packets are taken whose source is an address of this machine. */
    ACCEPT_LOCAL(23);

    private final int number;

    Setting(int number) {
      this.number = number;
    }
  }

  LinkSettings(NetlinkConnection connection) {
    this.connection = connection;
  }

  public static LinkSettings open() throws SystemCallException {
    return new LinkSettings(NetlinkConnection.open());
  }

  /** The setting's value; empty if there is no such link. */
  public OptionalInt read(int linkIndex, Setting setting) throws SystemCallException {
    List<Integer> values =
        connection.dump(
            "read settings of link " + linkIndex,
            RouteMessages.RTM_GETLINK,
            writer -> writer.u32(RouteMessages.AF_UNSPEC).u32(0).u32(0).u32(0),
            message -> message.s32(4) == linkIndex ? value(message, setting) : Optional.empty());
    return values.stream().mapToInt(Integer::intValue).findFirst();
  }

  private static Optional<Integer> value(MessageReader message, Setting setting) {
    return find(message.attributes(RouteMessages.LINK_HEADER_BYTES), IFLA_AF_SPEC)
        .flatMap(families -> find(families.nested(), RouteMessages.AF_INET))
        .flatMap(family -> find(family.nested(), IFLA_INET_CONF))
        .map(values -> ByteBuffer.wrap(values.bytes()).order(ByteOrder.nativeOrder()))
        .filter(values -> values.limit() >= setting.number * Integer.BYTES)
        .map(values -> values.getInt((setting.number - 1) * Integer.BYTES));
  }

  private static Optional<AttributeReader> find(AttributeReader reader, int type) {
    while (reader.next()) {
      if (reader.type() == type) {
        return Optional.of(reader);
      }
    }
    return Optional.empty();
  }

  /**
   * Changes the setting.
   *
   * @return why it did not work, if it did not
   */
  public Optional<SystemError> write(int linkIndex, Setting setting, int value) {
    Acknowledgement answer =
        connection
            .execute(
                1,
                (writer, index, flags, sequence) ->
                    encode(writer, linkIndex, setting, value, flags, sequence))
            .get(0);
    return answer.error("set " + setting.name().toLowerCase(Locale.ROOT) + " of link " + linkIndex);
  }

  private static void encode(
      MessageWriter writer, int linkIndex, Setting setting, int value, int flags, int sequence) {
    writer
        .begin(RouteMessages.RTM_NEWLINK, Netlink.NLM_F_REQUEST | flags, sequence)
        .u32(RouteMessages.AF_UNSPEC)
        .s32(linkIndex)
        .u32(0)
        .u32(0);
    int families = writer.beginNested(IFLA_AF_SPEC);
    int family = writer.beginNested(RouteMessages.AF_INET);
    int values = writer.beginNested(IFLA_INET_CONF);
    writer.attributeU32(setting.number, value);
    writer.endNested(values).endNested(family).endNested(families).end();
  }

  @Override
  public void close() {
    connection.close();
  }
}
