package org.jkeepalived.kernel;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import org.jkeepalived.link.LinkAddress;
import org.jkeepalived.link.LinkState;
import org.jkeepalived.link.Links;
import org.jkeepalived.model.NumericAddress;
import org.jkeepalived.model.VirtualAddress;

/**
 * An address on a link.
 *
 * @param address the address, and its properties
 */
public record KernelAddress(VirtualAddress address) implements KernelObject {

  private static final String UNKNOWN_LINK = "?";

  // a record's own are made at run time when they are first used: 20 ms of the daemon's start
  @Override
  public boolean equals(Object other) {
    return other instanceof KernelAddress held && address.equals(held.address);
  }

  @Override
  public int hashCode() {
    return address.hashCode();
  }

  /** What makes two addresses the same one for the kernel. */
  public record Key(LinkAddress.Key address) implements KernelObject.Key {
    // a record's own are made at run time when they are first used: 20 ms of the daemon's start
    @Override
    public boolean equals(Object other) {
      return other instanceof Key key && address.equals(key.address);
    }

    @Override
    public int hashCode() {
      return address.hashCode();
    }

    @Override
    public Kind kind() {
      return Kind.ADDRESS;
    }
  }

  /** The objects of addresses, in their order. */
  public static List<KernelObject> of(Collection<VirtualAddress> addresses) {
    return addresses.stream().map(address -> (KernelObject) new KernelAddress(address)).toList();
  }

  /** The key of an address as the kernel describes it. */
  public static Key key(LinkAddress address) {
    return new Key(address.key());
  }

  /**
   * The machine's addresses as objects: what makes them the same ones, not all their properties.
   */
  public static List<PlacedObject> present(Links links) {
    return links.allAddresses().stream().map(address -> present(address, links)).toList();
  }

  /** The keys of the machine's addresses. */
  public static Set<KernelObject.Key> presentKeys(Links links) {
    return links.allAddresses().stream().map(KernelAddress::key).collect(Collectors.toSet());
  }

  private static PlacedObject present(LinkAddress address, Links links) {
    String device = links.numbered(address.linkIndex()).map(LinkState::name).orElse(UNKNOWN_LINK);
    VirtualAddress described =
        new VirtualAddress(
            address.local(),
            address.prefixLength(),
            device,
            Optional.empty(),
            0,
            Optional.empty(),
            address
                .peer()
                .filter(peer -> !peer.equals(address.local()))
                .map(peer -> new VirtualAddress.Peer(peer, address.prefixLength())),
            Set.of(),
            false,
            OptionalLong.empty());
    return new PlacedObject(new KernelAddress(described), List.of(address.linkIndex()));
  }

  @Override
  public Kind kind() {
    return Kind.ADDRESS;
  }

  @Override
  public List<String> links() {
    return List.of(address.device());
  }

  @Override
  public Key key(List<Integer> linkIndices) {
    Optional<VirtualAddress.Peer> peer = address.peer();
    return new Key(
        new LinkAddress.Key(
            linkIndices.get(0),
            address.address(),
            kernelPrefixLength(),
            peer.map(VirtualAddress.Peer::address).orElse(address.address())));
  }

  /** The prefix length that the kernel keeps: of the peer's network where there is a peer. */
  public int kernelPrefixLength() {
    return address.peer().map(VirtualAddress.Peer::prefixLength).orElse(address.prefixLength());
  }

  @Override
  public String name() {
    return NumericAddress.of(address.address());
  }

  @Override
  public String text(KernelRequest.Operation operation) {
    return name()
        + "/"
        + address.prefixLength()
        + (operation == KernelRequest.Operation.ADD ? " to " : " from ")
        + address.device();
  }

  @Override
  public String lossText() {
    return "IP " + name() + " removed from " + address.device();
  }

  @Override
  public boolean isTracked() {
    return address.tracked();
  }

  /** {@code eth0 10.0.0.1/24}. */
  @Override
  public String journalText() {
    return address.device() + " " + name() + "/" + kernelPrefixLength();
  }
}
