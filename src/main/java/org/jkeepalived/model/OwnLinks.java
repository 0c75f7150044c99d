package org.jkeepalived.model;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The links that an instance has made for it.
 *
 * @param speaking the one that it speaks on ({@code use_vmac}, {@code use_ipvlan}), and that those
 *     of its addresses are on that name no other
 * @param transmitsOnBase {@code vmac_xmit_base}: it speaks on the base all the same
 * @param others those that its addresses are on that stand on other links
 * @param everywhere {@code use_vmac_addr}: there is one wherever it has an address
 * @param firewall has what the kernel sends on VMACs leave by the links under them; empty where
 *     nothing does
 */
public record OwnLinks(
    Optional<VirtualLink> speaking,
    boolean transmitsOnBase,
    List<VirtualLink> others,
    boolean everywhere,
    Optional<Firewall> firewall) {

  /** It makes none. */
  public static final OwnLinks NONE = new OwnLinks(Optional.empty(), false, List.of(), false);

  /** Without a firewall. */
  public OwnLinks(
      Optional<VirtualLink> speaking,
      boolean transmitsOnBase,
      List<VirtualLink> others,
      boolean everywhere) {
    this(speaking, transmitsOnBase, others, everywhere, Optional.empty());
  }

  public OwnLinks {
    Objects.requireNonNull(firewall);
    Objects.requireNonNull(speaking);
    others = List.copyOf(others);
  }

  /** All of them, that it speaks on first. */
  public Stream<VirtualLink> all() {
    return Stream.concat(speaking.stream(), others.stream());
  }

  /** Whether it makes none. */
  public boolean isEmpty() {
    return speaking.isEmpty() && others.isEmpty();
  }

  /** The one of that name. */
  public Optional<VirtualLink> named(String name) {
    return isEmpty()
        ? Optional.empty()
        : all().filter(link -> link.name().equals(name)).findFirst();
  }
}
