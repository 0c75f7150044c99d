package org.jkeepalived.kernel;

import java.util.List;
import java.util.Objects;
import org.jkeepalived.model.AddressFamily;
import org.jkeepalived.model.Firewall;

/**
 * What a firewall needs of one family before it can do something: with nftables a table. It stays
 * while an instance may need it, so that a failover only adds addresses to it.
 *
 * @param purpose what is to be done
 */
public record KernelFilter(Firewall firewall, AddressFamily family, Purpose purpose)
    implements KernelObject {

  /** What a firewall is needed for. */
  public enum Purpose {
    /** To block addresses: {@link KernelBlock}. */
    BLOCKS,
    /** To send others' ways: {@link KernelDetour}. */
    DETOURS
  }

  public KernelFilter {
    Objects.requireNonNull(firewall);
    Objects.requireNonNull(family);
    Objects.requireNonNull(purpose);
  }

  /** One for blocks. */
  public KernelFilter(Firewall firewall, AddressFamily family) {
    this(firewall, family, Purpose.BLOCKS);
  }

  /** It is the same one for the kernel as an equal one alone. */
  public record Key(KernelFilter filter) implements KernelObject.Key {
    @Override
    public Kind kind() {
      return Kind.FILTER;
    }
  }

  @Override
  public Kind kind() {
    return Kind.FILTER;
  }

  @Override
  public List<String> links() {
    return List.of();
  }

  @Override
  public Key key(List<Integer> linkIndices) {
    return new Key(this);
  }

  @Override
  public String name() {
    return JournalFirewall.name(this);
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
