package org.jkeepalived.linux.netlink.nftables;

import org.jkeepalived.model.AddressFamily;

/** Whose packets a table sees: NFPROTO_*. */
enum NetfilterFamily {
  IPV4(2),
  IPV6(10);

  private final int number;

  NetfilterFamily(int number) {
    this.number = number;
  }

  int number() {
    return number;
  }

  static NetfilterFamily of(AddressFamily family) {
    return family == AddressFamily.IPV4 ? IPV4 : IPV6;
  }
}
