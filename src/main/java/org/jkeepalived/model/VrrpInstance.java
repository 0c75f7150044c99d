package org.jkeepalived.model;

import java.net.InetAddress;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * One {@code vrrp_instance} block with every default resolved.
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
    Notifications notifications) {

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
  }

  /** One that tracks nothing but its link and tells nobody. */
  public VrrpInstance(
      String name,
      Key key,
      Protocol protocol,
      Election election,
      Conduct conduct,
      Addresses addresses,
      Announcements announcements) {
    this(
        name,
        key,
        protocol,
        election,
        conduct,
        addresses,
        announcements,
        Tracking.PRIMARY_LINK,
        Notifications.NONE);
  }

  /** The same with other tracking. */
  public VrrpInstance tracking(Tracking other) {
    return new VrrpInstance(
        name, key, protocol, election, conduct, addresses, announcements, other, notifications);
  }

  /**
   * What tells this virtual router's advertisements from all others that the machine hears. Two
   * that speak to peers may share it where they have no peer in common.
   *
   * @param interfaceName the link it speaks on
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

    /** One that speaks to a multicast group. */
    public Key(String interfaceName, InetAddress group, int virtualRouterId) {
      this(interfaceName, AddressFamily.of(group), Optional.of(group), virtualRouterId);
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
    public Protocol {
      Objects.requireNonNull(authentication);
      Objects.requireNonNull(source);
      Objects.requireNonNull(unicast);
    }

    /** One that speaks to the key's group. */
    public Protocol(
        int version,
        long advertIntervalNanos,
        int downTimerAdverts,
        Authentication authentication,
        Optional<InetAddress> source) {
      this(version, advertIntervalNanos, downTimerAdverts, authentication, source, Unicast.NONE);
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
      long timerExpiredBackupNanos) {}

  /**
   * How the virtual router answers others.
   *
   * @param strict {@code strict_mode}
   * @param accept whether the virtual addresses answer when the priority is not 255
   * @param skipCheckAddresses {@code skip_check_adv_addr}
   * @param lowerPriorityNoAdvert {@code lower_prio_no_advert}
   * @param higherPrioritySendAdvert {@code higher_prio_send_advert}
   * @param ownerIgnoreAdverts {@code owner_ignore_adverts}
   * @param checksumAsVersion2 {@code v3_checksum_as_v2}: no pseudo header in version 3's checksum
   */
  public record Conduct(
      boolean strict,
      boolean accept,
      boolean skipCheckAddresses,
      boolean lowerPriorityNoAdvert,
      boolean higherPrioritySendAdvert,
      boolean ownerIgnoreAdverts,
      boolean checksumAsVersion2) {}

  /**
   * What the master holds.
   *
   * @param advertised {@code virtual_ipaddress}, in the file's order
   * @param excluded {@code virtual_ipaddress_excluded}
   * @param promoteSecondaries {@code promote_secondaries}
   */
  public record Addresses(
      List<VirtualAddress> advertised, List<VirtualAddress> excluded, boolean promoteSecondaries) {
    public Addresses {
      advertised = List.copyOf(advertised);
      excluded = List.copyOf(excluded);
    }
  }

  /**
   * When and how often the master announces its addresses (gratuitous ARP).
   *
   * @param repeat announcements of each address at once when it becomes master
   * @param delayNanos until the second set; 0 for no second set
   * @param refreshNanos between refreshing sets while master; 0 for none
   * @param refreshRepeat announcements in a refreshing set
   * @param lowerPriorityRepeat announcements after a lower-priority advertisement
   * @param lowerPriorityDelayNanos until the second set after one; 0 for no second set
   * @param intervalNanos between two announcements on one interface; 0 for none
   */
  public record Announcements(
      int repeat,
      long delayNanos,
      long refreshNanos,
      int refreshRepeat,
      int lowerPriorityRepeat,
      long lowerPriorityDelayNanos,
      long intervalNanos) {}
}
