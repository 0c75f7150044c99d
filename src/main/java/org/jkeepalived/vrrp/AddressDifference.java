package org.jkeepalived.vrrp;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jkeepalived.model.VirtualAddress;
import org.jkeepalived.model.VrrpInstance;

/**
 * How the addresses of an instance differ after a reload, advertised and excluded ones alike.
 *
 * @param removed in the old file's order
 * @param added in the new file's order
 */
record AddressDifference(List<VirtualAddress> removed, List<VirtualAddress> added) {

  static AddressDifference between(VrrpInstance before, VrrpInstance after) {
    if (before.addresses().equals(after.addresses())) {
      return new AddressDifference(List.of(), List.of());
    }
    Set<VirtualAddress> old = new LinkedHashSet<>(RunningRouter.all(before));
    Set<VirtualAddress> wanted = new LinkedHashSet<>(RunningRouter.all(after));
    return new AddressDifference(without(old, wanted), without(wanted, old));
  }

  private static List<VirtualAddress> without(
      Set<VirtualAddress> all, Set<VirtualAddress> unwanted) {
    return all.stream().filter(address -> !unwanted.contains(address)).toList();
  }
}
