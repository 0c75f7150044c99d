package org.jkeepalived.vrrp;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jkeepalived.kernel.KernelBook;
import org.jkeepalived.kernel.KernelDetour;
import org.jkeepalived.kernel.KernelFilter;
import org.jkeepalived.kernel.KernelObject;
import org.jkeepalived.model.AddressFamily;
import org.jkeepalived.model.Firewall;
import org.jkeepalived.model.VirtualLink;

/**
 * Keeps what the kernel itself sends on VMACs from leaving there, as keepalived does: reports of
 * the groups that the addresses of a master, and others' programs, join. nftables has them leave by
 * the links that VMACs stand on, iptables drops them.
 */
final class VmacDetours implements KernelBook.Holder {

  private final KernelBook objects;

  /** By the name of the VMAC. */
  private final Map<String, List<KernelObject>> there = new LinkedHashMap<>();

  VmacDetours(KernelBook objects) {
    this.objects = objects;
  }

  /** A VMAC is there, perhaps anew. */
  void put(VirtualLink link, Firewall firewall) {
    if (!link.isMacvlan()) {
      return;
    }
    List<KernelObject> wanted = new ArrayList<>();
    for (AddressFamily family : link.families()) {
      KernelFilter filter = new KernelFilter(firewall, family, KernelFilter.Purpose.DETOURS);
      wanted.add(filter);
      wanted.add(new KernelDetour(filter, link.name(), link.base(), true));
    }
    List<KernelObject> before = there.put(link.name(), wanted);
    // who writes says what was refused, and what that means
    objects.add(this, wanted, refusals -> {});
    if (before != null && !before.equals(wanted)) {
      remove(before);
    }
  }

  /** A VMAC is not wanted any more. */
  void drop(String name) {
    List<KernelObject> before = there.remove(name);
    if (before != null) {
      remove(before);
    }
  }

  /** What another VMAC needs, too, stays. */
  private void remove(List<KernelObject> before) {
    objects.remove(
        this,
        before.stream()
            .filter(object -> there.values().stream().noneMatch(others -> others.contains(object)))
            .sorted((one, other) -> other.kind().compareTo(one.kind()))
            .toList());
  }

  /** Who writes them puts them back. */
  @Override
  public void objectLost(KernelObject object) {}
}
