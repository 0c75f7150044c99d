package org.jkeepalived.linux.netlink.ipvs;

/** The numbers of linux/ip_vs.h that are used here. */
final class Ipvs {
  static final String FAMILY = "IPVS";
  static final int VERSION = 1;

  static final int CMD_NEW_SERVICE = 1;
  static final int CMD_SET_SERVICE = 2;
  static final int CMD_DEL_SERVICE = 3;
  static final int CMD_GET_SERVICE = 4;
  static final int CMD_NEW_DEST = 5;
  static final int CMD_SET_DEST = 6;
  static final int CMD_DEL_DEST = 7;
  static final int CMD_GET_DEST = 8;
  static final int CMD_NEW_DAEMON = 9;
  static final int CMD_DEL_DAEMON = 10;
  static final int CMD_GET_DAEMON = 11;
  static final int CMD_SET_CONFIG = 12;
  static final int CMD_FLUSH = 17;

  static final int ATTR_SERVICE = 1;
  static final int ATTR_DEST = 2;
  static final int ATTR_DAEMON = 3;
  static final int ATTR_TIMEOUT_TCP = 4;
  static final int ATTR_TIMEOUT_TCP_FIN = 5;
  static final int ATTR_TIMEOUT_UDP = 6;

  static final int SVC_AF = 1;
  static final int SVC_PROTOCOL = 2;
  static final int SVC_ADDR = 3;
  static final int SVC_PORT = 4;
  static final int SVC_FWMARK = 5;
  static final int SVC_SCHED_NAME = 6;
  static final int SVC_FLAGS = 7;
  static final int SVC_TIMEOUT = 8;
  static final int SVC_NETMASK = 9;
  static final int SVC_PE_NAME = 11;

  static final int SVC_F_PERSISTENT = 0x01;
  static final int SVC_F_ONEPACKET = 0x04;

  /** IP_VS_SVC_F_SCHED1 to SCHED3 are three bits from here on. */
  static final int SVC_F_SCHEDULER_SHIFT = 3;

  static final int SVC_F_SCHEDULER_BITS = 0x07;

  static final int DEST_ADDR = 1;
  static final int DEST_PORT = 2;
  static final int DEST_FWD_METHOD = 3;
  static final int DEST_WEIGHT = 4;
  static final int DEST_U_THRESH = 5;
  static final int DEST_L_THRESH = 6;
  static final int DEST_ADDR_FAMILY = 11;
  static final int DEST_TUN_TYPE = 13;
  static final int DEST_TUN_PORT = 14;
  static final int DEST_TUN_FLAGS = 15;

  static final int DAEMON_STATE = 1;
  static final int DAEMON_MCAST_IFN = 2;
  static final int DAEMON_SYNC_ID = 3;
  static final int DAEMON_SYNC_MAXLEN = 4;
  static final int DAEMON_MCAST_GROUP = 5;
  static final int DAEMON_MCAST_GROUP6 = 6;
  static final int DAEMON_MCAST_PORT = 7;
  static final int DAEMON_MCAST_TTL = 8;

  static final int STATE_MASTER = 1;
  static final int STATE_BACKUP = 2;

  static final int CONN_F_FWD_MASK = 0x07;
  static final int CONN_F_MASQ = 0;
  static final int CONN_F_TUNNEL = 2;
  static final int CONN_F_DROUTE = 3;

  static final int TUNNEL_IPIP = 0;
  static final int TUNNEL_GUE = 1;
  static final int TUNNEL_GRE = 2;

  static final int TUNNEL_NOCSUM = 0;
  static final int TUNNEL_CSUM = 1;
  static final int TUNNEL_REMCSUM = 2;

  static final int AF_INET = 2;
  static final int AF_INET6 = 10;

  static final int IPPROTO_TCP = 6;
  static final int IPPROTO_UDP = 17;
  static final int IPPROTO_SCTP = 132;

  private Ipvs() {}
}
