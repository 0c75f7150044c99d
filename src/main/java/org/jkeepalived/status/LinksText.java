package org.jkeepalived.status;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jkeepalived.link.LinkState;
import org.jkeepalived.model.AddressFamily;
import org.jkeepalived.model.Authentication;
import org.jkeepalived.model.BoundedDelays;
import org.jkeepalived.model.LinkWatch;
import org.jkeepalived.model.NumericAddress;
import org.jkeepalived.model.TrackTarget;
import org.jkeepalived.model.VirtualLink;
import org.jkeepalived.model.VrrpInstance;

/** The dump's sections on sockets and on links. */
final class LinksText {

  private static final int LOOPBACK = 772;
  private static final String TRACKING = "Tracking VRRP instances";

  private final VrrpSnapshot snapshot;
  private final HeldAddresses held;
  private final TrackingInstancesText tracking;
  private final Consumer<String> lines;
  private final Map<SocketUse, List<RouterSnapshot>> routersBySocket = new LinkedHashMap<>();

  /** Those that share a line of sockets: of one link, and of one address if they speak to peers. */
  private record SocketUse(
      String link,
      AddressFamily family,
      boolean authenticated,
      boolean unicast,
      Optional<InetAddress> address) {
    static SocketUse of(RouterSnapshot router) {
      VrrpInstance.Key key = router.instance().key();
      return new SocketUse(
          key.interfaceName(),
          key.family(),
          router.instance().protocol().authentication().type() == Authentication.Type.IPSEC_AH,
          key.isUnicast(),
          key.isUnicast() ? router.source() : Optional.empty());
    }
  }

  LinksText(
      VrrpSnapshot snapshot,
      HeldAddresses held,
      TrackingInstancesText tracking,
      Consumer<String> lines) {
    this.snapshot = snapshot;
    this.held = held;
    this.tracking = tracking;
    this.lines = lines;
    for (RouterSnapshot router : snapshot.routers()) {
      routersBySocket.computeIfAbsent(SocketUse.of(router), use -> new ArrayList<>()).add(router);
    }
  }

  /** One for each link that VRRP is spoken on; for each address on it that speaks to peers. */
  void sockets() {
    if (routersBySocket.isEmpty()) {
      return;
    }
    lines.accept("------< VRRP Sockpool >------");
    routersBySocket.forEach(this::sockets);
  }

  private void sockets(SocketUse use, List<RouterSnapshot> routers) {
    VrrpInstance.Key key = routers.get(0).instance().key();
    int descriptor = snapshot.machine().sockets().of(key, held::linkIndex);
    lines.accept(" fd_in " + descriptor + " fd_out = " + descriptor);
    lines.accept("   Interface = " + (use.link().isEmpty() ? "(any)" : use.link()));
    lines.accept("   Family = " + use.family().text());
    lines.accept("   Protocol = " + (use.authenticated() ? "AH" : "VRRP"));
    lines.accept("   Type = " + (use.unicast() ? "Unicast" : "Multicast"));
    use.address().ifPresent(address -> lines.accept("   Address = " + NumericAddress.of(address)));
    lines.accept("   VRRP instances");
    for (RouterSnapshot router : routers) {
      int vrid = router.instance().key().virtualRouterId();
      lines.accept("     " + router.instance().name() + " vrid " + vrid);
    }
  }

  void interfaces() {
    lines.accept("------< Interfaces >------");
    snapshot.machine().links().forEach(this::link);
    tracking.links().stream().filter(name -> held.linkIndex(name).isEmpty()).forEach(this::missing);
  }

  /** A link that somebody tracks and that is not there. */
  private void missing(String name) {
    lines.accept(" Name = " + name);
    lines.accept("   index = 0 (deleted)");
    lines.accept("   IPv4 address = (none)");
    lines.accept("   State = not UP, not RUNNING, no broadcast, no multicast");
    watch(name);
    tracking.write(TRACKING, TrackTarget.link(name), lines);
  }

  /** How long it must be up or down to count as that, and how that is found out. */
  private void watch(String name) {
    LinkWatch watch = BoundedDelays.of(snapshot.configuration()).links();
    Optional.ofNullable(snapshot.trackerStatus().delayed().get(name))
        .ifPresent(delayed -> lines.accept("   Delayed state change running = " + delayed));
    LinkWatch.Delays delays = watch.delays().getOrDefault(name, new LinkWatch.Delays(0, 0));
    lines.accept("   Up debounce timer = " + Durations.micros(delays.upNanos()) + "us");
    lines.accept("   Down debounce timer = " + Durations.micros(delays.downNanos()) + "us");
  }

  /** Empty where it is not known. */
  private Optional<String> source(String name) {
    if (!snapshot.configuration().links().polled().containsKey(name)) {
      return Optional.of("   NIC netlink status update");
    }
    return Optional.ofNullable(snapshot.trackerStatus().polled().get(name))
        .flatMap(
            polling ->
                switch (polling) {
                  case ETHTOOL -> Optional.of("   NIC support ETHTOOL GLINK interface");
                  case IOCTL -> Optional.of("   NIC ioctl refresh polling");
                  case ANY, MII -> Optional.empty();
                });
  }

  private void link(LinkState link) {
    lines.accept(" Name = " + link.name());
    lines.accept("   index = " + link.index());
    lines.accept(
        "   IPv4 address = " + held.primary(link.index()).map(NumericAddress::of).orElse("(none)"));
    if (snapshot.configuration().speaksIpv6()) {
      lines.accept(
          "   IPv6 address = "
              + held.linkLocal(link.index()).map(NumericAddress::of).orElse("(none)"));
    }
    if (link.type() != LOOPBACK && link.mac().length == 6) {
      lines.accept("   MAC = " + HexFormat.ofDelimiter(":").formatHex(link.mac()));
    }
    state(link).ifPresent(lines);
    watch(link.name());
    ownLink(link);
    lines.accept("   MTU = " + link.mtu());
    type(link).ifPresent(lines);
    source(link.name()).ifPresent(lines);
    tracking.write(TRACKING, TrackTarget.link(link.name()), lines);
  }

  /** What a link of ours stands on. */
  private void ownLink(LinkState link) {
    snapshot.configuration().instances().stream()
        .flatMap(instance -> instance.links().all())
        .filter(own -> own.name().equals(link.name()))
        .findFirst()
        .ifPresent(
            own -> {
              lines.accept(
                  "   "
                      + kind(own)
                      + ", underlying interface = "
                      + own.base()
                      + ", state = "
                      + snapshot.machine().links().stream()
                          .filter(base -> base.name().equals(own.base()))
                          .findFirst()
                          .map(LinksText::flags)
                          .orElse("not UP, not RUNNING"));
              lines.accept("   I/f created by keepalived");
            });
  }

  private static String kind(VirtualLink own) {
    return own.nature() instanceof VirtualLink.Ipvlan ipvlan
        ? "IPVLAN type L2 " + ipvlan.mode().name().toLowerCase(Locale.ROOT)
        : "VMAC type private";
  }

  private static String flags(LinkState link) {
    return (link.adminUp() ? "UP" : "not UP") + (link.running() ? ", RUNNING" : ", not RUNNING");
  }

  /** Empty where it is not known whether the link can broadcast: a VRF cannot, nor can a tunnel. */
  private static Optional<String> state(LinkState link) {
    boolean vrf = link.kind().filter("vrf"::equals).isPresent();
    if ((link.type() != LinkState.ETHERNET || vrf) && link.type() != LOOPBACK) {
      return Optional.empty();
    }
    StringBuilder text = new StringBuilder("   State = ");
    text.append(flags(link));
    if (link.type() == LOOPBACK) {
      text.append(", no broadcast, loopback");
    }
    text.append(link.arp() ? "" : ", no arp");
    text.append(link.multicast() ? "" : ", no multicast");
    return Optional.of(text.toString());
  }

  private static Optional<String> type(LinkState link) {
    return switch (link.type()) {
      case LinkState.ETHERNET -> Optional.of("   HW Type = ETHERNET");
      case LOOPBACK -> Optional.of("   HW Type = LOOPBACK");
      default -> Optional.empty();
    };
  }
}
