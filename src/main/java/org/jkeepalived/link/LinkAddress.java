package org.jkeepalived.link;

import java.net.InetAddress;
import java.util.Objects;
import java.util.Optional;

/**
 * An address on a link as the kernel describes it.
 *
 * @param linkIndex the link's {@link LinkState#index}
 * @param local the address
 * @param prefixLength 0 to 32 (IPv4) or 128 (IPv6)
 * @param peer the other end, where it is not the address itself
 * @param broadcast the broadcast address, where one is set
 * @param scope the kernel's number: global 0, site 200, link 253, host 254
 * @param secondary another address of the same subnet came first (IFA_F_SECONDARY)
 * @param label the label, where it is not empty
 * @param check whether another machine may have it, as far as IPv6 finds out
 */
public record LinkAddress(
    int linkIndex,
    InetAddress local,
    int prefixLength,
    Optional<InetAddress> peer,
    Optional<InetAddress> broadcast,
    int scope,
    boolean secondary,
    Optional<String> label,
    DuplicateCheck check) {

  public LinkAddress {
    Objects.requireNonNull(local);
    Objects.requireNonNull(peer);
    Objects.requireNonNull(broadcast);
    Objects.requireNonNull(label);
    Objects.requireNonNull(check);
  }

  /** One that nobody looks for duplicates of: of IPv4, say. */
  public LinkAddress(
      int linkIndex,
      InetAddress local,
      int prefixLength,
      Optional<InetAddress> peer,
      Optional<InetAddress> broadcast,
      int scope,
      boolean secondary,
      Optional<String> label) {
    this(
        linkIndex,
        local,
        prefixLength,
        peer,
        broadcast,
        scope,
        secondary,
        label,
        DuplicateCheck.PASSED);
  }

  /** How duplicate address detection stands (RFC 4862 section 5.4). */
  public enum DuplicateCheck {
    /** It may be used: nobody else has it, or nobody asked. */
    PASSED,
    /** The neighbours are being asked; until then nothing may be sent from it. */
    RUNNING,
    /** Another machine has it: nothing is sent from it, and nothing to it is heard. */
    FAILED
  }

  // a record's own are made at run time when they are first used: 20 ms of the daemon's start
  @Override
  public boolean equals(Object other) {
    return other instanceof LinkAddress address
        && key().equals(address.key())
        && peer.equals(address.peer)
        && broadcast.equals(address.broadcast)
        && scope == address.scope
        && secondary == address.secondary
        && label.equals(address.label)
        && check == address.check;
  }

  @Override
  public int hashCode() {
    return key().hashCode();
  }

  /** What makes two addresses the same one for the kernel. */
  public record Key(int linkIndex, InetAddress local, int prefixLength, InetAddress peer) {
    // a record's own are made at run time when they are first used: 20 ms of the daemon's start
    @Override
    public boolean equals(Object other) {
      return other instanceof Key key
          && linkIndex == key.linkIndex
          && prefixLength == key.prefixLength
          && local.equals(key.local)
          && peer.equals(key.peer);
    }

    @Override
    public int hashCode() {
      return 31 * (31 * (31 * linkIndex + prefixLength) + local.hashCode()) + peer.hashCode();
    }
  }

  /** What makes this address the same one for the kernel; the rest are its properties. */
  public Key key() {
    return new Key(linkIndex, local, prefixLength, peer.orElse(local));
  }
}
