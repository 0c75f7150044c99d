package org.jkeepalived.host.kernel.firewall;

import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jkeepalived.kernel.firewall.HeldParts;
import org.jkeepalived.kernel.firewall.IptablesListing;
import org.jkeepalived.kernel.firewall.IptablesPart.AddressSet;
import org.jkeepalived.kernel.firewall.IptablesPart.Member;
import org.jkeepalived.kernel.firewall.IptablesPart.Rule;
import org.jkeepalived.linux.SystemCallException;
import org.jkeepalived.linux.firewall.IptablesTable;
import org.jkeepalived.model.AddressFamily;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks whether somebody else has removed rules or sets of ours, and puts them back. */
final class IptablesGuard implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(IptablesGuard.class);

  private final HeldParts held;
  private final IpsetAccess sets;
  private final Map<AddressFamily, IptablesAccess> rules;
  private final Map<AddressFamily, Optional<IptablesTable>> tables =
      new EnumMap<>(AddressFamily.class);

  /** How the tables were laid out when they were read last; without one, they are to be read. */
  private final Map<AddressFamily, String> layouts = new EnumMap<>(AddressFamily.class);

  /** What rules say that have been found among what is listed: it is known how that looks. */
  private final Set<List<String>> known = new HashSet<>();

  IptablesGuard(HeldParts held, IpsetAccess sets, Map<AddressFamily, IptablesAccess> rules) {
    this.held = held;
    this.sets = sets;
    this.rules = rules;
  }

  /** We have changed something ourselves. */
  void changed() {
    layouts.clear();
  }

  /** We have added rules: those that say what none has said before are looked for at once. */
  void added(AddressFamily family, List<Rule> rules) {
    for (Rule rule : rules) {
      if (!known.contains(options(rule))) {
        access(family).list().ifPresent(listing -> learn(listing, rules));
        return;
      }
    }
  }

  private void learn(IptablesListing listing, List<Rule> rules) {
    rules.stream().filter(listing::has).forEach(rule -> known.add(options(rule)));
  }

  private static List<String> options(Rule rule) {
    return rule.words().stream().filter(word -> word.startsWith("-")).toList();
  }

  private IptablesAccess access(AddressFamily family) {
    return Objects.requireNonNull(rules.get(family));
  }

  /** Looks, and puts back what is missing. */
  void look() {
    if (held.isEmpty()) {
      return;
    }
    try {
      for (AddressSet set : held.all(AddressSet.class)) {
        look(set);
      }
    } catch (SystemCallException e) {
      LOG.debug("{}: whether our sets are there is not known", e.getMessage());
    }
    for (AddressFamily family : AddressFamily.values()) {
      List<Rule> wanted =
          held.all(Rule.class).stream().filter(rule -> rule.family() == family).toList();
      if (!wanted.isEmpty() && mayHaveChanged(family)) {
        look(family, wanted);
      }
    }
  }

  private void look(AddressSet set) throws SystemCallException {
    List<Member> wanted =
        held.all(Member.class).stream().filter(each -> each.set().equals(set.name())).toList();
    OptionalLong size = sets.size(set);
    boolean isGone = size.isEmpty() && !sets.isThere(set);
    if (!isGone && (size.isEmpty() || size.getAsLong() >= wanted.size())) {
      return;
    }
    LOG.warn("ipset {}: somebody else has removed what is ours, putting it back", set.name());
    Optional<String> error = isGone ? sets.create(set) : Optional.empty();
    for (Member member : wanted) {
      error = error.or(() -> sets.add(member));
    }
    error.ifPresent(LOG::error);
  }

  private boolean mayHaveChanged(AddressFamily family) {
    Optional<IptablesTable> table = tables.computeIfAbsent(family, IptablesTable::open);
    String now = table.map(IptablesTable::layout).orElse("");
    return now.isEmpty() || !now.equals(layouts.put(family, now));
  }

  private void look(AddressFamily family, List<Rule> wanted) {
    IptablesAccess access = access(family);
    Optional<IptablesListing> listing = access.list();
    if (listing.isEmpty()) {
      return;
    }
    List<Rule> present = wanted.stream().filter(listing.get()::has).toList();
    learn(listing.get(), wanted);
    boolean isWhole =
        wanted.stream().noneMatch(each -> known.contains(options(each)) && !present.contains(each));
    if (isWhole) {
      return;
    }
    LOG.warn("{}: somebody else has removed rules of ours, putting them back", access.name());
    // all of them, since their order counts
    access
        .replace(present, wanted)
        .ifPresent(error -> LOG.error("{}", access.explain(error, wanted)));
    layouts.remove(family);
  }

  @Override
  public void close() {
    tables.values().forEach(each -> each.ifPresent(IptablesTable::close));
  }
}
