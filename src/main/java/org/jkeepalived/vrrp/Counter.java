package org.jkeepalived.vrrp;

/** What a virtual router counts: keepalived's statistics, and a few it lacks. */
public enum Counter {
  ADVERTISEMENTS_RECEIVED,
  ADVERTISEMENTS_SENT,
  BECAME_MASTER,
  RELEASED_MASTER,
  PRIORITY_ZERO_RECEIVED,
  PRIORITY_ZERO_SENT,
  /** Timers that fired later than half an advertisement interval. */
  LATE_TIMERS,
  /** Addresses that somebody else removed and we put back. */
  ADDRESSES_RESTORED,
  /** Advertisements that the kernel refused to send. */
  SEND_FAILURES,
  /** Advertisements from our own address, that we did not send, or that came back. */
  OWN_ADDRESS_RECEIVED
}
