package org.jkeepalived.vrrp;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jkeepalived.model.VirtualAddress;

/**
 * The kernel's addresses, as virtual routers see them. Calls only write down what is wanted; it is
 * carried out elsewhere, in order, many at once.
 */
public interface AddressBook {

  /** Who holds addresses. */
  interface Holder {
    /** Somebody else removed an address that this one holds. */
    void addressLost(VirtualAddress address);
  }

  /**
   * Adds addresses; one that is already there counts as added.
   *
   * @param owner who holds them: an address that several hold stays until the last lets go
   * @param answer called on the owner's thread: empty when all are there, or why one is not
   */
  void add(Holder owner, List<VirtualAddress> addresses, Consumer<Optional<String>> answer);

  /** Removes addresses; one that is not there counts as removed. */
  void remove(Holder owner, List<VirtualAddress> addresses);
}
