package org.jkeepalived.model;

import java.net.InetAddress;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jkeepalived.model.routing.Routing;

/**
 * One {@code vrrp_instance} block with every default resolved.
 *
 * <p>Each part has a value of its own for what the file says nothing about, and a method of each
 * component's name that answers the same part with another value there: who makes an instance names
 * what he cares about, and does not change when a part gets one component more.
 *
 * @param name the block's name
 * @param key what tells its advertisements from others'
 * @param protocol how it speaks
 * @param election how it becomes and stays master
 * @param conduct how it answers others
 * @param addresses what the master holds
 * @param announcements the gratuitous ARP schedule
 * @param tracking what it watches
 * @param notifications who hears of its transitions
 * @param links those that are made for it
 */
public record VrrpInstance(
    String name,
    Key key,
    Protocol protocol,
    Election election,
    Conduct conduct,
    Addresses addresses,
    Announcements announcements,
    Tracking tracking,
    Notifications notifications,
    OwnLinks links) {

  private static final long SECOND_NANOS = 1_000_000_000L;

  public VrrpInstance {
    Objects.requireNonNull(name);
    Objects.requireNonNull(key);
    Objects.requireNonNull(protocol);
    Objects.requireNonNull(election);
    Objects.requireNonNull(conduct);
    Objects.requireNonNull(addresses);
    Objects.requireNonNull(announcements);
    Objects.requireNonNull(tracking);
    Objects.requireNonNull(notifications);
    Objects.requireNonNull(links);
  }

  /** One of which the file says no more: it has no addresses, and tells nobody. */
  public VrrpInstance(String name, Key key) {
    this(
        name,
        key,
        Protocol.STANDARD,
        Election.STANDARD,
        Conduct.STANDARD,
        Addresses.NONE,
        Announcements.STANDARD,
        Tracking.PRIMARY_LINK,
        Notifications.NONE,
        OwnLinks.NONE);
  }

  public VrrpInstance name(String other) {
    return new VrrpInstance(
        other,
        key,
        protocol,
        election,
        conduct,
        addresses,
        announcements,
        tracking,
        notifications,
        links);
  }

  public VrrpInstance key(Key other) {
    return new VrrpInstance(
        name,
        other,
        protocol,
        election,
        conduct,
        addresses,
        announcements,
        tracking,
        notifications,
        links);
  }

  public VrrpInstance protocol(Protocol other) {
    return new VrrpInstance(
        name,
        key,
        other,
        election,
        conduct,
        addresses,
        announcements,
        tracking,
        notifications,
        links);
  }

  public VrrpInstance election(Election other) {
    return new VrrpInstance(
        name,
        key,
        protocol,
        other,
        conduct,
        addresses,
        announcements,
        tracking,
        notifications,
        links);
  }

  public VrrpInstance conduct(Conduct other) {
    return new VrrpInstance(
        name,
        key,
        protocol,
        election,
        other,
        addresses,
        announcements,
        tracking,
        notifications,
        links);
  }

  public VrrpInstance addresses(Addresses other) {
    return new VrrpInstance(
        name,
        key,
        protocol,
        election,
        conduct,
        other,
        announcements,
        tracking,
        notifications,
        links);
  }

  public VrrpInstance announcements(Announcements other) {
    return new VrrpInstance(
        name, key, protocol, election, conduct, addresses, other, tracking, notifications, links);
  }

  public VrrpInstance tracking(Tracking other) {
    return new VrrpInstance(
        name,
        key,
        protocol,
        election,
        conduct,
        addresses,
        announcements,
        other,
        notifications,
        links);
  }

  public VrrpInstance notifications(Notifications other) {
    return new VrrpInstance(
        name, key, protocol, election, conduct, addresses, announcements, tracking, other, links);
  }

  public VrrpInstance links(OwnLinks other) {
    return new VrrpInstance(
        name,
        key,
        protocol,
        election,
        conduct,
        addresses,
        announcements,
        tracking,
        notifications,
        other);
  }

  /** The link that those of its addresses are on that name no other. */
  public String device() {
    return links.speaking().map(VirtualLink::name).orElse(key.interfaceName());
  }

  /** The link that its advertisements leave through; it hears those of others on the key's. */
  public String transmittingLink() {
    return links.transmitsOnBase() ? key.interfaceName() : device();
  }

  /** Its addresses on links that are not its own. */
  public List<VirtualAddress> addressesOnOtherLinks() {
    return addresses.all().stream().filter(address -> !address.device().equals(device())).toList();
  }

  /** Those that {@code garp_extra_if} concerns: on VMACs alone unless it says {@code all}. */
  public List<VirtualAddress> addressesToRefresh() {
    boolean all = announcements.otherLinks().all();
    return addressesOnOtherLinks().stream()
        .filter(address -> all || links.named(address.device()).isPresent())
        .toList();
  }

  /** Whether {@code garp_extra_if} has something to do here. */
  public boolean announcesOnOtherLinks() {
    Announcements.OtherLinks plan = announcements.otherLinks();
    return plan.refreshNanos() > 0 && !addressesToRefresh().isEmpty();
  }

  /**
   * What tells this virtual router's advertisements from all others that the machine hears. Two
   * that speak to peers may share it where they have no peer in common.
   *
   * @param interfaceName the link it speaks on, or the VRF; empty for one that speaks to peers over
   *     whatever link leads to them
   * @param family of the addresses that it speaks from and to
   * @param group the multicast group it sends to and listens on; empty when it speaks to peers
   * @param virtualRouterId 1 to 255
   */
  public record Key(
      String interfaceName,
      AddressFamily family,
      Optional<InetAddress> group,
      int virtualRouterId) {
    public Key {
      Objects.requireNonNull(interfaceName);
      Objects.requireNonNull(family);
      Objects.requireNonNull(group);
    }

    // a record's own are made at run time when they are first used: 20 ms of the daemon's start
    @Override
    public boolean equals(Object other) {
      return other instanceof Key key
          && virtualRouterId == key.virtualRouterId
          && family == key.family
          && interfaceName.equals(key.interfaceName)
          && group.equals(key.group);
    }

    @Override
    public int hashCode() {
      return 31 * (31 * interfaceName.hashCode() + group.hashCode()) + virtualRouterId;
    }

    /** One that speaks to a multicast group. */
    public Key(String interfaceName, InetAddress group, int virtualRouterId) {
      this(interfaceName, AddressFamily.of(group), Optional.of(group), virtualRouterId);
    }

    /** Whether it speaks over whatever link leads to its peers. */
    public boolean isAnywhere() {
      return interfaceName.isEmpty();
    }

    /** For people: the link that it speaks on. */
    public String linkText() {
      return isAnywhere() ? "any link" : interfaceName;
    }

    /** Whether it speaks to peers instead of a group. */
    public boolean isUnicast() {
      return group.isEmpty();
    }
  }

  /**
   * How the virtual router speaks.
   *
   * @param version 2 or 3
   * @param advertIntervalNanos version 2: whole seconds, 1 to 255; version 3: hundredths, 0.01 to
   *     40.95 s
   * @param downTimerAdverts intervals without an advertisement before the master counts as gone, 1
   *     to 100
   * @param authentication version 2 only
   * @param source {@code mcast_src_ip} or {@code unicast_src_ip}; empty for the interface's primary
   *     address
   * @param unicast whom it speaks to where the key names no group
   */
  public record Protocol(
      int version,
      long advertIntervalNanos,
      int downTimerAdverts,
      Authentication authentication,
      Optional<InetAddress> source,
      Unicast unicast) {
    /** Version 2, once a second, to the key's group. */
    public static final Protocol STANDARD =
        new Protocol(2, SECOND_NANOS, 3, Authentication.NONE, Optional.empty(), Unicast.NONE);

    public Protocol {
      Objects.requireNonNull(authentication);
      Objects.requireNonNull(source);
      Objects.requireNonNull(unicast);
    }

    public Protocol version(int other) {
      return new Protocol(
          other, advertIntervalNanos, downTimerAdverts, authentication, source, unicast);
    }

    public Protocol advertIntervalNanos(long other) {
      return new Protocol(version, other, downTimerAdverts, authentication, source, unicast);
    }

    public Protocol downTimerAdverts(int other) {
      return new Protocol(version, advertIntervalNanos, other, authentication, source, unicast);
    }

    public Protocol authentication(Authentication other) {
      return new Protocol(version, advertIntervalNanos, downTimerAdverts, other, source, unicast);
    }

    public Protocol source(Optional<InetAddress> other) {
      return new Protocol(
          version, advertIntervalNanos, downTimerAdverts, authentication, other, unicast);
    }

    public Protocol unicast(Unicast other) {
      return new Protocol(
          version, advertIntervalNanos, downTimerAdverts, authentication, source, other);
    }
  }

  /**
   * How the virtual router becomes and stays master.
   *
   * @param initialMaster {@code state MASTER}
   * @param priority 1 to 255; 255 is the address owner
   * @param preempt whether a lower-priority master is replaced
   * @param preemptDelayNanos 0 to 1000 s
   * @param timerExpiredBackupNanos a master whose timer fires later than this steps back to backup;
   *     0 for never
   */
  public record Election(
      boolean initialMaster,
      int priority,
      boolean preempt,
      long preemptDelayNanos,
      long timerExpiredBackupNanos) {
    /** A backup of priority 100. */
    public static final Election STANDARD = new Election(false, 100, true, 0, 0);

    public Election initialMaster(boolean other) {
      return new Election(other, priority, preempt, preemptDelayNanos, timerExpiredBackupNanos);
    }

    public Election priority(int other) {
      return new Election(
          initialMaster, other, preempt, preemptDelayNanos, timerExpiredBackupNanos);
    }

    public Election preempt(boolean other) {
      return new Election(
          initialMaster, priority, other, preemptDelayNanos, timerExpiredBackupNanos);
    }

    public Election preemptDelayNanos(long other) {
      return new Election(initialMaster, priority, preempt, other, timerExpiredBackupNanos);
    }

    public Election timerExpiredBackupNanos(long other) {
      return new Election(initialMaster, priority, preempt, preemptDelayNanos, other);
    }
  }

  /**
   * How the virtual router answers others.
   *
   * @param rules that it keeps, each of them or not
   * @param senders whom it listens to
   * @param room for what they send, until it is read
   * @param firewall what keeps its addresses from answering; empty where they answer
   */
  public record Conduct(
      Set<Rule> rules, AllowedSenders senders, ArrivalRoom room, Optional<Firewall> firewall) {

    /** What an instance may be told to do. */
    public enum Rule {
      /** {@code strict_mode}. */
      STRICT,
      /** {@code accept}: the virtual addresses answer although the priority is not 255. */
      ACCEPT,
      /** {@code skip_check_adv_addr}. */
      SKIP_CHECK_ADDRESSES,
      /** {@code lower_prio_no_advert}. */
      LOWER_PRIORITY_NO_ADVERT,
      /** {@code higher_prio_send_advert}. */
      HIGHER_PRIORITY_SEND_ADVERT,
      /** {@code owner_ignore_adverts}. */
      OWNER_IGNORE_ADVERTS,
      /** {@code v3_checksum_as_v2}: no pseudo header in version 3's checksum. */
      CHECKSUM_AS_VERSION_2
    }

    public static final Conduct STANDARD =
        new Conduct(
            EnumSet.of(Rule.ACCEPT), AllowedSenders.ALL, ArrivalRoom.STANDARD, Optional.empty());

    public Conduct {
      Objects.requireNonNull(senders);
      Objects.requireNonNull(room);
      Objects.requireNonNull(firewall);
      EnumSet<Rule> own = EnumSet.noneOf(Rule.class);
      own.addAll(rules);
      rules = Collections.unmodifiableSet(own);
    }

    /** The same, with or without a rule. */
    public Conduct with(Rule rule, boolean kept) {
      EnumSet<Rule> other = EnumSet.noneOf(Rule.class);
      other.addAll(rules);
      if (kept) {
        other.add(rule);
      } else {
        other.remove(rule);
      }
      return new Conduct(other, senders, room, firewall);
    }

    /** The same, listening to others. */
    public Conduct senders(AllowedSenders other) {
      return new Conduct(rules, other, room, firewall);
    }

    /** The same, with other room for what has arrived. */
    public Conduct room(ArrivalRoom other) {
      return new Conduct(rules, senders, other, firewall);
    }

    /** The same, with addresses that do not answer. */
    public Conduct firewall(Optional<Firewall> other) {
      return new Conduct(rules, senders, room, other);
    }

    public boolean strict() {
      return rules.contains(Rule.STRICT);
    }

    public boolean accept() {
      return rules.contains(Rule.ACCEPT);
    }

    public boolean skipCheckAddresses() {
      return rules.contains(Rule.SKIP_CHECK_ADDRESSES);
    }

    public boolean lowerPriorityNoAdvert() {
      return rules.contains(Rule.LOWER_PRIORITY_NO_ADVERT);
    }

    public boolean higherPrioritySendAdvert() {
      return rules.contains(Rule.HIGHER_PRIORITY_SEND_ADVERT);
    }

    public boolean ownerIgnoreAdverts() {
      return rules.contains(Rule.OWNER_IGNORE_ADVERTS);
    }

    public boolean checksumAsVersion2() {
      return rules.contains(Rule.CHECKSUM_AS_VERSION_2);
    }
  }

  /**
   * What the master holds.
   *
   * @param advertised {@code virtual_ipaddress}, in the file's order
   * @param excluded {@code virtual_ipaddress_excluded}
   * @param promoteSecondaries {@code promote_secondaries}
   * @param routing {@code virtual_routes} and {@code virtual_rules}
   */
  public record Addresses(
      List<VirtualAddress> advertised,
      List<VirtualAddress> excluded,
      boolean promoteSecondaries,
      Routing routing) {
    public static final Addresses NONE = new Addresses(List.of(), List.of(), false);

    public Addresses {
      advertised = List.copyOf(advertised);
      excluded = List.copyOf(excluded);
      Objects.requireNonNull(routing);
    }

    /** Without routes and rules. */
    public Addresses(
        List<VirtualAddress> advertised,
        List<VirtualAddress> excluded,
        boolean promoteSecondaries) {
      this(advertised, excluded, promoteSecondaries, Routing.NONE);
    }

    /** The advertised ones, then the others. */
    public List<VirtualAddress> all() {
      return excluded.isEmpty()
          ? advertised
          : Stream.concat(advertised.stream(), excluded.stream()).toList();
    }

    public Addresses advertised(List<VirtualAddress> other) {
      return new Addresses(other, excluded, promoteSecondaries, routing);
    }

    public Addresses excluded(List<VirtualAddress> other) {
      return new Addresses(advertised, other, promoteSecondaries, routing);
    }

    public Addresses promoteSecondaries(boolean other) {
      return new Addresses(advertised, excluded, other, routing);
    }

    public Addresses routing(Routing other) {
      return new Addresses(advertised, excluded, promoteSecondaries, other);
    }
  }
}
