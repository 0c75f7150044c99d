package org.jkeepalived.notify;

/** The FIFOs there can be, with keepalived's names for them in its log. */
enum FifoKind {
  /** {@code notify_fifo}. */
  ALL("notify fifo", "vrrp notify fifo"),
  /** {@code vrrp_notify_fifo}. */
  VRRP("vrrp_notify fifo", "vrrp notify fifo"),
  /** {@code lvs_notify_fifo}. */
  LVS("lvs_notify fifo", "lvs notify fifo");

  private final String pipeName;
  private final String scriptOwner;

  FifoKind(String pipeName, String scriptOwner) {
    this.pipeName = pipeName;
    this.scriptOwner = scriptOwner;
  }

  /** In lines about the FIFO itself. */
  String pipeName() {
    return pipeName;
  }

  /** In lines about its script, {@code vrrp notify fifo script terminated}. */
  String scriptOwner() {
    return scriptOwner;
  }
}
