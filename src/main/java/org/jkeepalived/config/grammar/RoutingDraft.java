package org.jkeepalived.config.grammar;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jkeepalived.config.syntax.Token;
import org.jkeepalived.model.AddressFamily;
import org.jkeepalived.model.VirtualAddress;
import org.jkeepalived.model.routing.Route;
import org.jkeepalived.model.routing.RoutingRule;
import org.jkeepalived.model.routing.StaticNetwork;
import org.jkeepalived.model.routing.StaticNetwork.Entry;

/** What has been read of static addresses, routes and rules, and what all lines of these go by. */
final class RoutingDraft {

  /** COMPAT: rules without a priority get this one and those below it, in the file's order. */
  private static final long FIRST_PRIORITY = 16_384;

  private final IprouteNames names;
  private final Map<AddressFamily, Long> nextPriority = new EnumMap<>(AddressFamily.class);

  final List<Entry<VirtualAddress>> addresses = new ArrayList<>();
  final List<Entry<Route>> routes = new ArrayList<>();
  final List<Entry<RoutingRule>> rules = new ArrayList<>();

  /** The members of each {@code track_group}. */
  final Map<String, List<String>> groups = new LinkedHashMap<>();

  /** The words that name links, and what says so. */
  private final Map<Token, String> links = new LinkedHashMap<>();

  RoutingDraft(IprouteNames names) {
    this.names = names;
  }

  IprouteNames names() {
    return names;
  }

  long nextPriority(AddressFamily family) {
    long priority = nextPriority.getOrDefault(family, FIRST_PRIORITY);
    nextPriority.put(family, priority - 1);
    return priority;
  }

  /** The track group that a line names, if it is defined before it. */
  Optional<String> group(Token name, RoutingWords words) {
    if (!groups.containsKey(name.text())) {
      words.warn(name, "track_group " + name.text() + " not found");
      return Optional.empty();
    }
    return Optional.of(name.text());
  }

  void names(List<Token> devices, String whose) {
    devices.forEach(device -> links.put(device, whose));
  }

  /** Warns about links that do not exist yet. */
  void check(Set<String> existing, GrammarReport report) {
    links.forEach((link, whose) -> MissingLinks.check(link, whose, existing, report));
  }

  /**
   * @param instances the names of those that run
   */
  StaticNetwork complete(Set<String> instances) {
    if (addresses.isEmpty() && routes.isEmpty() && rules.isEmpty() && groups.isEmpty()) {
      return StaticNetwork.NONE;
    }
    List<StaticNetwork.TrackGroup> known = new ArrayList<>();
    groups.forEach(
        (name, members) -> {
          List<String> running = members.stream().filter(instances::contains).toList();
          if (!running.isEmpty()) {
            known.add(new StaticNetwork.TrackGroup(name, running));
          }
        });
    return new StaticNetwork(addresses, routes, rules, known);
  }
}
