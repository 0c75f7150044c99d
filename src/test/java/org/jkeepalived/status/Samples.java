package org.jkeepalived.status;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import org.jkeepalived.link.LinkAddress;
import org.jkeepalived.link.LinkState;
import org.jkeepalived.link.TestLinks;
import org.jkeepalived.model.Announcements;
import org.jkeepalived.model.Authentication;
import org.jkeepalived.model.Configuration;
import org.jkeepalived.model.GlobalDefinitions;
import org.jkeepalived.model.VirtualAddress;
import org.jkeepalived.model.VrrpInstance;
import org.jkeepalived.model.VrrpInstance.Conduct.Rule;
import org.jkeepalived.time.Moment;
import org.jkeepalived.vrrp.Counter;
import org.jkeepalived.vrrp.Discard;
import org.jkeepalived.vrrp.Fault;
import org.jkeepalived.vrrp.ReceivedAdvertisement;
import org.jkeepalived.vrrp.State;
import org.jkeepalived.vrrp.Statistics;
import org.jkeepalived.vrrp.VirtualRouters;

/** Snapshots to render: a master of version 2, a backup and a faulty one of version 3. */
final class Samples {

  private static final long SECOND = 1_000_000_000L;
  private static final long NOW = 5_000 * SECOND;
  private static final Announcements ANNOUNCEMENTS =
      Announcements.STANDARD.refreshNanos(60 * SECOND).lowerPriorityRepeat(3);

  private Samples() {}

  static VrrpSnapshot three() {
    return snapshot(List.of(master(), backup(), faulty()));
  }

  static VrrpSnapshot snapshot(List<RouterSnapshot> routers) {
    return new VrrpSnapshot(
        new Moment(NOW, Instant.ofEpochSecond(1_795_373_903L, 500_000_000L)),
        new Configuration(
            new GlobalDefinitions(
                "node-a", Optional.of("foo"), Optional.empty(), false, SECOND / 2, 0, true),
            routers.stream().map(RouterSnapshot::instance).toList()),
        routers,
        List.of(),
        TrackerStatus.UNKNOWN,
        new VrrpSnapshot.Strays(
            Map.of(VirtualRouters.Stray.TRUNCATED, 7L, VirtualRouters.Stray.UNKNOWN_VRID, 8L)),
        new VrrpSnapshot.Machine(
            List.of(
                link(1, "lo", 772, 65536, Optional.empty()),
                link(2, "eth0", 1, 1500, Optional.of("veth")),
                link(3, "blue", 1, 65575, Optional.of("vrf")),
                link(4, "tun0", 65534, 1400, Optional.of("tun"))),
            List.of(
                address(1, "127.0.0.1", 8),
                address(2, "192.168.32.200", 16),
                address(2, "192.168.32.129", 16),
                address(2, "192.168.78.1", 32)),
            new Sockets(Map.of(2, 37), 38),
            figures()));
  }

  private static Figures figures() {
    return new Figures(
        Map.of(2, new Traffic(11, 12, 13, 14), 9, new Traffic(1, 1, 1, 1)),
        new Traffic(21, 22, 23, 24),
        List.of(
            new Figures.ThreadFigures("vrrp", 1_234_567, 0, false),
            new Figures.ThreadFigures("files", 0, 100, true)));
  }

  static RouterSnapshot master() {
    Statistics statistics = new Statistics();
    statistics.count(Counter.BECAME_MASTER);
    statistics.count(Counter.ADVERTISEMENTS_SENT);
    statistics.count(Counter.ADVERTISEMENTS_SENT);
    statistics.count(Discard.TTL);
    statistics.count(Counter.SEND_FAILURES);
    statistics.count(Counter.LATE_TIMERS);
    statistics.count(Counter.LATE_TIMERS);
    statistics.countDifferentList();
    statistics.countDifferentList();
    return new RouterSnapshot(
        new VrrpInstance("VI_1", new VrrpInstance.Key("eth0", ip("224.0.0.18"), 51))
            .protocol(
                VrrpInstance.Protocol.STANDARD
                    .advertIntervalNanos(2 * SECOND)
                    .authentication(
                        new Authentication(
                            Authentication.Type.SIMPLE_PASSWORD,
                            "se\"cret/".getBytes(StandardCharsets.UTF_8))))
            .election(VrrpInstance.Election.STANDARD.initialMaster(true).priority(255))
            .conduct(
                VrrpInstance.Conduct.STANDARD
                    .with(Rule.SKIP_CHECK_ADDRESSES, true)
                    .with(Rule.HIGHER_PRIORITY_SEND_ADVERT, true))
            .addresses(
                VrrpInstance.Addresses.NONE
                    .advertised(
                        List.of(virtual("192.168.32.200", 16), virtual("192.168.32.201", 32)))
                    .excluded(List.of(virtual("192.168.78.1", 32))))
            .announcements(ANNOUNCEMENTS),
        State.MASTER,
        new RouterSnapshot.Priority(255, 255),
        Optional.of(ip("192.168.32.129")),
        Optional.empty(),
        RouterSnapshot.Troubles.NONE,
        new RouterSnapshot.Times(
            OptionalLong.of(NOW - 4 * SECOND), OptionalLong.of(NOW + SECOND), 6 * SECOND),
        statistics);
  }

  static RouterSnapshot backup() {
    return new RouterSnapshot(
        new VrrpInstance("VI_2", new VrrpInstance.Key("eth0", ip("224.0.0.18"), 52))
            .protocol(
                VrrpInstance.Protocol.STANDARD
                    .version(3)
                    .advertIntervalNanos(SECOND / 4)
                    .source(Optional.of(ip("192.168.32.131"))))
            .election(
                VrrpInstance.Election.STANDARD
                    .initialMaster(true)
                    .priority(90)
                    .preemptDelayNanos(2 * SECOND + SECOND / 2))
            .conduct(VrrpInstance.Conduct.STANDARD.with(Rule.LOWER_PRIORITY_NO_ADVERT, true))
            .addresses(
                VrrpInstance.Addresses.NONE.advertised(List.of(peer())).promoteSecondaries(true))
            .announcements(ANNOUNCEMENTS),
        State.BACKUP,
        new RouterSnapshot.Priority(90, 90),
        Optional.of(ip("192.168.32.131")),
        Optional.of(new ReceivedAdvertisement(ip("192.168.32.130"), 100, SECOND / 2)),
        RouterSnapshot.Troubles.NONE,
        new RouterSnapshot.Times(
            OptionalLong.of(NOW - 4 * SECOND), OptionalLong.of(NOW + SECOND), 1_824_218_999L),
        new Statistics());
  }

  static RouterSnapshot faulty() {
    return new RouterSnapshot(
        new VrrpInstance("VI_3", new VrrpInstance.Key("nosuch0", ip("224.0.0.18"), 53))
            .protocol(VrrpInstance.Protocol.STANDARD.version(3))
            .election(VrrpInstance.Election.STANDARD.preempt(false))
            .conduct(
                VrrpInstance.Conduct.STANDARD
                    .with(Rule.STRICT, true)
                    .with(Rule.ACCEPT, false)
                    .with(Rule.LOWER_PRIORITY_NO_ADVERT, true))
            .announcements(ANNOUNCEMENTS),
        State.FAULT,
        new RouterSnapshot.Priority(100, 100),
        Optional.empty(),
        Optional.empty(),
        new RouterSnapshot.Troubles(Set.of(Fault.INTERFACE_MISSING), 0, 0, true),
        new RouterSnapshot.Times(
            OptionalLong.of(NOW - 4 * SECOND), OptionalLong.empty(), 3_609_375_000L),
        new Statistics());
  }

  private static VirtualAddress virtual(String address, int prefixLength) {
    return new VirtualAddress(
        ip(address),
        prefixLength,
        "eth0",
        Optional.empty(),
        0,
        Optional.empty(),
        Optional.empty(),
        Set.of(),
        true,
        OptionalLong.empty());
  }

  private static VirtualAddress peer() {
    return new VirtualAddress(
        ip("10.2.0.2"),
        32,
        "eth1",
        Optional.of(ip("10.2.0.255")),
        253,
        Optional.of("eth1:x"),
        Optional.of(new VirtualAddress.Peer(ip("10.2.0.3"), 32)),
        Set.of(VirtualAddress.Flag.NOPREFIXROUTE),
        false,
        OptionalLong.empty());
  }

  /** UP, LOOPBACK, RUNNING and LOWER_UP. */
  private static final int LOOPBACK = 0x10049;

  private static LinkState link(int index, String name, int type, int mtu, Optional<String> kind) {
    return new LinkState(
        index,
        name,
        new byte[] {2, 0, 0, 0, 0, (byte) 0xa0},
        type == 772 ? LOOPBACK : TestLinks.UP,
        mtu,
        type,
        kind,
        OptionalInt.empty(),
        OptionalInt.empty());
  }

  private static LinkAddress address(int index, String address, int prefixLength) {
    return new LinkAddress(
        index,
        ip(address),
        prefixLength,
        Optional.empty(),
        Optional.empty(),
        0,
        false,
        Optional.empty());
  }

  private static InetAddress ip(String address) {
    try {
      return InetAddress.getByName(address);
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(e);
    }
  }
}
