package org.jkeepalived.model.lvs;

import java.util.Objects;

/**
 * {@code nftables_ipvs}: packets to the addresses of a group get a firewall mark, so that the
 * kernel's table has one service for all of them.
 *
 * @param table the name of nftables' tables, one for each family
 * @param priority of their chain among others that see packets for this machine; any 32 bits
 * @param firstMark of the first group, 1 to 2³²−1; the next has one more
 * @param counted rules and addresses count their packets
 */
public record PacketMarking(String table, int priority, long firstMark, boolean counted) {
  /** What its tables are called where nothing is said. */
  public static final String STANDARD_TABLE = "keepalived_ipvs";

  /** Just before filters. */
  public static final int STANDARD_PRIORITY = -1;

  /** The first mark where none is named. */
  public static final long STANDARD_FIRST_MARK = 1000;

  public PacketMarking {
    Objects.requireNonNull(table);
  }
}
