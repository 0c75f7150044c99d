package org.jkeepalived.linux.netlink.ipset;

/** Numbers of linux/netfilter/ipset/ip_set.h. */
final class Ipset {

  static final int NETLINK_NETFILTER = 12;
  private static final int SUBSYSTEM = 6;

  /** What is spoken since Linux 2.6.39; later ones add to it. */
  static final int PROTOCOL = 6;

  static final int CREATE = SUBSYSTEM << 8 | 2;
  static final int DESTROY = SUBSYSTEM << 8 | 3;
  static final int LIST = SUBSYSTEM << 8 | 7;
  static final int ADD = SUBSYSTEM << 8 | 9;
  static final int DELETE = SUBSYSTEM << 8 | 10;
  static final int HEADER = SUBSYSTEM << 8 | 12;
  static final int TYPE = SUBSYSTEM << 8 | 13;

  // of a command
  static final int ATTR_PROTOCOL = 1;
  static final int ATTR_SET_NAME = 2;
  static final int ATTR_TYPE_NAME = 3;
  static final int ATTR_REVISION = 4;
  static final int ATTR_FAMILY = 5;
  static final int ATTR_FLAGS = 6;
  static final int ATTR_DATA = 7;

  // of a set, and of what is in it
  static final int DATA_ADDRESS = 1;
  static final int DATA_PREFIX_LENGTH = 3;
  static final int DATA_LINK = 23;
  static final int DATA_SIZE = 24;

  /** Asks for what a set is, without what is in it. */
  static final int FLAG_LIST_HEADER = 1 << 2;

  // of an address
  static final int ADDRESS_IPV4 = 1;
  static final int ADDRESS_IPV6 = 2;

  static final int NLA_F_NESTED = 0x8000;
  static final int NLA_F_NET_BYTEORDER = 0x4000;

  static final int AF_UNSPEC = 0;
  static final int AF_INET = 2;
  static final int AF_INET6 = 10;

  /** Errors of its own; ENOENT is that a set is not there. */
  static final int ERROR_TYPE_NOT_FOUND = 4098;

  static final int ERROR_IN_USE = 4100;

  /** It is there already, or is not there: where an exclusive command was asked for. */
  static final int ERROR_MEMBER = 4103;

  private Ipset() {}
}
