package org.jkeepalived.linux.netlink;

/** Numbers of netlink itself (linux/netlink.h). */
public final class Netlink {
  static final int NLMSG_ERROR = 2;
  public static final int NLMSG_DONE = 3;
  static final int NLMSG_OVERRUN = 4;

  public static final int NLM_F_REQUEST = 0x001;
  public static final int NLM_F_ACK = 0x004;
  static final int NLM_F_DUMP_INTR = 0x010;
  static final int NLM_F_DUMP = 0x300;
  public static final int NLM_F_EXCL = 0x200;
  public static final int NLM_F_CREATE = 0x400;
  public static final int NLM_F_APPEND = 0x800;

  /** On NLMSG_ERROR: the refused message is not repeated beyond its header. */
  static final int NLM_F_CAPPED = 0x100;

  /** On NLMSG_ERROR: attributes with the extended text follow. */
  static final int NLM_F_ACK_TLVS = 0x200;

  static final int NLMSGERR_ATTR_MSG = 1;

  private Netlink() {}
}
