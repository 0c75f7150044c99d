package org.jkeepalived.kernel;

import java.util.List;
import java.util.Objects;

/**
 * That what the kernel itself sends on a VMAC (reports of multicast groups) leaves by the link that
 * the VMAC stands on, with that one's MAC address, and that the kernel asks for no router there;
 * with iptables, that such reports are dropped. A switch would otherwise learn the virtual MAC
 * address at the port of a backup.
 *
 * @param filter what it is in
 * @param link the name of the VMAC
 * @param base the name of the link that it stands on
 * @param placed whether the numbers of the two are known; to be removed it needs none
 */
public record KernelDetour(KernelFilter filter, String link, String base, boolean placed)
    implements KernelObject {

  public KernelDetour {
    Objects.requireNonNull(filter);
    Objects.requireNonNull(link);
    Objects.requireNonNull(base);
  }

  /**
   * What makes two of them the same one for the kernel.
   *
   * @param linkIndices the numbers of the VMAC and of its base
   */
  public record Key(KernelDetour detour, List<Integer> linkIndices) implements KernelObject.Key {
    @Override
    public Kind kind() {
      return Kind.DETOUR;
    }
  }

  @Override
  public Kind kind() {
    return Kind.DETOUR;
  }

  @Override
  public List<String> links() {
    return placed ? List.of(link, base) : List.of();
  }

  @Override
  public Key key(List<Integer> linkIndices) {
    return new Key(this, List.copyOf(linkIndices));
  }

  @Override
  public String name() {
    return "detour of " + link + " over " + base;
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
