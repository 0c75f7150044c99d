package org.jkeepalived.model;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Predicate;
import org.jkeepalived.model.VirtualLink.Ipvlan;

/**
 * The difference of the links that are made for an instance, in the words that the operator writes:
 * {@code use_vmac no -> yes}.
 */
final class OwnLinkWords {

  private final List<String> lines = new ArrayList<>();

  private OwnLinkWords() {}

  /** A line for each that differs. */
  static List<String> between(OwnLinks before, OwnLinks after) {
    OwnLinkWords words = new OwnLinkWords();
    words.differ(before, after);
    return words.lines;
  }

  private void differ(OwnLinks before, OwnLinks after) {
    one("use_vmac", only(before, VirtualLink::isMacvlan), only(after, VirtualLink::isMacvlan));
    one("use_ipvlan", only(before, link -> !link.isMacvlan()), only(after, x -> !x.isMacvlan()));
    flag("vmac_xmit_base", before.transmitsOnBase(), after.transmitsOnBase());
    flag("use_vmac_addr", before.everywhere(), after.everywhere());
    // which address has one that is new is told with the addresses
    for (VirtualLink was : before.others()) {
      after
          .named(was.name())
          .ifPresent(is -> same("interface " + was.name(), Optional.of(was), Optional.of(is)));
    }
  }

  private static Optional<VirtualLink> only(OwnLinks links, Predicate<VirtualLink> which) {
    return links.speaking().filter(which);
  }

  private void one(String keyword, Optional<VirtualLink> before, Optional<VirtualLink> after) {
    if (before.isPresent() != after.isPresent()) {
      flag(keyword, before.isPresent(), after.isPresent());
    } else {
      same(keyword, before, after);
    }
  }

  private void same(String keyword, Optional<VirtualLink> before, Optional<VirtualLink> after) {
    if (before.isPresent() && after.isPresent()) {
      differs(keyword + " name", before.get().name(), after.get().name());
      differs(keyword + " MAC address", before.get().mac(), after.get().mac());
      differs(keyword + " address", address(before.get()), address(after.get()));
      differs(keyword + " mode", mode(before.get()), mode(after.get()));
      differs(keyword + " group", group(before.get()), group(after.get()));
      flag(keyword + " netlink_notify_msg", before.get().notifies(), after.get().notifies());
    }
  }

  private static Optional<Ipvlan> ipvlan(VirtualLink link) {
    return Optional.of(link.nature()).filter(Ipvlan.class::isInstance).map(Ipvlan.class::cast);
  }

  private static Optional<String> address(VirtualLink link) {
    return ipvlan(link)
        .flatMap(own -> own.address().map(address -> text(address, own.prefixLength())));
  }

  private static String text(InetAddress address, int prefixLength) {
    return NumericAddress.of(address) + "/" + prefixLength;
  }

  private static Optional<String> mode(VirtualLink link) {
    return ipvlan(link).map(own -> own.mode().name().toLowerCase(Locale.ROOT));
  }

  private static Optional<String> group(VirtualLink link) {
    OptionalLong group = link.group();
    return group.isPresent() ? Optional.of(Long.toString(group.getAsLong())) : Optional.empty();
  }

  private void flag(String keyword, boolean before, boolean after) {
    differs(keyword, before ? "yes" : "no", after ? "yes" : "no");
  }

  private void differs(String keyword, Optional<String> before, Optional<String> after) {
    differs(keyword, before.orElse("nothing"), after.orElse("nothing"));
  }

  private void differs(String keyword, String before, String after) {
    if (!Objects.equals(before, after)) {
      lines.add(keyword + " " + before + " -> " + after);
    }
  }
}
