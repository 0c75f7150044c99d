package org.jkeepalived.link;

/**
 * Hears what happens to the machine's links and addresses; overrides what concerns it. Called on
 * the owner's thread, in the order in which it happened, and only when something differs from what
 * was told before: a link is told before its addresses, and an address is told as removed before
 * its link is.
 */
public interface LinkEvents {

  /** The link is new, or anything of it changed, its name included. */
  default void linkChanged(LinkState link) {}

  /**
   * The link is gone, or, if there is one of its index still, its name is: {@code link} is what was
   * last known of it.
   */
  default void linkRemoved(LinkState link) {}

  /** The address is new, or one of its properties changed. */
  default void addressAdded(LinkAddress address) {}

  /** The address is gone; {@code address} is what was last known of it. */
  default void addressRemoved(LinkAddress address) {}

  /**
   * Everything told so far is the kernel's present state: after the first reading, and after each
   * reading made necessary by lost notifications. What changed meanwhile has been told already.
   */
  default void resynchronised() {}
}
