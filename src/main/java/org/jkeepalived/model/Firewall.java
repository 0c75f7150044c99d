package org.jkeepalived.model;

import java.util.Objects;
import java.util.Optional;

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

  /**
   * iptables: rules in chains that the operator has made.
   *
   * @param input {@code vrrp_iptables INPUT}: the chain of what comes in
   * @param output {@code vrrp_iptables INPUT OUTPUT}: that of what goes out; empty to leave it
   *     alone
   * @param sets {@code vrrp_ipsets}: where addresses are kept; empty for rules for each of them
   * @param otherwise what is taken where {@code iptables} is not to be had
   */
  record Iptables(
      String input, Optional<String> output, Optional<AddressSets> sets, Nftables otherwise)
      implements Firewall {

    public Iptables {
      Objects.requireNonNull(input);
      Objects.requireNonNull(output);
      Objects.requireNonNull(sets);
      Objects.requireNonNull(otherwise);
    }

    /**
     * {@code iptables INPUT output OUTPUT sets …}, without what there is not, and then what is
     * taken instead.
     */
    @Override
    public String text() {
      return "iptables "
          + input
          + output.map(chain -> " output " + chain).orElse("")
          + sets.map(names -> " " + names.text()).orElse("")
          + " "
          + otherwise.text();
    }

    /** Rules and sets of iptables know names alone. */
    @Override
    public boolean tellsLinksByName(VrrpInstance instance) {
      return true;
    }
  }

  /**
   * {@code vrrp_ipsets}: what the sets are called.
   *
   * @param ipv4 of IPv4 addresses
   * @param ipv6 of IPv6 addresses
   * @param linkLocal of link-local IPv6 addresses and their links
   * @param reports of VMACs, and what the kernel must not send there
   */
  record AddressSets(String ipv4, String ipv6, String linkLocal, ReportSets reports) {

    /** The kernel's bound for a name, in bytes. */
    private static final int LONGEST_NAME = 31;

    /** Where nothing is said. */
    public static final AddressSets STANDARD = named("keepalived", Optional.empty());

    public AddressSets {
      Objects.requireNonNull(ipv4);
      Objects.requireNonNull(ipv6);
      Objects.requireNonNull(linkLocal);
      Objects.requireNonNull(reports);
    }

    /** With keepalived's name for what follows from the first. */
    public static AddressSets named(String ipv4, Optional<String> ipv6) {
      return named(ipv4, ipv6.orElseGet(() -> with(ipv4, "6")));
    }

    private static AddressSets named(String ipv4, String ipv6) {
      String base = ipv6.endsWith("6") ? ipv6.substring(0, ipv6.length() - 1) : ipv6;
      return new AddressSets(ipv4, ipv6, with(base, "_if6"), ReportSets.named(ipv4));
    }

    private static String with(String name, String suffix) {
      return name.substring(0, Math.min(name.length(), LONGEST_NAME - suffix.length())) + suffix;
    }

    /** {@code sets keepalived sets6 keepalived6 linksets6 keepalived_if6 igmp …}. */
    String text() {
      return "sets " + ipv4 + " sets6 " + ipv6 + " linksets6 " + linkLocal + " " + reports.text();
    }
  }

  /**
   * The sets of VMACs, which have in them on which links something must not be sent.
   *
   * @param igmp reports of IPv4 groups
   * @param mld reports of IPv6 groups
   */
  record ReportSets(String igmp, String mld) {
    public ReportSets {
      Objects.requireNonNull(igmp);
      Objects.requireNonNull(mld);
    }

    /** With keepalived's names for what follows from that of the set of IPv4 addresses. */
    public static ReportSets named(String ipv4) {
      return new ReportSets(AddressSets.with(ipv4, "_igmp"), AddressSets.with(ipv4, "_mld"));
    }

    /** {@code igmp keepalived_igmp mld keepalived_mld}. */
    String text() {
      return "igmp " + igmp + " mld " + mld;
    }
  }
}
