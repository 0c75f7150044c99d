package org.jkeepalived.vrrp;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jkeepalived.model.AddressFamily;
import org.jkeepalived.model.AllowedSenders;
import org.jkeepalived.model.Announcements;
import org.jkeepalived.model.Announcements.OtherLinks;
import org.jkeepalived.model.Authentication;
import org.jkeepalived.model.Unicast;
import org.jkeepalived.model.VirtualAddress;
import org.jkeepalived.model.VrrpInstance;
import org.jkeepalived.model.VrrpInstance.Conduct.Rule;

/**
 * Virtual routers for tests, described by {@code name=value} words; what is not named is
 * keepalived's default: version 2 (3 with IPv6 addresses), priority 100, an interval of one second,
 * 192.0.2.100.
 */
public final class TestInstance {

  private static final long SECOND_NANOS = 1_000_000_000L;

  private final Map<String, String> words;

  private TestInstance(Map<String, String> words) {
    this.words = words;
  }

  /** For example {@code of("version=3", "advert=0.25", "priority=200", "nopreempt")}. */
  public static VrrpInstance of(String... words) {
    Map<String, String> values = new LinkedHashMap<>();
    for (String word : words) {
      int equals = word.indexOf('=');
      values.put(
          equals < 0 ? word : word.substring(0, equals),
          equals < 0 ? "yes" : word.substring(equals + 1));
    }
    TestInstance test = new TestInstance(values);
    VrrpInstance made = test.make();
    if (!values.isEmpty()) {
      throw new IllegalArgumentException("unknown: " + values.keySet());
    }
    return made;
  }

  private VrrpInstance make() {
    String device = text("interface", "eth0");
    String addresses = text("addresses", "192.0.2.100");
    // the address that is named first says which family it is
    boolean ipv6 = addresses.contains(":");
    return new VrrpInstance(
            text("name", "VI_1"),
            new VrrpInstance.Key(
                device,
                ipv6 ? AddressFamily.IPV6 : AddressFamily.IPV4,
                Optional.of(address(text("group", ipv6 ? "ff02::12" : "224.0.0.18")))
                    .filter(group -> !words.containsKey("peers")),
                number("vrid", 51)))
        .protocol(
            VrrpInstance.Protocol.STANDARD
                .version(number("version", ipv6 ? 3 : 2))
                .advertIntervalNanos(nanos("advert", "1"))
                .downTimerAdverts(number("down_timer_adverts", 3))
                .authentication(authentication())
                .source(
                    Optional.of(text("source", ""))
                        .filter(t -> !t.isEmpty())
                        .map(TestInstance::address))
                .unicast(unicast()))
        .election(
            VrrpInstance.Election.STANDARD
                .initialMaster(text("state", "BACKUP").equals("MASTER"))
                .priority(number("priority", 100))
                .preempt(!flag("nopreempt"))
                .preemptDelayNanos(nanos("preempt_delay", "0"))
                .timerExpiredBackupNanos(nanos("timer_expired_backup", "0")))
        .conduct(conduct())
        .addresses(
            VrrpInstance.Addresses.NONE
                .advertised(addresses(addresses, device))
                .excluded(addresses(text("excluded", ""), device)))
        .announcements(
            Announcements.STANDARD
                .repeat(number("garp_master_repeat", 5))
                .delayNanos(nanos("garp_master_delay", "5"))
                .refreshNanos(nanos("garp_master_refresh", "0"))
                .refreshRepeat(number("garp_master_refresh_repeat", 1))
                .lowerPriorityRepeat(number("garp_lower_prio_repeat", 5))
                .lowerPriorityDelayNanos(nanos("garp_lower_prio_delay", "5"))
                .otherLinks(new OtherLinks(nanos("garp_extra_if", "0"), true)));
  }

  private VrrpInstance.Conduct conduct() {
    return VrrpInstance.Conduct.STANDARD
        .with(Rule.STRICT, flag("strict"))
        .with(Rule.SKIP_CHECK_ADDRESSES, flag("skip_check_adv_addr"))
        .with(Rule.LOWER_PRIORITY_NO_ADVERT, flag("lower_prio_no_advert"))
        .with(Rule.HIGHER_PRIORITY_SEND_ADVERT, flag("higher_prio_send_advert"))
        .with(Rule.OWNER_IGNORE_ADVERTS, flag("owner_ignore_adverts"))
        .with(Rule.CHECKSUM_AS_VERSION_2, flag("v3_checksum_as_v2"))
        .senders(senders(text("allow_from", "")));
  }

  /** {@code allow_from=192.0.2.1,198.51.100.0/24}. */
  private static AllowedSenders senders(String text) {
    return text.isEmpty()
        ? AllowedSenders.ALL
        : new AllowedSenders(
            Arrays.stream(text.split(","))
                .map(word -> (word + "/32").split("/"))
                .map(
                    parts ->
                        new AllowedSenders.Network(address(parts[0]), Integer.parseInt(parts[1])))
                .toList());
  }

  /** {@code peers=192.0.2.1,192.0.2.2/250-254}, the latter with bounds of the hop limit. */
  private Unicast unicast() {
    String peers = text("peers", "");
    Unicast unicast =
        Unicast.NONE
            .hopLimit(number("unicast_ttl", Unicast.MOST_HOPS))
            .checkSource(flag("check_unicast_src") || peers.contains("/"))
            .faultWithoutPeers(flag("unicast_fault_no_peer"))
            .mentioned(!peers.isEmpty())
            .oldChecksum(
                new Unicast.OldChecksum(
                    Unicast.OldChecksum.Use.valueOf(text("old_unicast_checksum", "AUTO")),
                    Unicast.OldChecksum.AUTO.group()));
    return peers.isEmpty()
        ? unicast.mentioned(unicast.faultWithoutPeers())
        : unicast.peers(Arrays.stream(peers.split(",")).map(TestInstance::peer).toList());
  }

  private static Unicast.Peer peer(String text) {
    String[] parts = text.split("[/-]");
    return parts.length == 1
        ? new Unicast.Peer(address(text))
        : new Unicast.Peer(
            address(parts[0]), Integer.parseInt(parts[1]), Integer.parseInt(parts[2]));
  }

  /** {@code password=…}, or {@code ah=…} for an authentication header with that key. */
  private Authentication authentication() {
    String password = text("password", "");
    String key = text("ah", "");
    if (password.isEmpty() && key.isEmpty()) {
      return Authentication.NONE;
    }
    return new Authentication(
        key.isEmpty() ? Authentication.Type.SIMPLE_PASSWORD : Authentication.Type.IPSEC_AH,
        (password + key).getBytes(java.nio.charset.StandardCharsets.US_ASCII));
  }

  private static List<VirtualAddress> addresses(String text, String device) {
    return text.isEmpty()
        ? List.of()
        : Arrays.stream(text.split(",")).map(word -> virtual(word, device)).toList();
  }

  /** {@code ADDRESS[@DEVICE][/no_track]}. */
  private static VirtualAddress virtual(String text, String device) {
    boolean tracked = !text.endsWith("/no_track");
    String[] parts = text.replace("/no_track", "").split("@");
    return new VirtualAddress(
        address(parts[0]),
        parts[0].contains(":") ? 64 : 24,
        parts.length > 1 ? parts[1] : device,
        Optional.empty(),
        0,
        Optional.empty(),
        Optional.empty(),
        Set.of(),
        tracked,
        OptionalLong.empty());
  }

  private String text(String name, String byDefault) {
    String value = words.remove(name);
    return value == null ? byDefault : value;
  }

  private boolean flag(String name) {
    return words.remove(name) != null;
  }

  private int number(String name, int byDefault) {
    return Integer.parseInt(text(name, Integer.toString(byDefault)));
  }

  private long nanos(String name, String byDefault) {
    return nanos(text(name, byDefault));
  }

  /** Seconds in decimal as nanoseconds. */
  public static long nanos(String seconds) {
    return new java.math.BigDecimal(seconds)
        .multiply(java.math.BigDecimal.valueOf(SECOND_NANOS))
        .longValueExact();
  }

  /** An address in numbers. */
  public static InetAddress address(String numbers) {
    try {
      return InetAddress.getByName(numbers);
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(numbers, e);
    }
  }
}
