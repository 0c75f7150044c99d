package org.jkeepalived.linux.netlink.route;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jkeepalived.kernel.KernelObject;
import org.jkeepalived.kernel.KernelRoute;
import org.jkeepalived.kernel.KernelRule;
import org.jkeepalived.linux.netlink.AttributeReader;
import org.jkeepalived.linux.netlink.MessageReader;
import org.jkeepalived.model.routing.Prefix;

/** Which route or rule is gone, as RTM_DELROUTE and RTM_DELRULE tell it. Never throws. */
final class RoutingNews {

  private static final int IPV4_BYTES = 4;
  private static final int IPV6_BYTES = 16;
  private static final int NEXT_HOP_BYTES = 8;
  private static final int NEXT_HOP_LINK = 4;

  private RoutingNews() {}

  /** The keys that what is gone may be held under; none for what cannot be understood. */
  static List<KernelObject.Key> gone(MessageReader message) {
    return switch (message.type()) {
      case RouteMessage.RTM_DELROUTE -> route(message);
      case RuleMessage.RTM_DELRULE ->
          ToldRule.read(message).stream()
              .map(rule -> (KernelObject.Key) KernelRule.Key.of(rule))
              .toList();
      default -> List.of();
    };
  }

  private static List<KernelObject.Key> route(MessageReader message) {
    Optional<InetAddress> all = anyAddress(message.u8(0));
    if (all.isEmpty() || message.payloadLength() < RouteMessage.HEADER_BYTES) {
      return List.of();
    }
    InetAddress destination = all.get();
    Optional<InetAddress> gateway = Optional.empty();
    int link = 0;
    long table = message.u8(4);
    long metric = 0;
    List<KernelRoute.Way> ways = new ArrayList<>();
    AttributeReader attribute = message.attributes(RouteMessage.HEADER_BYTES);
    while (attribute.next()) {
      switch (attribute.type()) {
        case RouteMessage.RTA_DST -> destination = address(attribute.bytes()).orElse(destination);
        case RouteMessage.RTA_GATEWAY -> gateway = address(attribute.bytes());
        case RouteMessage.RTA_OIF -> link = attribute.s32();
        case RouteMessage.RTA_TABLE -> table = attribute.u32();
        case RouteMessage.RTA_PRIORITY -> metric = attribute.u32();
        case RouteMessage.RTA_MULTIPATH -> readWays(attribute, ways);
        default -> {
          // what does not tell it from others
        }
      }
    }
    int length = message.u8(1);
    if (attribute.error().isPresent() || length > Byte.SIZE * destination.getAddress().length) {
      return List.of();
    }
    if (ways.isEmpty() && (link != 0 || gateway.isPresent())) {
      ways.add(new KernelRoute.Way(gateway, link));
    }
    KernelRoute.Key key =
        KernelRoute.Key.of(
            new Prefix(destination, length),
            table,
            new KernelRoute.Rank(message.u8(3), metric, message.u8(7), message.u8(5)),
            ways);
    return List.of(key, key.withoutLinks());
  }

  private static void readWays(AttributeReader several, List<KernelRoute.Way> ways) {
    for (AttributeReader hop = several.nested(); hop.nextRecord(NEXT_HOP_BYTES); ) {
      Optional<InetAddress> gateway = Optional.empty();
      for (AttributeReader inner = hop.inRecord(NEXT_HOP_BYTES); inner.next(); ) {
        if (inner.type() == RouteMessage.RTA_GATEWAY) {
          gateway = address(inner.bytes());
        }
      }
      ways.add(new KernelRoute.Way(gateway, hop.recordS32(NEXT_HOP_LINK)));
    }
  }

  private static Optional<InetAddress> anyAddress(int family) {
    return switch (family) {
      case RouteMessages.AF_INET -> address(new byte[IPV4_BYTES]);
      case RouteMessages.AF_INET6 -> address(new byte[IPV6_BYTES]);
      default -> Optional.empty();
    };
  }

  static Optional<InetAddress> address(byte[] bytes) {
    try {
      return bytes.length == IPV4_BYTES || bytes.length == IPV6_BYTES
          ? Optional.of(InetAddress.getByAddress(bytes))
          : Optional.empty();
    } catch (UnknownHostException e) {
      throw new AssertionError("4 or 16 bytes are an address", e);
    }
  }
}
