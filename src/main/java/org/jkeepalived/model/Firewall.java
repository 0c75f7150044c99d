package org.jkeepalived.model;

import java.util.Objects;

/** What keeps virtual addresses from answering where {@code no_accept} is in force. */
public sealed interface Firewall {

  /** How the journal names it, in words that a blank parts. */
  String text();

  /**
   * Whether it tells the links of an instance's link-local addresses by their names, not by their
   * numbers: a link that is made anew keeps its name alone.
   */
  boolean tellsLinksByName(VrrpInstance instance);

  /**
   * nftables: a table of our own for each family.
   *
   * @param table {@code nftables TABLENAME}
   * @param priority {@code nftables_priority}: that of the chains
   * @param counted {@code nftables_counters}: rules count what they match
   * @param byNumber {@code nftables_ifindex}: links are always told by their numbers
   */
  record Nftables(String table, int priority, boolean counted, boolean byNumber)
      implements Firewall {

    public static final String STANDARD_TABLE = "keepalived";
    public static final int STANDARD_PRIORITY = -1;

    /** Where nothing is said. */
    public static final Nftables STANDARD =
        new Nftables(STANDARD_TABLE, STANDARD_PRIORITY, false, false);

    public Nftables {
      Objects.requireNonNull(table);
    }

    /** {@code nftables keepalived priority -1 counters false}. */
    @Override
    public String text() {
      return "nftables " + table + " priority " + priority + " counters " + counted;
    }

    @Override
    public boolean tellsLinksByName(VrrpInstance instance) {
      return !byNumber && !instance.tracking().primaryLink();
    }
  }
}
