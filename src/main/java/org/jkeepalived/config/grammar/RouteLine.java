package org.jkeepalived.config.grammar;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.jkeepalived.config.syntax.Statement;
import org.jkeepalived.config.syntax.Token;
import org.jkeepalived.model.AddressFamily;
import org.jkeepalived.model.routing.NextHop;
import org.jkeepalived.model.routing.Prefix;
import org.jkeepalived.model.routing.Route;
import org.jkeepalived.model.routing.RoutePlace;
import org.jkeepalived.model.routing.RouteTarget;
import org.jkeepalived.model.routing.RouteTracking;
import org.jkeepalived.model.routing.RouteTuning;
import org.jkeepalived.model.routing.VrfLookup;

/**
 * Reads one line of {@code virtual_routes} or {@code static_routes}: the words of ip-route(8), in
 * full, in any order, but {@code nexthop} last.
 */
final class RouteLine {

  /**
   * What is to be written of a virtual route; what iproute2 calls by several names has one here.
   */
  static final String SYNTAX =
      "[unicast|local|broadcast|anycast|multicast] [blackhole|unreachable|prohibit|throw]"
          + " [to] DESTINATION[/MASK] [via ADDRESS] [dev LINK] [onlink] [src ADDRESS]"
          + " [table TABLE] [vrf VRF] [metric NUMBER] [scope SCOPE] [protocol PROTOCOL] [tos TOS]"
          + " [from PREFIX] [realms REALM] [encap mpls|ip|ip6|ila ...]"
          + " [nexthop via ADDRESS [dev LINK] [weight NUMBER] [onlink] ...] [pref low|medium|high]"
          + " [expires SECONDS] [ttl-propagate enabled|disabled] [mtu [lock] BYTES]"
          + " [advmss [lock] BYTES] [window BYTES] [hoplimit NUMBER] [rtt TIME] [rttvar TIME]"
          + " [rto_min TIME] [cwnd [lock] NUMBER] [ssthresh [lock] NUMBER]"
          + " [reordering [lock] NUMBER] [initcwnd NUMBER] [initrwnd NUMBER] [quickack 0|1]"
          + " [fastopen_no_cookie 0|1] [features ecn] [congctl [lock] NAME] [add|prepend|append]"
          + " [inet|inet6] [no_track]";

  /** The same of a static one. */
  static final String STATIC_SYNTAX = SYNTAX + " [track_group GROUP]";

  private static final int BYTE = 255;
  private static final long MOST_TABLE = 0xFFFF_FFFFL;
  private static final int IPV6_BYTES = 16;

  private final RoutingWords words;
  private final IprouteNames names;
  private final Optional<RoutingDraft> statics;
  private final NextHopWords way;
  private final RouteMetricWords metrics;

  private Optional<AddressFamily> family = Optional.empty();
  private Optional<Token> destinationWord = Optional.empty();
  private Optional<Prefix> destination = Optional.empty();
  private Optional<Prefix> from = Optional.empty();
  private Optional<InetAddress> source = Optional.empty();
  private RouteTarget.Type type = RouteTarget.Type.UNICAST;
  private Optional<Route.Insertion> insertion = Optional.empty();
  private int tos;
  private long table = RoutePlace.MAIN;
  private int scope;
  private OptionalLong metric = OptionalLong.empty();
  private OptionalInt protocol = OptionalInt.empty();
  private OptionalInt preference = OptionalInt.empty();
  private OptionalLong expirySeconds = OptionalLong.empty();
  private OptionalInt ttlPropagation = OptionalInt.empty();
  private List<NextHop> hops = List.of();
  private boolean tracked = true;
  private Optional<String> group = Optional.empty();
  private final List<Token> devices = new ArrayList<>();

  private RouteLine(
      Statement line, IprouteNames names, Optional<RoutingDraft> statics, GrammarReport report) {
    words = new RoutingWords(line, report);
    this.names = names;
    this.statics = statics;
    way = new NextHopWords(words, names);
    metrics = new RouteMetricWords(words, report);
  }

  /**
   * What a line said.
   *
   * @param devices the words that name links
   * @param group its {@code track_group}
   */
  record Result(Route route, List<Token> devices, Optional<String> group) {}

  /**
   * Empty when the line is left out.
   *
   * @param statics knows the track groups that a static route may name; empty for a virtual one
   */
  static Optional<Result> read(
      Statement line, IprouteNames names, Optional<RoutingDraft> statics, GrammarReport report) {
    RouteLine route = new RouteLine(line, names, statics, report);
    while (route.words.hasNext()) {
      route.read(route.words.next());
    }
    return route.complete();
  }

  private void read(Token word) {
    String option = word.text();
    if (metrics.read(option) || way.read(option) || readPlace(option) || readManner(word)) {
      return;
    }
    Optional<RouteTarget.Type> named = type(option);
    if (named.isPresent()) {
      type = named.get();
      insertion = insertion.or(() -> Optional.of(Route.Insertion.ADD));
    } else {
      readDestination(word);
    }
  }

  private static Optional<RouteTarget.Type> type(String option) {
    return Stream.of(RouteTarget.Type.values())
        .filter(one -> one.name().toLowerCase(Locale.ROOT).equals(option))
        .findFirst();
  }

  private void readDestination(Token word) {
    destination = words.prefix(word, "unknown route keyword {value}");
    destinationWord = Optional.of(word);
  }

  /** Where the route stands among others. */
  private boolean readPlace(String option) {
    switch (option) {
      case "to" -> words.argument().ifPresent(this::readDestination);
      case "tos", "dsfield" ->
          named(IprouteNames.File.TYPES_OF_SERVICE, BYTE, "TOS value {value} is invalid")
              .ifPresent(value -> tos = (int) value);
      case "table" ->
          named(IprouteNames.File.TABLES, MOST_TABLE, "Routing table {value} not found for route")
              .ifPresent(value -> table = value);
      case "protocol" ->
          named(
                  IprouteNames.File.PROTOCOLS,
                  BYTE,
                  "Protocol {value} not found or invalid for route")
              .ifPresent(value -> protocol = OptionalInt.of((int) value));
      case "scope" ->
          named(IprouteNames.File.SCOPES, BYTE, "Scope {value} not found or invalid for route")
              .ifPresent(value -> scope = (int) value);
      case "metric", "preference", "priority" ->
          words
              .number(Argument.unsigned(), "Invalid metric {value} specified for route")
              .ifPresent(value -> metric = OptionalLong.of(value));
      case "inet" -> family = Optional.of(AddressFamily.IPV4);
      case "inet6" -> family = Optional.of(AddressFamily.IPV6);
      default -> {
        return false;
      }
    }
    return true;
  }

  private OptionalLong named(IprouteNames.File file, long most, String wrong) {
    return words.named(names, file, most, wrong);
  }

  /** How packets travel on it, and what becomes of it. */
  private boolean readManner(Token word) {
    switch (word.text()) {
      case "src" -> source = words.address("invalid route src address {value}");
      case "from" ->
          words
              .argument()
              .ifPresent(
                  from -> this.from = words.prefix(from, "invalid route from address {value}"));
      case "gw" -> {
        words.warn(word, "\"gw\" for routes is deprecated. Please use \"via\"");
        way.via();
      }
      case "or" -> {
        words.warn(word, "\"or\" for routes is deprecated. Please use \"nexthop\"");
        readAlternative();
      }
      case "nexthop" -> hops = NextHopWords.readAll(words, names, devices);
      case "pref" -> words.argument().ifPresent(this::readPreference);
      case "expires" ->
          words
              .number(Argument.unsigned(), "Invalid expires time {value} specified for route")
              .ifPresent(value -> expirySeconds = OptionalLong.of(value));
      case "ttl-propagate" -> words.argument().ifPresent(this::readPropagation);
      case "as" -> {
        words.warn(word, "\"as to\" for MPLS only - ignoring");
        words.skip("to");
        words.argument();
      }
      case "vrf" -> words.argument().ifPresent(this::readVrf);
      case "add" -> insertion = Optional.of(Route.Insertion.ADD);
      case "prepend" -> insertion = Optional.of(Route.Insertion.PREPEND);
      case "append" -> insertion = Optional.of(Route.Insertion.APPEND);
      case "no_track" -> tracked = false;
      case "track_group" -> {
        if (statics.isEmpty()) {
          return false;
        }
        words.argument().ifPresent(name -> group = statics.get().group(name, words));
      }
      default -> {
        return false;
      }
    }
    return true;
  }

  /** COMPAT: the table that it has now; one that comes later, or changes it, needs a reload. */
  private void readVrf(Token vrf) {
    Optional<VrfLookup.Found> found = names.vrf(vrf.text());
    if (found.isEmpty()) {
      words.drop(
          vrf,
          "VRF " + vrf.text() + " not found for route",
          "make the VRF before the daemon starts, or reload when it is there");
    } else if (found.get().table().isEmpty()) {
      words.drop(vrf, "Route specified VRF " + vrf.text() + " is not a VRF");
    } else {
      table = found.get().table().getAsLong();
    }
  }

  /** COMPAT: the first gateway and this one become two next hops, and the link is nobody's. */
  private void readAlternative() {
    NextHop first = new NextHop(way.gateway, "", 0, false, Optional.empty(), OptionalLong.empty());
    way.gateway = Optional.empty();
    words
        .address("invalid route via address {value}")
        .ifPresent(
            address ->
                hops =
                    List.of(
                        first,
                        new NextHop(
                            Optional.of(address),
                            "",
                            0,
                            false,
                            Optional.empty(),
                            OptionalLong.empty())));
  }

  private void readPreference(Token word) {
    switch (word.text()) {
      case "low" -> preference = OptionalInt.of(3);
      case "medium" -> preference = OptionalInt.of(0);
      case "high" -> preference = OptionalInt.of(1);
      default -> {
        words.warn(word, "invalid number '" + word.text() + "'");
        words.drop(word, "Invalid pref value " + word.text() + " specified for route");
      }
    }
  }

  private void readPropagation(Token word) {
    if (!word.is("enabled") && !word.is("disabled")) {
      words.warn(word, "ttl-propagate value " + word.text() + " not recognised");
    }
    ttlPropagation = OptionalInt.of(word.is("enabled") ? 1 : 0);
  }

  // ---- the whole line ----

  private Optional<Result> complete() {
    if (!words.isUsable()) {
      return Optional.empty();
    }
    if (destination.isEmpty()) {
      words.drop(words.place(), "Route must have a destination");
      return Optional.empty();
    }
    AddressFamily all = settleFamily();
    checkFamily(all);
    if (!words.isUsable()) {
      return Optional.empty();
    }
    way.device.ifPresent(devices::add);
    RouteTracking tracking = tracking();
    Route route =
        new Route(
            new RouteTarget(type, destination.get(), from, tos),
            new RoutePlace(table, scope, metric, protocol),
            way.hop(),
            hops,
            new RouteTuning(
                source,
                metrics.metrics(),
                metrics.congestion(),
                preference,
                expirySeconds,
                ttlPropagation),
            new Route.Handling(insertion.orElse(Route.Insertion.PREPEND), tracking));
    return Optional.of(new Result(route, List.copyOf(devices), group));
  }

  /** What is for all addresses is of the family that the line says elsewhere. */
  private AddressFamily settleFamily() {
    boolean isAll = RoutingWords.isDefault(destinationWord.orElseThrow().text());
    AddressFamily all =
        !isAll
            ? destination.get().family()
            : family
                .or(() -> addresses().map(AddressFamily::of).findFirst())
                .orElse(AddressFamily.IPV4);
    if (isAll && all == AddressFamily.IPV6) {
      destination = Optional.of(new Prefix(Addresses.ofBytes(new byte[IPV6_BYTES]), 0));
    }
    return all;
  }

  private Stream<InetAddress> addresses() {
    return Stream.of(
            way.gateway.stream(),
            source.stream(),
            hops.stream().flatMap(hop -> hop.gateway().stream()))
        .flatMap(each -> each);
  }

  private void checkFamily(AddressFamily all) {
    boolean ipv4 = all == AddressFamily.IPV4;
    Token place = destinationWord.orElseThrow();
    if (family.isPresent() && family.get() != all) {
      words.drop(place, ipv4 ? "inet6 specified for IPv4 route" : "inet specified for IPv6 route");
    } else if (from.isPresent() && ipv4) {
      words.drop(place, "route from address only supported with IPv6 (" + from.get().text() + ")");
    } else if (hops.stream()
        .anyMatch(hop -> hop.gateway().filter(to -> isOther(to, all)).isPresent())) {
      words.drop(place, "Address family mismatch for next hop");
    } else if (addresses().anyMatch(address -> isOther(address, all))) {
      words.drop(place, "Cannot mix IPv4 and IPv6 addresses for route");
    } else if (ipv4 && preference.isPresent()) {
      words.drop(place, "pref is only valid for IPv6");
    } else if (ipv4 && expirySeconds.isPresent()) {
      words.drop(place, "expires is only valid for IPv6");
    } else if (!ipv4 && way.realms.isPresent()) {
      words.drop(place, "realms are only valid for IPv4");
    }
  }

  private static boolean isOther(InetAddress address, AddressFamily family) {
    return AddressFamily.of(address) != family;
  }

  private RouteTracking tracking() {
    if (!tracked) {
      return RouteTracking.NO;
    }
    if (protocol.isPresent() && protocol.getAsInt() != RoutePlace.KEEPALIVED) {
      words.warn(
          words.place(),
          "Route cannot be tracked if protocol is not RTPROT_KEEPALIVED(18), resetting protocol");
    }
    protocol = OptionalInt.of(RoutePlace.KEEPALIVED);
    if (way.device.isPresent()) {
      return RouteTracking.YES;
    }
    words.warn(
        words.place(),
        "Warning - cannot track route "
            + destinationWord.orElseThrow().text()
            + " with no interface specified, not tracking");
    return RouteTracking.WITHOUT_LINK;
  }
}
