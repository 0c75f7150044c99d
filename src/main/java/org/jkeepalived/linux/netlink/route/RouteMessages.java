package org.jkeepalived.linux.netlink.route;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.OptionalInt;
import org.jkeepalived.link.LinkAddress;
import org.jkeepalived.link.LinkAddress.DuplicateCheck;
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
  static final int RTM_NEWNETCONF = 80;
  static final int RTM_GETNETCONF = 82;

  static final int AF_UNSPEC = 0;
  static final int AF_INET = 2;
  static final int AF_INET6 = 10;

  static final int LINK_HEADER_BYTES = 16;
  static final int ADDRESS_HEADER_BYTES = 8;

  /** That of struct netconfmsg, with what it is padded by. */
  private static final int SETTINGS_HEADER_BYTES = 4;

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
  static final int IFA_CACHEINFO = 6;
  private static final int IFA_F_SECONDARY = 0x01;
  private static final int IFA_F_OPTIMISTIC = 0x04;
  private static final int IFA_F_DADFAILED = 0x08;
  private static final int IFA_F_TENTATIVE = 0x40;

  private static final int NETCONFA_IFINDEX = 1;
  private static final int NETCONFA_FORWARDING = 2;

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

  /**
   * Decodes RTM_NEWADDR and RTM_DELADDR; empty for other families than IPv4 and IPv6, or broken
   * ones.
   */
  public static Optional<LinkAddress> address(MessageReader message) {
    if (message.payloadLength() < ADDRESS_HEADER_BYTES) {
      return Optional.empty();
    }
    int family = message.u8(0);
    if (family != AF_INET && family != AF_INET6) {
      return Optional.empty();
    }
    int length = family == AF_INET ? 4 : 16;
    Optional<InetAddress> local = Optional.empty();
    Optional<InetAddress> address = Optional.empty();
    Optional<InetAddress> broadcast = Optional.empty();
    Optional<String> label = Optional.empty();
    int flags = message.u8(2);
    AttributeReader attribute = message.attributes(ADDRESS_HEADER_BYTES);
    while (attribute.next()) {
      switch (attribute.type()) {
        case IFA_LOCAL -> local = address(attribute, length);
        case IFA_ADDRESS -> address = address(attribute, length);
        case IFA_BROADCAST -> broadcast = address(attribute, length);
        case IFA_LABEL -> label = Optional.of(attribute.string()).filter(text -> !text.isEmpty());
        case IFA_FLAGS -> flags = attribute.s32();
        default -> {}
      }
    }
    int index = message.s32(4);
    int prefixLength = message.u8(1);
    Optional<InetAddress> own = local.isPresent() ? local : address;
    boolean broken = attribute.error().isPresent() || index <= 0 || prefixLength > 8 * length;
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
            label,
            duplicateCheck(flags)));
  }

  private static DuplicateCheck duplicateCheck(int flags) {
    if ((flags & IFA_F_DADFAILED) != 0) {
      return DuplicateCheck.FAILED;
    }
    // an optimistic one may be used while the neighbours are asked (RFC 4429)
    return (flags & (IFA_F_TENTATIVE | IFA_F_OPTIMISTIC)) == IFA_F_TENTATIVE
        ? DuplicateCheck.RUNNING
        : DuplicateCheck.PASSED;
  }

  /**
   * What RTM_NEWNETCONF says of a link's IPv6.
   *
   * @param linkIndex negative for those of all links, and of those that are yet to come
   */
  record Forwarding(int linkIndex, boolean forwards) {}

  /** Decodes RTM_NEWNETCONF; empty for other settings than that one of IPv6, or broken ones. */
  static Optional<Forwarding> forwarding(MessageReader message) {
    if (message.payloadLength() < SETTINGS_HEADER_BYTES || message.u8(0) != AF_INET6) {
      return Optional.empty();
    }
    OptionalInt index = OptionalInt.empty();
    OptionalInt value = OptionalInt.empty();
    AttributeReader attribute = message.attributes(SETTINGS_HEADER_BYTES);
    while (attribute.next()) {
      switch (attribute.type()) {
        case NETCONFA_IFINDEX -> index = OptionalInt.of(attribute.s32());
        case NETCONFA_FORWARDING -> value = OptionalInt.of(attribute.s32());
        default -> {}
      }
    }
    return attribute.error().isPresent() || index.isEmpty() || value.isEmpty()
        ? Optional.empty()
        : Optional.of(new Forwarding(index.getAsInt(), value.getAsInt() != 0));
  }

  private static Optional<InetAddress> address(AttributeReader attribute, int length) {
    byte[] bytes = attribute.bytes();
    if (bytes.length != length) {
      return Optional.empty();
    }
    try {
      // not InetAddress.getByAddress, which makes an IPv4 address of ::ffff:10.0.0.1
      return Optional.of(
          length == 4
              ? InetAddress.getByAddress(bytes)
              : Inet6Address.getByAddress(null, bytes, -1));
    } catch (UnknownHostException e) {
      throw new AssertionError("4 or 16 bytes are an address", e);
    }
  }
}
