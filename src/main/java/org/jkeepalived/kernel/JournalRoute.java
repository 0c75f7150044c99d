package org.jkeepalived.kernel;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jkeepalived.model.NumericAddress;
import org.jkeepalived.model.routing.NextHop;
import org.jkeepalived.model.routing.Prefix;
import org.jkeepalived.model.routing.Route;
import org.jkeepalived.model.routing.RoutePlace;
import org.jkeepalived.model.routing.RouteTarget;
import org.jkeepalived.model.routing.RouteTracking;
import org.jkeepalived.model.routing.RouteTuning;

/**
 * How the journal names a route: with what the kernel needs to find it again. {@code route: unicast
 * 10.0.0.0/8 table 254 tos 0 metric 5 proto 18 scope 0 via 10.1.0.2 dev eth0}; without a gateway or
 * a link there is a dash in its place.
 */
final class JournalRoute {

  static final String KIND = "route: ";
  private static final String NONE = "-";
  private static final int BYTE = 255;

  private JournalRoute() {}

  static String write(Route route) {
    RouteTarget target = route.target();
    RoutePlace place = route.place();
    StringBuilder text = new StringBuilder(KIND);
    text.append(target.type().name().toLowerCase(Locale.ROOT));
    text.append(' ').append(target.destination().text());
    target.from().ifPresent(from -> text.append(" from ").append(from.text()));
    text.append(" table ").append(place.table());
    text.append(" tos ").append(target.tos());
    place.metric().ifPresent(metric -> text.append(" metric ").append(metric));
    text.append(" proto ").append(place.kernelProtocol());
    text.append(" scope ").append(place.scope());
    for (NextHop hop : route.hops().isEmpty() ? List.of(route.hop()) : route.hops()) {
      text.append(" via ").append(hop.gateway().map(NumericAddress::of).orElse(NONE));
      text.append(" dev ").append(hop.device().isEmpty() ? NONE : hop.device());
    }
    return text.toString();
  }

  /** The same route, as far as the line tells; empty if it tells of none. */
  static Optional<Route> read(String line) {
    if (!line.startsWith(KIND)) {
      return Optional.empty();
    }
    JournalWords words = JournalWords.read(line.substring(KIND.length()));
    for (RouteTarget.Type type : RouteTarget.Type.values()) {
      Optional<Prefix> destination = words.prefix(type.name().toLowerCase(Locale.ROOT));
      OptionalLong table = words.number("table");
      if (destination.isPresent() && table.isPresent() && table.getAsLong() >= 0) {
        return Optional.of(route(new Found(type, destination.get(), table.getAsLong()), words));
      }
    }
    return Optional.empty();
  }

  private record Found(RouteTarget.Type type, Prefix destination, long table) {}

  private static Route route(Found found, JournalWords words) {
    List<NextHop> hops = hops(words);
    boolean several = hops.size() > 1;
    return new Route(
        new RouteTarget(
            found.type(), found.destination(), words.prefix("from"), number(words, "tos")),
        new RoutePlace(
            found.table(),
            number(words, "scope"),
            words.number("metric"),
            OptionalInt.of(number(words, "proto"))),
        several || hops.isEmpty() ? NextHop.NONE : hops.get(0),
        several ? hops : List.of(),
        RouteTuning.NONE,
        new Route.Handling(Route.Insertion.ADD, RouteTracking.YES));
  }

  private static int number(JournalWords words, String word) {
    return words.small(word, BYTE).orElse(0);
  }

  private static List<NextHop> hops(JournalWords words) {
    List<String> gateways = words.all("via");
    List<String> devices = words.all("dev");
    List<NextHop> hops = new ArrayList<>();
    for (int i = 0; i < Math.min(gateways.size(), devices.size()); i++) {
      hops.add(
          new NextHop(
              JournalWords.address(gateways.get(i)),
              devices.get(i).equals(NONE) ? "" : devices.get(i),
              0,
              false,
              Optional.empty(),
              OptionalLong.empty()));
    }
    return hops;
  }
}
