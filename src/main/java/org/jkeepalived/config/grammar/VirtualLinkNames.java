package org.jkeepalived.config.grammar;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jkeepalived.model.AddressFamily;

/**
 * How the links are called that are made for instances: {@code vrrp.51}; where that name is taken
 * {@code vrrp6.51} for IPv6, and else {@code vrrp1.51}, {@code vrrp2.51} and so on.
 */
final class VirtualLinkNames {

  /** IFNAMSIZ, without the zero at its end. */
  static final int MOST_LENGTH = 15;

  /** How those of virtual routers begin (RFC 9568 section 7.3). */
  private static final String VIRTUAL_MAC = "00:00:5e:00:0";

  private static final String DEFAULT_PREFIX = "vrrp";

  /** By the name: which instance has it. */
  private final Map<String, String> taken = new HashMap<>();

  private final Function<String, Optional<String>> machine;

  /** {@code vmac_prefix}. */
  Optional<String> prefix = Optional.empty();

  /** {@code vmac_addr_prefix}. */
  Optional<String> addressPrefix = Optional.empty();

  /**
   * @param machine the MAC address of the machine's link of that name, in lower case; empty where
   *     there is no such link
   */
  VirtualLinkNames(Function<String, Optional<String>> machine) {
    this.machine = machine;
  }

  /** What a link may be called: the kernel says no to the rest. */
  static boolean isPossible(String name) {
    return !name.isEmpty()
        && name.length() <= MOST_LENGTH
        && !name.equals(".")
        && !name.equals("..")
        && name.chars().noneMatch(letter -> letter == '/' || letter == ':' || letter <= ' ');
  }

  /** Which instance has a name already. */
  Optional<String> owner(String name) {
    return Optional.ofNullable(taken.get(name));
  }

  /** From now on an instance has a name. */
  void take(String name, String instance) {
    taken.put(name, instance);
  }

  /**
   * Whether there is a link of that name that nobody has made for a virtual router.
   *
   * @param mac how the MAC address begins that a line asks for
   */
  boolean isForeign(String name, Optional<String> mac) {
    return machine.apply(name).filter(has -> !has.startsWith(mac.orElse(VIRTUAL_MAC))).isPresent();
  }

  /**
   * Finds a name for a link that an instance speaks on, and takes it.
   *
   * @param mac the MAC address that it is to have; a link that has it is ours, left by an earlier
   *     run
   */
  String next(String instance, AddressFamily family, int virtualRouterId, String mac) {
    return next(prefix.orElse(DEFAULT_PREFIX), instance, family, virtualRouterId, mac);
  }

  /** The same for a link that addresses alone are on. */
  String nextForAddress(String instance, AddressFamily family, int virtualRouterId, String mac) {
    return next(
        addressPrefix.or(() -> prefix).orElse(DEFAULT_PREFIX),
        instance,
        family,
        virtualRouterId,
        mac);
  }

  private String next(
      String begin, String instance, AddressFamily family, int virtualRouterId, String mac) {
    String end = "." + virtualRouterId;
    String shortened = begin.substring(0, Math.min(begin.length(), MOST_LENGTH - end.length()));
    String name = shortened + end;
    if (!isFree(name, mac) && family == AddressFamily.IPV6) {
      name = numbered(begin, "6" + end);
    }
    for (int number = 1; !isFree(name, mac); number++) {
      name = numbered(begin, number + end);
    }
    take(name, instance);
    return name;
  }

  private static String numbered(String begin, String end) {
    return begin.substring(0, Math.min(begin.length(), MOST_LENGTH - end.length())) + end;
  }

  private boolean isFree(String name, String mac) {
    return !taken.containsKey(name)
        && machine.apply(name).filter(has -> !has.equals(mac)).isEmpty();
  }
}
