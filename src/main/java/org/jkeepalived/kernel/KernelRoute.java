package org.jkeepalived.kernel;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jkeepalived.model.AddressFamily;
import org.jkeepalived.model.routing.NextHop;
import org.jkeepalived.model.routing.Prefix;
import org.jkeepalived.model.routing.Route;
import org.jkeepalived.model.routing.RoutePlace;
import org.jkeepalived.model.routing.RouteTarget;
import org.jkeepalived.model.routing.RouteTracking;

/** A route in a table. */
public record KernelRoute(Route route) implements KernelObject {

  /** The metric of an IPv6 route that names none. */
  private static final long IPV6_METRIC = 1024;

  public KernelRoute {
    Objects.requireNonNull(route);
  }

  /**
   * What makes two routes the same one for the kernel. The ways are part of it: there may be
   * several routes to one destination that differ in nothing else.
   *
   * @param ways where it leads; none for one that leads nowhere
   */
  public record Key(Prefix destination, long table, Rank rank, List<Way> ways)
      implements KernelObject.Key {

    public Key {
      Objects.requireNonNull(destination);
      Objects.requireNonNull(rank);
      ways = List.copyOf(ways);
    }

    /** The key of a route as its numbers are in the kernel's messages. */
    public static Key of(Prefix destination, long table, Rank rank, List<Way> ways) {
      boolean unsaid = rank.metric() == 0 && destination.family() == AddressFamily.IPV6;
      return new Key(
          destination,
          table,
          unsaid ? new Rank(rank.tos(), IPV6_METRIC, rank.type(), rank.protocol()) : rank,
          ways);
    }

    /**
     * The key that a route has if its line names no links, and the kernel has found them: as the
     * kernel tells of it, the links are there.
     */
    public Key withoutLinks() {
      return new Key(
          destination,
          table,
          rank,
          ways.stream()
              .filter(way -> way.gateway().isPresent())
              .map(way -> new Way(way.gateway(), 0))
              .toList());
    }

    @Override
    public Kind kind() {
      return Kind.ROUTE;
    }
  }

  /** What routes to one destination differ in. */
  public record Rank(int tos, long metric, int type, int protocol) {}

  /**
   * One way of a route.
   *
   * @param link its number; 0 where none is named
   */
  public record Way(Optional<InetAddress> gateway, int link) {}

  @Override
  public Kind kind() {
    return Kind.ROUTE;
  }

  @Override
  public List<String> links() {
    return List.copyOf(route.devices());
  }

  @Override
  public Key key(List<Integer> linkIndices) {
    RouteTarget target = route.target();
    RoutePlace place = route.place();
    List<String> devices = links();
    List<Way> ways = new ArrayList<>();
    for (NextHop hop : hops()) {
      int at = devices.indexOf(hop.device());
      ways.add(new Way(hop.gateway(), at < 0 ? 0 : linkIndices.get(at)));
    }
    return Key.of(
        target.destination(),
        place.table(),
        new Rank(
            target.tos(), place.metric().orElse(0), target.type().number(), place.kernelProtocol()),
        ways);
  }

  private List<NextHop> hops() {
    if (!route.hops().isEmpty()) {
      return route.hops();
    }
    boolean leads = route.hop().gateway().isPresent() || !route.hop().device().isEmpty();
    return leads ? List.of(route.hop()) : List.of();
  }

  @Override
  public String name() {
    return route.target().destination().text();
  }

  @Override
  public String text(KernelRequest.Operation operation) {
    return "route " + route.description();
  }

  @Override
  public String lossText() {
    return "route " + route.description() + " removed";
  }

  @Override
  public boolean isTracked() {
    return route.handling().tracking() != RouteTracking.NO;
  }

  @Override
  public String journalText() {
    return JournalRoute.write(route);
  }
}
