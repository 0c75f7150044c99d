package org.jkeepalived.linux.netlink.route;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jkeepalived.linux.SystemCallException;
import org.jkeepalived.linux.netlink.AttributeReader;
import org.jkeepalived.linux.netlink.MessageReader;
import org.jkeepalived.linux.netlink.NetlinkConnection;
import org.jkeepalived.model.routing.VrfLookup;

/** Asks the kernel for the tables of VRFs, in the network namespace of the thread that asks. */
public final class VrfTables {

  private static final int IFLA_IFNAME = 3;
  private static final int IFLA_LINKINFO = 18;
  private static final int IFLA_INFO_KIND = 1;
  private static final int IFLA_INFO_DATA = 2;
  private static final int IFLA_VRF_TABLE = 1;

  private VrfTables() {}

  /** Reads the links anew: this is asked for while a configuration is read, once for a line. */
  public static Optional<VrfLookup.Found> find(String name) {
    try (NetlinkConnection connection = NetlinkConnection.open()) {
      return find(connection, name);
    } catch (SystemCallException e) {
      return Optional.empty();
    }
  }

  static Optional<VrfLookup.Found> find(NetlinkConnection connection, String name)
      throws SystemCallException {
    List<VrfLookup.Found> found =
        connection.dump(
            "look for VRF " + name,
            RouteMessages.RTM_GETLINK,
            writer -> writer.u32(RouteMessages.AF_UNSPEC).u32(0).u32(0).u32(0),
            message -> decode(message, name));
    return found.stream().findFirst();
  }

  private static Optional<VrfLookup.Found> decode(MessageReader message, String name) {
    if (message.payloadLength() < RouteMessages.LINK_HEADER_BYTES) {
      return Optional.empty();
    }
    String said = "";
    OptionalLong table = OptionalLong.empty();
    AttributeReader attribute = message.attributes(RouteMessages.LINK_HEADER_BYTES);
    while (attribute.next()) {
      if (attribute.type() == IFLA_IFNAME) {
        said = attribute.string();
      } else if (attribute.type() == IFLA_LINKINFO) {
        table = table(attribute.nested());
      }
    }
    return said.equals(name) ? Optional.of(new VrfLookup.Found(table)) : Optional.empty();
  }

  /** The kind comes before what is the kind's own: 1 is something else of other kinds. */
  private static OptionalLong table(AttributeReader attribute) {
    boolean vrf = false;
    while (attribute.next()) {
      if (attribute.type() == IFLA_INFO_KIND) {
        vrf = attribute.string().equals("vrf");
      } else if (attribute.type() == IFLA_INFO_DATA && vrf) {
        AttributeReader own = attribute.nested();
        while (own.next()) {
          if (own.type() == IFLA_VRF_TABLE) {
            return OptionalLong.of(own.u32());
          }
        }
      }
    }
    return OptionalLong.empty();
  }
}
