package org.jkeepalived.kernel;

import java.net.InetAddress;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jkeepalived.model.AddressFamily;
import org.jkeepalived.model.Firewall;
import org.jkeepalived.model.NumericAddress;

/**
 * That an address does not answer: packets to it and from it are dropped, but not those that find
 * out who has it.
 *
 * @param link the link of a link-local address, which may be another one on each; empty otherwise
 * @param byName the link is told by its name, which it keeps when it is made anew
 */
public record KernelBlock(
    Firewall firewall, InetAddress address, Optional<String> link, boolean byName)
    implements KernelObject {

  public KernelBlock {
    Objects.requireNonNull(firewall);
    Objects.requireNonNull(address);
    Objects.requireNonNull(link);
  }

  /**
   * What makes two of them the same one for the kernel.
   *
   * @param linkIndices the number of the link, where it is told by that
   */
  public record Key(KernelBlock block, List<Integer> linkIndices) implements KernelObject.Key {
    @Override
    public Kind kind() {
      return Kind.BLOCK;
    }
  }

  /** What it is in. */
  public KernelFilter filter() {
    return new KernelFilter(firewall, AddressFamily.of(address));
  }

  @Override
  public Kind kind() {
    return Kind.BLOCK;
  }

  @Override
  public List<String> links() {
    return byName ? List.of() : link.stream().toList();
  }

  @Override
  public Key key(List<Integer> linkIndices) {
    return new Key(this, List.copyOf(linkIndices));
  }

  @Override
  public String name() {
    return "drop rule of "
        + NumericAddress.of(address)
        + link.map(device -> " on " + device).orElse("");
  }

  @Override
  public String text(KernelRequest.Operation operation) {
    return name();
  }

  @Override
  public String lossText() {
    return name() + " removed";
  }

  /** Who writes it puts it back. */
  @Override
  public boolean isTracked() {
    return false;
  }

  @Override
  public String journalText() {
    return JournalFirewall.write(this);
  }
}
