package org.jkeepalived.vrrp;

/** What keeps a virtual router from running. One that has any of these is in FAULT. */
public enum Fault {
  /** The operator has taken it out: see {@link Maintenance}. */
  MAINTENANCE,
  /** There is no interface of that name. */
  INTERFACE_MISSING,
  /** The interface is administratively down, or has no carrier. */
  LINK_DOWN,
  /** The interface of a virtual address, not the one that VRRP is spoken on, is missing or down. */
  ADDRESS_LINK_DOWN,
  /** The interface cannot carry VRRP: it, or the kernel's own transport, could not be opened. */
  LINK_UNUSABLE,
  /** The interface has no address of the instance's family to send from. */
  NO_SOURCE_ADDRESS,
  /** It is to speak to peers, and there are none ({@code unicast_fault_no_peer}). */
  NO_PEERS,
  /** The kernel refused to add a virtual address. */
  ADDRESS_REFUSED,
  /** A static address, route or rule of its track group cannot be there. */
  STATIC_OBJECT,
  /** Another member of its sync group is in FAULT. */
  SYNC_GROUP,
  /** Something that it tracks without a weight is not well. */
  TRACKED,
  /** Our own code failed while it handled this virtual router. */
  INTERNAL
}
