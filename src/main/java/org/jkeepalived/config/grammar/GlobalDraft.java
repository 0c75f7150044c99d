package org.jkeepalived.config.grammar;

import java.net.InetAddress;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What has been read of everything that concerns the daemon as a whole. */
final class GlobalDraft implements Draft {

  Optional<String> processInstance = Optional.empty();
  Optional<String> networkNamespace = Optional.empty();
  boolean usePidDirectory;

  Optional<String> routerId = Optional.empty();
  int version = 2;
  Optional<InetAddress> group4 = Optional.empty();
  boolean strict;
  boolean skipCheckAddresses;
  boolean lowerPriorityNoAdvert;
  boolean higherPrioritySendAdvert;
  boolean ownerIgnoreAdverts;
  boolean checksumAsVersion2;
  boolean logUnknownVrids;
  int downTimerAdverts = 3;
  long startupDelayNanos;
  long delayAfterBootNanos;

  boolean minimalAnnouncements;
  final AnnouncementsDraft announcements = new AnnouncementsDraft();
  Optional<Long> announcementIntervalNanos = Optional.empty();

  /** The interfaces that some {@code garp_group} names. */
  final Set<String> announcementGroupInterfaces = new HashSet<>();

  /** {@code dynamic_interfaces}: nothing is said about links that do not exist. */
  boolean dynamicInterfaces;

  /** {@code vrrp_iptables} without a chain: no firewall rules, whatever the instances say. */
  boolean noFirewall;

  /** {@code garp_group}: by interface. */
  final Map<String, Long> announcementIntervalNanosByInterface = new LinkedHashMap<>();

  /** {@code jkeepalived { compat 1.3 }}. */
  boolean compatibleWith13;

  @Override
  public String name() {
    return "";
  }
}
