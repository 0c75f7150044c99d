package org.jkeepalived.vrrp;

/**
 * What an advertisement says otherwise than we are configured, and is believed all the same: a list
 * that differs while an address is added node by node is no reason for two masters.
 *
 * <p>COMPAT: keepalived 2.4 logs them (RFC 9568 section 7.1), and counts the lists that differ;
 * 2.2.7 dropped those, and both nodes held the addresses.
 */
public enum Discrepancy {
  /** More or fewer addresses than ours. */
  ADDRESS_COUNT,
  /** As many addresses, but one of ours is not among them. */
  ADDRESS_LIST,
  /** Version 3: another interval than ours, which a backup learns. */
  INTERVAL
}
