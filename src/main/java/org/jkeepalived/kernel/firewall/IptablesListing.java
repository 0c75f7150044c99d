package org.jkeepalived.kernel.firewall;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jkeepalived.kernel.firewall.IptablesPart.Rule;

/**
 * What iptables-save(8) tells of the table {@code filter}. Releases differ in the order of what a
 * rule says, and in the name of a protocol.
 */
public final class IptablesListing {

  private static final Set<String> ICMPV6 = Set.of("ipv6-icmp", "icmpv6", "58");

  private final Set<String> chains = new HashSet<>();
  private final Set<List<String>> rules = new HashSet<>();

  private IptablesListing() {}

  public static IptablesListing read(String text) {
    IptablesListing listing = new IptablesListing();
    text.lines()
        .forEach(
            line -> {
              if (line.startsWith(":")) {
                listing.chains.add(line.substring(1).split(" ", 2)[0]);
              } else if (line.startsWith("-A ")) {
                listing.rules.add(sorted(Arrays.asList(line.strip().split(" "))));
              }
            });
    return listing;
  }

  private static List<String> sorted(List<String> words) {
    return words.stream().map(word -> ICMPV6.contains(word) ? "icmpv6" : word).sorted().toList();
  }

  public boolean hasChain(String name) {
    return chains.contains(name);
  }

  public boolean has(Rule rule) {
    return rules.contains(sorted(rule.arguments("-A")));
  }
}
