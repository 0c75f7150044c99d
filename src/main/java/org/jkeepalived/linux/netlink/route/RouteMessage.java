package org.jkeepalived.linux.netlink.route;

import java.util.List;
import org.jkeepalived.kernel.KernelRequest;
import org.jkeepalived.kernel.KernelRoute;
import org.jkeepalived.linux.netlink.MessageWriter;
import org.jkeepalived.linux.netlink.Netlink;
import org.jkeepalived.model.AddressFamily;
import org.jkeepalived.model.routing.NextHop;
import org.jkeepalived.model.routing.Prefix;
import org.jkeepalived.model.routing.Route;
import org.jkeepalived.model.routing.RouteMetric;
import org.jkeepalived.model.routing.RouteTarget;
import org.jkeepalived.model.routing.RouteTuning;

/**
 * Writes RTM_NEWROUTE and RTM_DELROUTE (rtnetlink(7), linux/rtnetlink.h).
 *
 * <pre>
 * struct rtmsg: | family (1) | destination length (1) | source length (1) | tos (1) |
 *               | table (1) | protocol (1) | scope (1) | type (1) | flags (4) |
 * struct rtnexthop: | length (2) | flags (1) | weight less 1 (1) | link (4) |
 * </pre>
 */
final class RouteMessage {
  static final int RTM_NEWROUTE = 24;
  static final int RTM_DELROUTE = 25;
  static final int HEADER_BYTES = 12;

  static final int RTA_DST = 1;
  private static final int RTA_SRC = 2;
  static final int RTA_OIF = 4;
  static final int RTA_GATEWAY = 5;
  static final int RTA_PRIORITY = 6;
  private static final int RTA_PREFSRC = 7;
  private static final int RTA_METRICS = 8;
  static final int RTA_MULTIPATH = 9;
  private static final int RTA_FLOW = 11;
  static final int RTA_TABLE = 15;
  private static final int RTA_PREF = 20;
  private static final int RTA_EXPIRES = 23;
  private static final int RTA_TTL_PROPAGATE = 26;

  private static final int RTAX_LOCK = 1;
  private static final int RTAX_CC_ALGO = 16;

  private static final int RTNH_F_ONLINK = 4;
  private static final int RT_TABLE_UNSPEC = 0;
  private static final int MOST_IN_A_BYTE = 255;

  private final MessageWriter writer;
  private final Route route;
  private final List<String> devices;
  private final List<Integer> indices;

  private RouteMessage(MessageWriter writer, KernelRequest request) {
    this.writer = writer;
    KernelRoute object = (KernelRoute) request.object();
    route = object.route();
    devices = object.links();
    indices = request.target().linkIndices();
  }

  /**
   * COMPAT: what is not said is what keepalived 2.2.7 sends: scope global, even for what is on the
   * link; a type that is written has the route added where keepalived prepends all others.
   */
  static void write(MessageWriter writer, KernelRequest request, int flags, int sequence) {
    RouteMessage message = new RouteMessage(writer, request);
    boolean add = request.isAddition();
    writer.begin(
        add ? RTM_NEWROUTE : RTM_DELROUTE,
        Netlink.NLM_F_REQUEST | flags | (add ? message.insertion() : 0),
        sequence);
    message.writeHeader();
    message.writePlace();
    if (add) {
      message.writeTuning();
    }
    message.writeHops(add);
    writer.end();
  }

  private int insertion() {
    return Netlink.NLM_F_CREATE
        | switch (route.handling().insertion()) {
          case PREPEND -> 0;
          case ADD -> Netlink.NLM_F_EXCL;
          case APPEND -> Netlink.NLM_F_APPEND;
        };
  }

  private void writeHeader() {
    RouteTarget target = route.target();
    long table = route.place().table();
    writer
        .u8(family(target.family()))
        .u8(target.destination().length())
        .u8(target.from().map(Prefix::length).orElse(0))
        .u8(target.tos())
        .u8(table > MOST_IN_A_BYTE ? RT_TABLE_UNSPEC : table)
        .u8(route.place().kernelProtocol())
        .u8(route.place().scope())
        .u8(target.type().number())
        .u32(route.hop().onlink() ? RTNH_F_ONLINK : 0);
  }

  static int family(AddressFamily family) {
    return family == AddressFamily.IPV4 ? RouteMessages.AF_INET : RouteMessages.AF_INET6;
  }

  private void writePlace() {
    Prefix destination = route.target().destination();
    if (destination.length() > 0) {
      writer.attribute(RTA_DST, destination.address().getAddress());
    }
    route.target().from().ifPresent(from -> writer.attribute(RTA_SRC, from.address().getAddress()));
    writer.attributeU32(RTA_TABLE, route.place().table());
    route.place().metric().ifPresent(metric -> writer.attributeU32(RTA_PRIORITY, metric));
  }

  private void writeTuning() {
    RouteTuning tuning = route.tuning();
    tuning.source().ifPresent(source -> writer.attribute(RTA_PREFSRC, source.getAddress()));
    if (!tuning.metrics().isEmpty() || tuning.congestion().isPresent()) {
      writeMetrics(tuning);
    }
    tuning.preference().ifPresent(preference -> writer.attributeU8(RTA_PREF, preference));
    tuning.expirySeconds().ifPresent(seconds -> writer.attributeU32(RTA_EXPIRES, seconds));
    tuning.ttlPropagation().ifPresent(on -> writer.attributeU8(RTA_TTL_PROPAGATE, on));
  }

  private void writeMetrics(RouteTuning tuning) {
    int start = writer.beginNested(RTA_METRICS);
    long locks = 0;
    for (RouteMetric metric : tuning.metrics()) {
      writer.attributeU32(metric.kind().number(), metric.value());
      locks |= metric.locked() ? 1L << metric.kind().number() : 0;
    }
    if (tuning.congestion().isPresent()) {
      writer.attributeString(RTAX_CC_ALGO, tuning.congestion().get().name());
      locks |= tuning.congestion().get().locked() ? 1L << RTAX_CC_ALGO : 0;
    }
    if (locks != 0) {
      writer.attributeU32(RTAX_LOCK, locks);
    }
    writer.endNested(start);
  }

  // ---- ways ----

  private void writeHops(boolean add) {
    writeWay(route.hop(), add);
    if (!route.hop().device().isEmpty()) {
      writer.attributeS32(RTA_OIF, index(route.hop()));
    }
    if (route.hops().isEmpty()) {
      return;
    }
    int start = writer.beginNested(RTA_MULTIPATH);
    for (NextHop hop : route.hops()) {
      int entry = writer.beginRecord();
      writer
          .u8(hop.onlink() ? RTNH_F_ONLINK : 0)
          .u8(Math.max(0, hop.weight() - 1))
          .s32(hop.device().isEmpty() ? 0 : index(hop));
      writeWay(hop, add);
      writer.endNested(entry);
    }
    writer.endNested(start);
  }

  private void writeWay(NextHop hop, boolean add) {
    hop.gateway().ifPresent(to -> writer.attribute(RTA_GATEWAY, to.getAddress()));
    if (add) {
      hop.realms().ifPresent(realms -> writer.attributeU32(RTA_FLOW, realms));
      hop.encapsulation().ifPresent(outer -> EncapsulationAttributes.write(writer, outer));
    }
  }

  private int index(NextHop hop) {
    return indices.get(devices.indexOf(hop.device()));
  }
}
