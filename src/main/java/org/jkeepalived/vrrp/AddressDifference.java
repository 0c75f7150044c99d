package org.jkeepalived.vrrp;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jkeepalived.model.NumericAddress;
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
    Set<VirtualAddress> old = new LinkedHashSet<>(before.addresses().all());
    Set<VirtualAddress> wanted = new LinkedHashSet<>(after.addresses().all());
    return new AddressDifference(without(old, wanted), without(wanted, old));
  }

  /** A line for each, those that are removed first. */
  List<String> lines() {
    return Stream.concat(
            removed.stream().map(address -> inWords(address) + ", no longer exist"),
            added.stream().map(address -> inWords(address) + ", is new"))
        .toList();
  }

  /** COMPAT: keepalived's words for an address that a reload removes. */
  static String inWords(VirtualAddress address) {
    return "ip address "
        + NumericAddress.of(address.address())
        + "/"
        + address.prefixLength()
        + " dev "
        + address.device();
  }

  private static List<VirtualAddress> without(
      Set<VirtualAddress> all, Set<VirtualAddress> unwanted) {
    return all.stream().filter(address -> !unwanted.contains(address)).toList();
  }
}
