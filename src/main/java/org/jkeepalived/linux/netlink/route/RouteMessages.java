package org.jkeepalived.linux.netlink.route;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.OptionalInt;
import org.jkeepalived.link.LinkAddress;
import org.jkeepalived.link.LinkState;
import org.jkeepalived.linux.netlink.AttributeReader;
import org.jkeepalived.linux.netlink.MessageReader;

/**
 * Links and addresses as netlink describes them (rtnetlink(7), linux/if_link.h, linux/if_addr.h).
 *
 * <pre>
 * struct ifinfomsg: | family (1) | pad (1) | type (2) | index (4) | flags (4) | change mask (4) |
 * struct ifaddrmsg: | family (1) | prefix length (1) | flags (1) | scope (1) | index (4) |
 * </pre>
 */
public final class RouteMessages {
  public static final int RTM_NEWLINK = 16;
  static final int RTM_DELLINK = 17;
  static final int RTM_GETLINK = 18;
  static final int RTM_NEWADDR = 20;
  static final int RTM_DELADDR = 21;
  static final int RTM_GETADDR = 22;

  static final int AF_UNSPEC = 0;
  static final int AF_INET = 2;
  static final int AF_INET6 = 10;

  static final int LINK_HEADER_BYTES = 16;
  static final int ADDRESS_HEADER_BYTES = 8;

  private static final int IFLA_ADDRESS = 1;
  private static final int IFLA_IFNAME = 3;
  private static final int IFLA_MTU = 4;
  private static final int IFLA_LINK = 5;
  private static final int IFLA_MASTER = 10;
  private static final int IFLA_LINKINFO = 18;
  private static final int IFLA_INFO_KIND = 1;

  static final int IFA_ADDRESS = 1;
  static final int IFA_LOCAL = 2;
  static final int IFA_LABEL = 3;
  static final int IFA_BROADCAST = 4;
  static final int IFA_FLAGS = 8;
  private static final int IFA_F_SECONDARY = 0x01;

  private RouteMessages() {}

  /**
   * Decodes RTM_NEWLINK and RTM_DELLINK; empty for what is not about the link itself, or broken.
   */
  public static Optional<LinkState> link(MessageReader message) {
    // COMPAT: a bridge announces its ports with these same messages and family AF_BRIDGE: a port
    // that leaves its bridge would look like a link that was deleted
    if (message.payloadLength() < LINK_HEADER_BYTES || message.u8(0) != AF_UNSPEC) {
      return Optional.empty();
    }
    String name = "";
    byte[] mac = new byte[0];
    int mtu = 0;
    Optional<String> kind = Optional.empty();
    OptionalInt master = OptionalInt.empty();
    OptionalInt lower = OptionalInt.empty();
    AttributeReader attribute = message.attributes(LINK_HEADER_BYTES);
    while (attribute.next()) {
      switch (attribute.type()) {
        case IFLA_ADDRESS -> mac = attribute.bytes();
        case IFLA_IFNAME -> name = attribute.string();
        case IFLA_MTU -> mtu = attribute.s32();
        case IFLA_LINK -> lower = OptionalInt.of(attribute.s32());
        case IFLA_MASTER -> master = OptionalInt.of(attribute.s32());
        case IFLA_LINKINFO -> kind = kind(attribute.nested());
        default -> {}
      }
    }
    int index = message.s32(4);
    if (attribute.error().isPresent() || name.isEmpty() || index <= 0) {
      return Optional.empty();
    }
    int flags = message.s32(8);
    return Optional.of(
        new LinkState(index, name, mac, flags, mtu, message.u16(2), kind, master, lower));
  }

  private static Optional<String> kind(AttributeReader attribute) {
    while (attribute.next()) {
      if (attribute.type() == IFLA_INFO_KIND) {
        return Optional.of(attribute.string());
      }
    }
    return Optional.empty();
  }

  /** Decodes RTM_NEWADDR and RTM_DELADDR; empty for other families than IPv4, or broken ones. */
  public static Optional<LinkAddress> address(MessageReader message) {
    if (message.payloadLength() < ADDRESS_HEADER_BYTES || message.u8(0) != AF_INET) {
      return Optional.empty();
    }
    Optional<InetAddress> local = Optional.empty();
    Optional<InetAddress> address = Optional.empty();
    Optional<InetAddress> broadcast = Optional.empty();
    Optional<String> label = Optional.empty();
    int flags = message.u8(2);
    AttributeReader attribute = message.attributes(ADDRESS_HEADER_BYTES);
    while (attribute.next()) {
      switch (attribute.type()) {
        case IFA_LOCAL -> local = ipv4(attribute);
        case IFA_ADDRESS -> address = ipv4(attribute);
        case IFA_BROADCAST -> broadcast = ipv4(attribute);
        case IFA_LABEL -> label = Optional.of(attribute.string()).filter(text -> !text.isEmpty());
        case IFA_FLAGS -> flags = attribute.s32();
        default -> {}
      }
    }
    int index = message.s32(4);
    int prefixLength = message.u8(1);
    Optional<InetAddress> own = local.isPresent() ? local : address;
    boolean broken = attribute.error().isPresent() || index <= 0 || prefixLength > 32;
    if (broken || own.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new LinkAddress(
            index,
            own.get(),
            prefixLength,
            address.filter(other -> !other.equals(own.get())),
            broadcast,
            message.u8(3),
            (flags & IFA_F_SECONDARY) != 0,
            label));
  }

  private static Optional<InetAddress> ipv4(AttributeReader attribute) {
    byte[] bytes = attribute.bytes();
    if (bytes.length != 4) {
      return Optional.empty();
    }
    try {
      return Optional.of(InetAddress.getByAddress(bytes));
    } catch (UnknownHostException e) {
      throw new AssertionError("4 bytes are an address", e);
    }
  }
}
