package org.jkeepalived.model;

import java.net.InetAddress;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * One line of {@code virtual_ipaddress}.
 *
 * @param address the address
 * @param prefixLength 0 to 32 (IPv4) or 128 (IPv6)
 * @param device the link it goes to: the instance's own unless {@code dev} names another
 * @param broadcast {@code brd}, with {@code +} and {@code -} already computed
 * @param scope the kernel's number: global 0, site 200, link 253, host 254, nowhere 255
 * @param label {@code label}
 * @param peer {@code peer}
 * @param flags the kernel's per-address flags
 * @param tracked unless {@code no_track}
 * @param preferredLifetimeSeconds {@code preferred_lft}, of IPv6 alone: for how long it may be the
 *     source of what programs send, 0 for never; empty for forever
 */
public record VirtualAddress(
    InetAddress address,
    int prefixLength,
    String device,
    Optional<InetAddress> broadcast,
    int scope,
    Optional<String> label,
    Optional<Peer> peer,
    Set<Flag> flags,
    boolean tracked,
    OptionalLong preferredLifetimeSeconds) {

  public VirtualAddress {
    Objects.requireNonNull(address);
    Objects.requireNonNull(device);
    Objects.requireNonNull(broadcast);
    Objects.requireNonNull(label);
    Objects.requireNonNull(peer);
    // an EnumSet keeps its order from run to run
    flags =
        Collections.unmodifiableSet(
            flags.isEmpty() ? EnumSet.noneOf(Flag.class) : EnumSet.copyOf(flags));
    Objects.requireNonNull(preferredLifetimeSeconds);
  }

  // a record's own are made at run time when they are first used: 20 ms of the daemon's start
  @Override
  public boolean equals(Object other) {
    return other instanceof VirtualAddress that
        && address.equals(that.address)
        && prefixLength == that.prefixLength
        && device.equals(that.device)
        && broadcast.equals(that.broadcast)
        && scope == that.scope
        && label.equals(that.label)
        && peer.equals(that.peer)
        && flags.equals(that.flags)
        && tracked == that.tracked
        && preferredLifetimeSeconds.equals(that.preferredLifetimeSeconds);
  }

  @Override
  public int hashCode() {
    return 31 * (31 * address.hashCode() + prefixLength) + device.hashCode();
  }

  public boolean isIpv6() {
    return AddressFamily.of(address) == AddressFamily.IPV6;
  }

  /** The same address on another link. */
  public VirtualAddress on(String otherDevice) {
    return new VirtualAddress(
        address,
        prefixLength,
        otherDevice,
        broadcast,
        scope,
        label,
        peer,
        flags,
        tracked,
        preferredLifetimeSeconds);
  }

  /** The other end of a point-to-point address. */
  public record Peer(InetAddress address, int prefixLength) {}

  /** ip-address(8)'s flags; HOME and NODAD are IPv6 only. */
  public enum Flag {
    HOME,
    NODAD,
    MNGTMPADDR,
    NOPREFIXROUTE,
    AUTOJOIN
  }
}
