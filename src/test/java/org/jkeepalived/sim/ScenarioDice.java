package org.jkeepalived.sim;

import static org.jkeepalived.sim.Scenario.MILLIS;
import static org.jkeepalived.sim.Scenario.SECONDS;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SplittableRandom;
import org.jkeepalived.model.AddressFamily;
import org.jkeepalived.model.Announcements;
import org.jkeepalived.model.Authentication;
import org.jkeepalived.model.TrackKind;
import org.jkeepalived.model.TrackTarget;
import org.jkeepalived.model.Tracked;
import org.jkeepalived.model.VirtualAddress;
import org.jkeepalived.model.VrrpInstance;
import org.jkeepalived.model.VrrpInstance.Conduct.Rule;
import org.jkeepalived.model.Weight;
import org.jkeepalived.vrrp.TestInstance;

/** Draws clusters in which keepalived's promises can be kept, as odd as they may be otherwise. */
final class ScenarioDice {

  static final int FIRST_VRID = 10;

  /** The third byte of the first virtual router's addresses; the second one has the next. */
  static final int FIRST_VIRTUAL_NET = 100;

  private static final int PREFIX_LENGTH = 24;

  private static final String RENAMED = "_renamed";

  private static final long[] INTERVALS_V3 = {
    100 * MILLIS, 500 * MILLIS, SECONDS, SECONDS, 2 * SECONDS
  };

  private static final long[] ANSWERS = {60 * MILLIS, 60 * MILLIS, 600 * MILLIS, 6 * SECONDS};

  private final long seed;
  private final SplittableRandom dice;

  ScenarioDice(long seed, SplittableRandom dice) {
    this.seed = seed;
    this.dice = dice;
  }

  Scenario throwThem() {
    int nodes = dice.nextInt(5, 8);
    int segments = dice.nextInt(1, 3);
    List<Scenario.Machine> machines = new ArrayList<>();
    for (int node = 0; node < nodes; node++) {
      long origin = oneIn(4) ? Long.MAX_VALUE - dice.nextLong(900 * SECONDS) : dice.nextLong();
      int drift = dice.nextInt(-Scenario.MAX_DRIFT_PPM, Scenario.MAX_DRIFT_PPM + 1);
      machines.add(new Scenario.Machine(origin, drift));
    }
    List<Scenario.Router> routers = new ArrayList<>();
    int count = dice.nextInt(1, 4);
    for (int router = 0; router < count; router++) {
      int segment = dice.nextInt(segments);
      routers.add(
          new Scenario.Router(
              segment,
              instances(router, segment, oneIn(3) ? segments - 1 - segment : segment, nodes)));
    }
    long maxDelay = dice.nextLong(MILLIS, 15 * MILLIS);
    Weather calm = new Weather(0, oneIn(2) ? 0 : 50, 0, MILLIS / 10, maxDelay);
    Scenario.Limits limits =
        new Scenario.Limits(
            maxDelay,
            dice.nextLong(MILLIS / 10, 5 * MILLIS),
            ANSWERS[dice.nextInt(ANSWERS.length)]);
    List<Scenario.Group> groups = groups(routers);
    List<Scenario.Check> checks = checks(routers.size(), groups);
    return new Scenario(seed, nodes, segments, routers, groups, checks, machines, calm, limits);
  }

  /** Scripts that are a fault, and scripts with a weight of either sign. */
  private List<Scenario.Check> checks(int routers, List<Scenario.Group> groups) {
    List<Scenario.Check> checks = new ArrayList<>();
    for (Scenario.Group group : groups) {
      check(group.routers()).ifPresent(checks::add);
    }
    for (int router = 0; router < routers; router++) {
      int alone = router;
      if (groups.stream().noneMatch(group -> group.routers().contains(alone))) {
        check(List.of(router)).ifPresent(checks::add);
      }
    }
    return checks;
  }

  private Optional<Scenario.Check> check(List<Integer> routers) {
    if (oneIn(3)) {
      return Optional.empty();
    }
    TrackTarget thing = new TrackTarget(TrackKind.SCRIPT, "check_" + routers.get(0));
    int weight = oneIn(3) ? 0 : dice.nextInt(-120, 120);
    return Optional.of(new Scenario.Check(routers, new Tracked(thing, new Weight(weight, false))));
  }

  /** Most aligned, as the manual demands, and some not. */
  private List<Scenario.Group> groups(List<Scenario.Router> routers) {
    if (routers.size() < 2 || oneIn(4)) {
      return List.of();
    }
    List<Integer> members = new ArrayList<>(List.of(0, 1));
    if (routers.size() > 2 && oneIn(2)) {
      members.set(oneIn(2) ? 0 : 1, 2);
    } else if (routers.size() > 2) {
      members.add(2);
    }
    boolean aligned = !oneIn(5);
    if (aligned) {
      Scenario.Router first = routers.get(members.get(0));
      for (int member : members) {
        Scenario.Router other = routers.get(member);
        List<VrrpInstance> byNode = new ArrayList<>();
        for (int node = 0; node < other.byNode().size(); node++) {
          byNode.add(like(first.byNode().get(node), other.byNode().get(node)));
        }
        routers.set(member, other.byNode(byNode));
      }
    }
    return List.of(new Scenario.Group(members, aligned));
  }

  /** The second one, with the first one's say in elections. */
  static VrrpInstance like(VrrpInstance first, VrrpInstance second) {
    return second.election(first.election());
  }

  /**
   * @param further the segment of one more address; the same one for none
   */
  private List<VrrpInstance> instances(int router, int segment, int further, int nodes) {
    int version = oneIn(2) ? 2 : 3;
    AddressFamily family = version == 3 && oneIn(2) ? AddressFamily.IPV6 : AddressFamily.IPV4;
    boolean sameInterval = version == 2 || !oneIn(3);
    long interval = version == 2 ? dice.nextInt(1, 4) * SECONDS : intervalV3();
    Authentication authentication =
        version == 2 && oneIn(2)
            ? new Authentication(Authentication.Type.SIMPLE_PASSWORD, new byte[] {'s', '3', 'c'})
            : Authentication.NONE;
    boolean equalPriorities = oneIn(4);
    int owners = oneIn(4) ? oneIn(4) ? 2 : 1 : 0;
    boolean checksumAsVersion2 = version == 3 && oneIn(4);
    boolean strict = oneIn(4);
    int addresses = dice.nextInt(1, 4);
    int base = dice.nextInt(1, 254);
    List<VrrpInstance> byNode = new ArrayList<>();
    for (int node = 0; node < nodes; node++) {
      int priority =
          node < owners ? 255 : equalPriorities && !oneIn(4) ? base : dice.nextInt(1, 255);
      byNode.add(
          new VrrpInstance(name(router), groupKey(device(segment), family, FIRST_VRID + router))
              .protocol(
                  VrrpInstance.Protocol.STANDARD
                      .version(version)
                      .advertIntervalNanos(sameInterval ? interval : intervalV3())
                      .downTimerAdverts(oneIn(5) ? dice.nextInt(2, 6) : 3)
                      .authentication(authentication))
              .election(
                  VrrpInstance.Election.STANDARD
                      .initialMaster(oneIn(2))
                      .priority(priority)
                      .preempt(!oneIn(4))
                      .preemptDelayNanos(oneIn(4) ? dice.nextLong(SECONDS / 2, 20 * SECONDS) : 0)
                      .timerExpiredBackupNanos(
                          oneIn(4) ? dice.nextLong(SECONDS / 2, 5 * SECONDS) : 0))
              .conduct(
                  VrrpInstance.Conduct.STANDARD
                      .with(Rule.STRICT, strict)
                      .with(Rule.SKIP_CHECK_ADDRESSES, oneIn(3))
                      .with(Rule.LOWER_PRIORITY_NO_ADVERT, oneIn(4))
                      .with(Rule.HIGHER_PRIORITY_SEND_ADVERT, oneIn(4))
                      .with(Rule.CHECKSUM_AS_VERSION_2, checksumAsVersion2))
              .addresses(
                  VrrpInstance.Addresses.NONE
                      .advertised(addresses(family, router, segment, further, addresses))
                      .excluded(oneIn(3) ? excluded(family, router, segment, oneIn(2)) : List.of()))
              .announcements(
                  Announcements.STANDARD
                      .repeat(dice.nextInt(1, 6))
                      .delayNanos(oneIn(2) ? 5 * SECONDS : 0)
                      .refreshNanos(oneIn(4) ? 10 * SECONDS : 0)
                      .lowerPriorityRepeat(dice.nextInt(1, 6))
                      .lowerPriorityDelayNanos(oneIn(2) ? 5 * SECONDS : 0)));
    }
    return byNode;
  }

  private long intervalV3() {
    return INTERVALS_V3[dice.nextInt(INTERVALS_V3.length)];
  }

  private boolean oneIn(int times) {
    return dice.nextInt(times) == 0;
  }

  static String name(int router) {
    return "VI_" + router;
  }

  /** {@code VI_0}, whatever it is called after a reload: {@code VI_0_renamed}. */
  static int router(String name) {
    return Integer.parseInt(name.split("_")[1]);
  }

  static String otherName(String name) {
    return name.endsWith(RENAMED)
        ? name.substring(0, name.length() - RENAMED.length())
        : name + RENAMED;
  }

  /** Whose virtual address it is. */
  static int router(InetAddress virtual) {
    return net(virtual) - FIRST_VIRTUAL_NET;
  }

  static int router(VirtualAddress virtual) {
    return router(virtual.address());
  }

  /** The last number but one of an IPv4 address, and of those that are made here of IPv6. */
  private static int net(InetAddress address) {
    byte[] bytes = address.getAddress();
    return bytes[bytes.length - 2] & 0xff;
  }

  private static int host(InetAddress address) {
    byte[] bytes = address.getAddress();
    return bytes[bytes.length - 1] & 0xff;
  }

  static VrrpInstance.Key groupKey(String device, AddressFamily family, int virtualRouterId) {
    InetAddress group =
        family == AddressFamily.IPV4 ? address(224, 0, 0, 18) : TestInstance.address("ff02::12");
    return new VrrpInstance.Key(device, group, virtualRouterId);
  }

  static String device(int segment) {
    return "eth" + segment;
  }

  static int segment(String device) {
    return Integer.parseInt(device.substring("eth".length()));
  }

  /** Not in the order of the nodes, and on both sides of 128. */
  static InetAddress nodeAddress(int segment, int node) {
    return nodeAddress(AddressFamily.IPV4, segment, node);
  }

  /** The same of either family; of IPv6 it is a link-local one. */
  static InetAddress nodeAddress(AddressFamily family, int segment, int node) {
    return address(family, segment, 20 + node * 97 % 223);
  }

  /** The node that has that address, unless somebody else has; -1 for none. */
  static int nodeAt(InetAddress address, int nodes) {
    for (int node = 0; node < nodes; node++) {
      if (nodeAddress(AddressFamily.of(address), net(address), node).equals(address)) {
        return node;
      }
    }
    return -1;
  }

  /** The cable at which a node has that address. */
  static int segmentAt(InetAddress nodeAddress) {
    return net(nodeAddress);
  }

  /** An address that no machine has. */
  static InetAddress goneAddress(AddressFamily family, int segment) {
    return address(family, segment, 251);
  }

  /** The address of a machine that belongs to no cluster. */
  static InetAddress strangersAddress(AddressFamily family, int segment) {
    return address(family, segment, 250);
  }

  private static List<VirtualAddress> addresses(
      AddressFamily family, int router, int segment, int further, int count) {
    List<VirtualAddress> made = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      made.add(virtual(address(family, FIRST_VIRTUAL_NET + router, 1 + i), segment));
    }
    if (further != segment) {
      made.add(virtual(address(family, FIRST_VIRTUAL_NET + router, 100), further));
    }
    return made;
  }

  /** What a reload may add to {@code virtual_ipaddress}, or take from it. */
  static List<VirtualAddress> further(
      AddressFamily family, int router, int segment, boolean alone) {
    return List.of(
        virtual(
            address(family, FIRST_VIRTUAL_NET + router, 110),
            segment,
            alone ? family.bits() : PREFIX_LENGTH),
        virtual(address(family, FIRST_VIRTUAL_NET + router, 111), segment, PREFIX_LENGTH));
  }

  static boolean isFurther(VirtualAddress virtual) {
    int last = host(virtual.address());
    return last == 110 || last == 111;
  }

  /** What {@code virtual_ipaddress_excluded} may hold. */
  static List<VirtualAddress> excluded(AddressFamily family, int router, int segment, boolean two) {
    VirtualAddress first = virtual(address(family, FIRST_VIRTUAL_NET + router, 200), segment);
    // what is not advertised may be of the other family
    VirtualAddress second =
        virtual(address(other(family), FIRST_VIRTUAL_NET + router, 201), segment);
    return two ? List.of(first, second) : List.of(second);
  }

  private static VirtualAddress virtual(InetAddress address, int segment) {
    return virtual(address, segment, PREFIX_LENGTH);
  }

  private static VirtualAddress virtual(InetAddress address, int segment, int prefixLength) {
    return new VirtualAddress(
        address,
        prefixLength,
        device(segment),
        Optional.empty(),
        0,
        Optional.empty(),
        Optional.empty(),
        Set.of(),
        true,
        OptionalLong.empty());
  }

  private static AddressFamily other(AddressFamily family) {
    return family == AddressFamily.IPV4 ? AddressFamily.IPV6 : AddressFamily.IPV4;
  }

  /** 10.0.NET.HOST, or what ends like that of IPv6's link-local ones. */
  private static InetAddress address(AddressFamily family, int net, int host) {
    return family == AddressFamily.IPV4
        ? address(10, 0, net, host)
        : TestInstance.address(String.format(Locale.ROOT, "fe80::a00:%02x%02x", net, host));
  }

  private static InetAddress address(int a, int b, int c, int d) {
    try {
      return InetAddress.getByAddress(new byte[] {(byte) a, (byte) b, (byte) c, (byte) d});
    } catch (UnknownHostException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
