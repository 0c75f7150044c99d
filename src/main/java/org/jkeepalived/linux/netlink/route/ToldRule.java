package org.jkeepalived.linux.netlink.route;

import java.net.InetAddress;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jkeepalived.linux.netlink.AttributeReader;
import org.jkeepalived.linux.netlink.MessageReader;
import org.jkeepalived.model.AddressFamily;
import org.jkeepalived.model.routing.Prefix;
import org.jkeepalived.model.routing.Range;
import org.jkeepalived.model.routing.RouteTracking;
import org.jkeepalived.model.routing.RoutingRule;
import org.jkeepalived.model.routing.RuleAction;
import org.jkeepalived.model.routing.RuleSelector;
import org.jkeepalived.model.routing.RuleTraffic;

/** A rule as the kernel tells of it, attribute by attribute. */
final class ToldRule {

  private static final long NO_SUPPRESSION = 0xFFFF_FFFFL;

  private Optional<InetAddress> from = Optional.empty();
  private Optional<InetAddress> to = Optional.empty();
  private long priority;
  private long table;
  private long target;
  private OptionalLong mark = OptionalLong.empty();
  private long mask = RuleSelector.Mark.ALL;
  private String input = "";
  private String output = "";
  private Optional<Range> users = Optional.empty();
  private OptionalInt transport = OptionalInt.empty();
  private Optional<Range> sourcePorts = Optional.empty();
  private Optional<Range> destinationPorts = Optional.empty();
  private OptionalLong realms = OptionalLong.empty();
  private OptionalInt suppressPrefixLength = OptionalInt.empty();
  private OptionalLong suppressGroup = OptionalLong.empty();
  private OptionalInt protocol = OptionalInt.empty();
  private boolean l3mdev;

  private ToldRule() {}

  /** Reads RTM_NEWRULE and RTM_DELRULE; empty for what cannot be understood. Never throws. */
  static Optional<RoutingRule> read(MessageReader message) {
    int family = message.u8(0);
    boolean ipv4 = family == RouteMessages.AF_INET;
    if (message.payloadLength() < RuleMessage.HEADER_BYTES
        || !ipv4 && family != RouteMessages.AF_INET6) {
      return Optional.empty();
    }
    ToldRule told = new ToldRule();
    told.table = message.u8(4);
    AttributeReader attribute = message.attributes(RuleMessage.HEADER_BYTES);
    while (attribute.next()) {
      told.readSelector(attribute);
      told.readAction(attribute);
    }
    return attribute.error().isPresent()
        ? Optional.empty()
        : told.action(message.u8(7))
            .map(
                action ->
                    new RoutingRule(
                        told.selector(message),
                        told.priority,
                        ipv4 ? AddressFamily.IPV4 : AddressFamily.IPV6,
                        action,
                        told.protocol,
                        RouteTracking.YES));
  }

  private void readSelector(AttributeReader attribute) {
    switch (attribute.type()) {
      case RuleMessage.FRA_SRC -> from = RoutingNews.address(attribute.bytes());
      case RuleMessage.FRA_DST -> to = RoutingNews.address(attribute.bytes());
      case RuleMessage.FRA_PRIORITY -> priority = attribute.u32();
      case RuleMessage.FRA_FWMARK -> mark = OptionalLong.of(attribute.u32());
      case RuleMessage.FRA_FWMASK -> mask = attribute.u32();
      case RuleMessage.FRA_IIFNAME -> input = attribute.string();
      case RuleMessage.FRA_OIFNAME -> output = attribute.string();
      case RuleMessage.FRA_IP_PROTO -> transport = OptionalInt.of(attribute.u8());
      case RuleMessage.FRA_UID_RANGE -> users = range(attribute.pairOfU32());
      case RuleMessage.FRA_SPORT_RANGE -> sourcePorts = range(attribute.pairOfU16());
      case RuleMessage.FRA_DPORT_RANGE -> destinationPorts = range(attribute.pairOfU16());
      default -> {
        // no matter of which packets it is for, or one that no line of ours can say
      }
    }
  }

  private static Optional<Range> range(Optional<long[]> ends) {
    return ends.map(both -> new Range(both[0], both[1]));
  }

  private void readAction(AttributeReader attribute) {
    switch (attribute.type()) {
      case RuleMessage.FRA_TABLE -> table = attribute.u32();
      case RuleMessage.FRA_GOTO -> target = attribute.u32();
      case RuleMessage.FRA_FLOW -> realms = OptionalLong.of(attribute.u32());
      case RuleMessage.FRA_L3MDEV -> l3mdev = attribute.u8() != 0;
      case RuleMessage.FRA_PROTOCOL -> protocol = OptionalInt.of(attribute.u8());
      case RuleMessage.FRA_SUPPRESS_PREFIXLEN -> {
        long length = attribute.u32();
        suppressPrefixLength =
            length == NO_SUPPRESSION ? OptionalInt.empty() : OptionalInt.of((int) length);
      }
      case RuleMessage.FRA_SUPPRESS_IFGROUP -> {
        long group = attribute.u32();
        suppressGroup = group == NO_SUPPRESSION ? OptionalLong.empty() : OptionalLong.of(group);
      }
      default -> {
        // no matter of what becomes of its packets
      }
    }
  }

  private RuleSelector selector(MessageReader message) {
    return new RuleSelector(
        (message.s32(8) & RuleMessage.FIB_RULE_INVERT) != 0,
        prefix(from, message.u8(2)),
        prefix(to, message.u8(1)),
        message.u8(3),
        mark(),
        new RuleTraffic(input, output, users, transport, sourcePorts, destinationPorts));
  }

  private Optional<RuleSelector.Mark> mark() {
    return mark.isEmpty()
        ? Optional.empty()
        : Optional.of(new RuleSelector.Mark(mark.getAsLong(), mask));
  }

  private static Optional<Prefix> prefix(Optional<InetAddress> address, int length) {
    return address
        .filter(some -> length <= Byte.SIZE * some.getAddress().length)
        .map(some -> new Prefix(some, length));
  }

  private Optional<RuleAction> action(int number) {
    for (RuleAction.Kind kind : RuleAction.Kind.values()) {
      if (kind.number() == number && (kind == RuleAction.Kind.L3MDEV) == l3mdev) {
        long leadsTo =
            switch (kind) {
              case TABLE -> table;
              case GOTO -> target;
              case L3MDEV, NOP, BLACKHOLE, UNREACHABLE, PROHIBIT -> 0;
            };
        return Optional.of(
            new RuleAction(kind, leadsTo, realms, suppressPrefixLength, suppressGroup));
      }
    }
    return Optional.empty();
  }
}
