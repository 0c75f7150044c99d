package org.jkeepalived.link;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A network link as the kernel describes it.
 *
 * @param index the kernel's number for it; a link that is deleted and made again gets another one
 * @param name the interface name
 * @param mac the hardware address; empty where the link has none
 * @param flags the kernel's IFF_* bits
 * @param mtu bytes of an IP packet
 * @param type the hardware type, ARPHRD_*: 1 for Ethernet, 772 for loopback
 * @param kind the driver's kind, such as {@code macvlan}, {@code veth} or {@code bond}
 * @param master the index of the bridge, bond or VRF that it is a port of
 * @param lower the index of the link that it stands on (VLAN, macvlan) or is paired with (veth)
 */
public record LinkState(
    int index,
    String name,
    byte[] mac,
    int flags,
    int mtu,
    int type,
    Optional<String> kind,
    OptionalInt master,
    OptionalInt lower) {

  /** {@link #type} of Ethernet and everything that frames like it. */
  public static final int ETHERNET = 1;

  private static final int ETHERNET_ADDRESS_BYTES = 6;

  private static final int IFF_UP = 0x1;
  private static final int IFF_RUNNING = 0x40;
  private static final int IFF_NOARP = 0x80;
  private static final int IFF_MULTICAST = 0x1000;

  /** Of the other flags nothing follows: {@link #equals} does not look at them. */
  private static final int TELLING_FLAGS = IFF_UP | IFF_RUNNING | IFF_NOARP | IFF_MULTICAST;

  public LinkState {
    Objects.requireNonNull(name);
    mac = mac.clone();
    Objects.requireNonNull(kind);
    Objects.requireNonNull(master);
    Objects.requireNonNull(lower);
  }

  /** A copy of the hardware address. */
  @Override
  public byte[] mac() {
    return mac.clone();
  }

  /** Whether it frames as Ethernet does, with a hardware address of six bytes. */
  public boolean isEthernet() {
    return type == ETHERNET && mac.length == ETHERNET_ADDRESS_BYTES;
  }

  /** Whether it is a VRF: a device whose ports have routes of their own. */
  public boolean isVrf() {
    return kind.filter("vrf"::equals).isPresent();
  }

  /** Whether the operator has set it up (IFF_UP). */
  public boolean adminUp() {
    return (flags & IFF_UP) != 0;
  }

  /** Whether it can carry packets (IFF_RUNNING: up, carrier, not dormant). */
  public boolean running() {
    return (flags & IFF_RUNNING) != 0;
  }

  /** Whether it supports multicast (IFF_MULTICAST). */
  public boolean multicast() {
    return (flags & IFF_MULTICAST) != 0;
  }

  /** Whether it resolves neighbours (IFF_NOARP is not set). */
  public boolean arp() {
    return (flags & IFF_NOARP) == 0;
  }

  /** Whether packets can flow: set up and running. */
  public boolean usable() {
    return adminUp() && running();
  }

  /** The same link, set up or not as told here. */
  LinkState withAdminUp(boolean adminUp) {
    return withFlag(IFF_UP, adminUp);
  }

  /** The same link, running or not as told here. */
  public LinkState withRunning(boolean running) {
    return withFlag(IFF_RUNNING, running);
  }

  private LinkState withFlag(int flag, boolean set) {
    int changed = set ? flags | flag : flags & ~flag;
    return changed == flags
        ? this
        : new LinkState(index, name, mac, changed, mtu, type, kind, master, lower);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof LinkState that
        && index == that.index
        && name.equals(that.name)
        && Arrays.equals(mac, that.mac)
        && ((flags ^ that.flags) & TELLING_FLAGS) == 0
        && mtu == that.mtu
        && type == that.type
        && kind.equals(that.kind)
        && master.equals(that.master)
        && lower.equals(that.lower);
  }

  @Override
  public int hashCode() {
    return 31 * index + name.hashCode();
  }

  @Override
  public String toString() {
    return index
        + ": "
        + name
        + (adminUp() ? " up" : " down")
        + (running() ? " running" : "")
        + " mac "
        + HexFormat.ofDelimiter(":").formatHex(mac)
        + " mtu "
        + mtu
        + " type "
        + type
        + kind.map(text -> " kind " + text).orElse("")
        + (master.isPresent() ? " master " + master.getAsInt() : "")
        + (lower.isPresent() ? " lower " + lower.getAsInt() : "");
  }
}
