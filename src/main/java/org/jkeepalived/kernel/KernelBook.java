package org.jkeepalived.kernel;

import java.util.List;
import java.util.function.Consumer;

/**
 * The kernel's objects, as those who hold some see them. Calls only write down what is wanted; it
 * is carried out elsewhere, in order, many at once.
 */
public interface KernelBook {

  /** Who holds objects. */
  interface Holder {
    /** Somebody else removed an object that this one holds. */
    void objectLost(KernelObject object);
  }

  /**
   * Adds objects; one that is already there counts as added.
   *
   * @param owner who holds them: an object that several hold stays until the last lets go
   * @param answer called on the owner's thread with those that could not be added; empty when all
   *     are there
   */
  void add(Holder owner, List<KernelObject> objects, Consumer<List<Refusal>> answer);

  /** Removes objects; one that is not there counts as removed. */
  void remove(Holder owner, List<KernelObject> objects);
}
