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
import org.jkeepalived.model.Authentication;
import org.jkeepalived.model.Unicast;
import org.jkeepalived.model.VirtualAddress;
import org.jkeepalived.model.VrrpInstance;

/**
 * Virtual routers for tests, described by {@code name=value} words; what is not named is
 * keepalived's default: version 2, priority 100, an interval of one second, 192.0.2.100.
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
    int priority = number("priority", 100);
    return new VrrpInstance(
        text("name", "VI_1"),
        new VrrpInstance.Key(
            device,
            AddressFamily.IPV4,
            words.containsKey("peers") ? Optional.empty() : Optional.of(address("224.0.0.18")),
            number("vrid", 51)),
        new VrrpInstance.Protocol(
            number("version", 2),
            nanos("advert", "1"),
            number("down_timer_adverts", 3),
            authentication(),
            words.containsKey("source")
                ? Optional.of(address(text("source", "")))
                : Optional.empty(),
            unicast()),
        new VrrpInstance.Election(
            text("state", "BACKUP").equals("MASTER"),
            priority,
            !flag("nopreempt"),
            nanos("preempt_delay", "0"),
            nanos("timer_expired_backup", "0")),
        new VrrpInstance.Conduct(
            flag("strict"),
            true,
            flag("skip_check_adv_addr"),
            flag("lower_prio_no_advert"),
            flag("higher_prio_send_advert"),
            flag("owner_ignore_adverts"),
            flag("v3_checksum_as_v2")),
        new VrrpInstance.Addresses(
            addresses(text("addresses", "192.0.2.100"), device),
            addresses(text("excluded", ""), device),
            false),
        new VrrpInstance.Announcements(
            number("garp_master_repeat", 5),
            nanos("garp_master_delay", "5"),
            nanos("garp_master_refresh", "0"),
            number("garp_master_refresh_repeat", 1),
            number("garp_lower_prio_repeat", 5),
            nanos("garp_lower_prio_delay", "5"),
            0));
  }

  /** {@code peers=192.0.2.1,192.0.2.2/250-254}, the latter with bounds of the hop limit. */
  private Unicast unicast() {
    String peers = text("peers", "");
    int hopLimit = number("unicast_ttl", 255);
    boolean checkSource = flag("check_unicast_src") || peers.contains("/");
    boolean fault = flag("unicast_fault_no_peer");
    return peers.isEmpty() && !fault
        ? Unicast.NONE
        : new Unicast(
            peers.isEmpty()
                ? List.of()
                : Arrays.stream(peers.split(",")).map(TestInstance::peer).toList(),
            hopLimit,
            checkSource,
            fault,
            true);
  }

  private static Unicast.Peer peer(String text) {
    String[] parts = text.split("[/-]");
    return parts.length == 1
        ? new Unicast.Peer(address(text))
        : new Unicast.Peer(
            address(parts[0]), Integer.parseInt(parts[1]), Integer.parseInt(parts[2]));
  }

  private Authentication authentication() {
    String password = text("password", "");
    return password.isEmpty()
        ? Authentication.NONE
        : new Authentication(
            Authentication.Type.SIMPLE_PASSWORD,
            password.getBytes(java.nio.charset.StandardCharsets.US_ASCII));
  }

  private static List<VirtualAddress> addresses(String text, String device) {
    return text.isEmpty()
        ? List.of()
        : Arrays.stream(text.split(",")).map(word -> virtual(word, device)).toList();
  }

  private static VirtualAddress virtual(String text, String device) {
    return new VirtualAddress(
        address(text),
        24,
        device,
        Optional.empty(),
        0,
        Optional.empty(),
        Optional.empty(),
        Set.of(),
        true,
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
