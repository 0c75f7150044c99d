package org.jkeepalived.model;

import java.net.InetAddress;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * A link of our own that stands on another one: keepalived's VMAC (a macvlan with the virtual MAC
 * address) or ipvlan.
 *
 * @param name the interface name
 * @param base the link that it stands on
 * @param nature what it is
 * @param families of the addresses that it carries: the other one is switched off on it
 * @param group the group of links that it is put into; empty for that of the base
 * @param notifies {@code netlink_notify_msg}: the base's notification is provoked, too
 */
public record VirtualLink(
    String name,
    String base,
    Nature nature,
    Set<AddressFamily> families,
    OptionalLong group,
    boolean notifies) {

  /** What a link is. */
  public sealed interface Nature permits Macvlan, Ipvlan {
    /** The kernel's name for its driver. */
    String driver();
  }

  /**
   * One that hears and sends with a MAC address of its own, and exchanges nothing with others on
   * the same base (private).
   *
   * @param mac in lower case, with colons: {@code 00:00:5e:00:01:33}
   */
  public record Macvlan(String mac) implements Nature {
    /** RFC 9568 section 7.3. */
    private static final String FIRST_BYTES = "00:00:5e:00:0";

    public Macvlan {
      Objects.requireNonNull(mac);
    }

    /** The virtual router's own MAC address. */
    public static Macvlan of(AddressFamily family, int virtualRouterId) {
      String kind = family == AddressFamily.IPV4 ? "1:" : "2:";
      return new Macvlan(FIRST_BYTES + kind + String.format("%02x", virtualRouterId));
    }

    @Override
    public String driver() {
      return "macvlan";
    }
  }

  /**
   * One that shares its base's MAC address, in mode L2.
   *
   * @param mode what it exchanges with others on the same base
   * @param address the one that it is to have; empty for a link-local IPv6 address
   * @param prefixLength that of the address, in bits: as long as it is unless written
   */
  public record Ipvlan(Mode mode, Optional<InetAddress> address, int prefixLength)
      implements Nature {
    public Ipvlan {
      Objects.requireNonNull(mode);
      Objects.requireNonNull(address);
    }

    @Override
    public String driver() {
      return "ipvlan";
    }
  }

  /** What ipvlans of one base exchange with each other. */
  public enum Mode {
    BRIDGE,
    PRIVATE,
    VEPA
  }

  public VirtualLink {
    Objects.requireNonNull(name);
    Objects.requireNonNull(base);
    Objects.requireNonNull(nature);
    EnumSet<AddressFamily> own = EnumSet.noneOf(AddressFamily.class);
    own.addAll(families);
    families = Collections.unmodifiableSet(own);
    Objects.requireNonNull(group);
  }

  /** Whether it is a VMAC. */
  public boolean isMacvlan() {
    return nature instanceof Macvlan;
  }

  /** Its own MAC address; empty where it shares its base's. */
  public Optional<String> mac() {
    return nature instanceof Macvlan macvlan ? Optional.of(macvlan.mac()) : Optional.empty();
  }

  /** Whether the kernel would take only one of the two: they have the same base and MAC address. */
  public boolean clashesWith(VirtualLink other) {
    return base.equals(other.base) && mac().isPresent() && mac().equals(other.mac());
  }

  /** Whether addresses of a family are to be on it. */
  public boolean carries(AddressFamily family) {
    return families.contains(family);
  }
}
