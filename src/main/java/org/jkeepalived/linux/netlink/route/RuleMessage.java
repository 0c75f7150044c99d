package org.jkeepalived.linux.netlink.route;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;
import org.jkeepalived.kernel.KernelRequest;
import org.jkeepalived.kernel.KernelRule;
import org.jkeepalived.linux.netlink.MessageWriter;
import org.jkeepalived.linux.netlink.Netlink;
import org.jkeepalived.model.routing.Prefix;
import org.jkeepalived.model.routing.Range;
import org.jkeepalived.model.routing.RoutingRule;
import org.jkeepalived.model.routing.RuleAction;
import org.jkeepalived.model.routing.RuleSelector;
import org.jkeepalived.model.routing.RuleTraffic;

/**
 * Writes RTM_NEWRULE and RTM_DELRULE (linux/fib_rules.h).
 *
 * <pre>
 * struct fib_rule_hdr: | family (1) | destination length (1) | source length (1) | tos (1) |
 *                      | table (1) | 0 (1) | 0 (1) | action (1) | flags (4) |
 * </pre>
 */
final class RuleMessage {
  static final int RTM_NEWRULE = 32;
  static final int RTM_DELRULE = 33;
  static final int HEADER_BYTES = 12;
  static final int FIB_RULE_INVERT = 2;

  static final int FRA_DST = 1;
  static final int FRA_SRC = 2;
  static final int FRA_IIFNAME = 3;
  static final int FRA_GOTO = 4;
  static final int FRA_PRIORITY = 6;
  static final int FRA_FWMARK = 10;
  static final int FRA_FLOW = 11;
  static final int FRA_SUPPRESS_IFGROUP = 13;
  static final int FRA_SUPPRESS_PREFIXLEN = 14;
  static final int FRA_TABLE = 15;
  static final int FRA_FWMASK = 16;
  static final int FRA_OIFNAME = 17;
  static final int FRA_L3MDEV = 19;
  static final int FRA_UID_RANGE = 20;
  static final int FRA_PROTOCOL = 21;
  static final int FRA_IP_PROTO = 22;
  static final int FRA_SPORT_RANGE = 23;
  static final int FRA_DPORT_RANGE = 24;

  private static final int MOST_IN_A_BYTE = 255;

  private RuleMessage() {}

  /** NLM_F_EXCL has the kernel refuse a second rule that is the same. */
  static void write(MessageWriter writer, KernelRequest request, int flags, int sequence) {
    RoutingRule rule = ((KernelRule) request.object()).rule();
    boolean add = request.isAddition();
    writer.begin(
        add ? RTM_NEWRULE : RTM_DELRULE,
        Netlink.NLM_F_REQUEST | flags | (add ? Netlink.NLM_F_CREATE | Netlink.NLM_F_EXCL : 0),
        sequence);
    writeSelector(writer, rule);
    writer.attributeU32(FRA_PRIORITY, rule.priority());
    writeTraffic(writer, rule.selector().traffic());
    writeAction(writer, rule.action());
    rule.protocol().ifPresent(protocol -> writer.attributeU8(FRA_PROTOCOL, protocol));
    writer.end();
  }

  private static void writeSelector(MessageWriter writer, RoutingRule rule) {
    RuleSelector selector = rule.selector();
    boolean hasTable = rule.action().kind() == RuleAction.Kind.TABLE;
    long table = hasTable ? rule.action().target() : 0;
    writer
        .u8(RouteMessage.family(rule.family()))
        .u8(selector.to().map(Prefix::length).orElse(0))
        .u8(selector.from().map(Prefix::length).orElse(0))
        .u8(selector.tos())
        .u8(table > MOST_IN_A_BYTE ? 0 : table)
        .u8(0)
        .u8(0)
        .u8(rule.action().kind().number())
        .u32(selector.inverted() ? FIB_RULE_INVERT : 0);
    writePrefix(writer, FRA_SRC, selector.from());
    writePrefix(writer, FRA_DST, selector.to());
    if (hasTable) {
      writer.attributeU32(FRA_TABLE, table);
    }
    selector
        .mark()
        .ifPresent(
            mark -> {
              writer.attributeU32(FRA_FWMARK, mark.value());
              writer.attributeU32(FRA_FWMASK, mark.mask());
            });
  }

  private static void writePrefix(MessageWriter writer, int type, Optional<Prefix> prefix) {
    prefix
        .filter(some -> some.length() > 0)
        .ifPresent(some -> writer.attribute(type, some.address().getAddress()));
  }

  private static void writeTraffic(MessageWriter writer, RuleTraffic traffic) {
    if (!traffic.input().isEmpty()) {
      writer.attributeString(FRA_IIFNAME, traffic.input());
    }
    if (!traffic.output().isEmpty()) {
      writer.attributeString(FRA_OIFNAME, traffic.output());
    }
    traffic
        .users()
        .ifPresent(
            users ->
                writer.attribute(
                    FRA_UID_RANGE,
                    hostOrder(2 * Integer.BYTES)
                        .putInt((int) users.first())
                        .putInt((int) users.last())
                        .array()));
    traffic.protocol().ifPresent(protocol -> writer.attributeU8(FRA_IP_PROTO, protocol));
    traffic.sourcePorts().ifPresent(ports -> writePorts(writer, FRA_SPORT_RANGE, ports));
    traffic.destinationPorts().ifPresent(ports -> writePorts(writer, FRA_DPORT_RANGE, ports));
  }

  private static void writePorts(MessageWriter writer, int type, Range ports) {
    writer.attribute(
        type,
        hostOrder(2 * Short.BYTES)
            .putShort((short) ports.first())
            .putShort((short) ports.last())
            .array());
  }

  private static ByteBuffer hostOrder(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.nativeOrder());
  }

  private static void writeAction(MessageWriter writer, RuleAction action) {
    switch (action.kind()) {
      case GOTO -> writer.attributeU32(FRA_GOTO, action.target());
      case L3MDEV -> writer.attributeU8(FRA_L3MDEV, 1);
      default -> {
        // a table stands with the selector, the others have none
      }
    }
    action.realms().ifPresent(realms -> writer.attributeU32(FRA_FLOW, realms));
    action
        .suppressPrefixLength()
        .ifPresent(most -> writer.attributeU32(FRA_SUPPRESS_PREFIXLEN, most));
    action.suppressGroup().ifPresent(group -> writer.attributeU32(FRA_SUPPRESS_IFGROUP, group));
  }
}
