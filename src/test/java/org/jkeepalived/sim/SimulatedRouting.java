package org.jkeepalived.sim;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jkeepalived.kernel.KernelError;
import org.jkeepalived.kernel.KernelObject;
import org.jkeepalived.kernel.KernelRequest;
import org.jkeepalived.kernel.KernelResult;
import org.jkeepalived.kernel.KernelResult.Outcome;
import org.jkeepalived.kernel.KernelRoute;
import org.jkeepalived.model.VrrpInstance;
import org.jkeepalived.model.routing.NextHop;
import org.jkeepalived.model.routing.Prefix;
import org.jkeepalived.model.routing.Route;
import org.jkeepalived.model.routing.RoutePlace;
import org.jkeepalived.model.routing.RouteTarget;
import org.jkeepalived.model.routing.RouteTracking;
import org.jkeepalived.model.routing.RouteTuning;
import org.jkeepalived.model.routing.Routing;
import org.jkeepalived.vrrp.TestInstance;

/** The routes of a simulated kernel: every other virtual router has one, in a table of its own. */
final class SimulatedRouting {

  private static final long FIRST_TABLE = 1000;
  private static final KernelError NO_ROUTE = new KernelError(3, "No such process");

  private final SimulatedNode node;
  private final Map<KernelObject.Key, Route> there = new LinkedHashMap<>();

  SimulatedRouting(SimulatedNode node) {
    this.node = node;
  }

  /** The instance with the route that it has. */
  static VrrpInstance with(VrrpInstance instance, int router) {
    if (router % 2 != 0) {
      return instance;
    }
    Route route =
        new Route(
            new RouteTarget(
                RouteTarget.Type.UNICAST,
                new Prefix(TestInstance.address("172.16.0.0"), 16),
                Optional.empty(),
                0),
            new RoutePlace(
                FIRST_TABLE + router,
                0,
                OptionalLong.empty(),
                OptionalInt.of(RoutePlace.KEEPALIVED)),
            new NextHop(
                Optional.empty(),
                instance.key().interfaceName(),
                0,
                false,
                Optional.empty(),
                OptionalLong.empty()),
            List.of(),
            RouteTuning.NONE,
            new Route.Handling(Route.Insertion.PREPEND, RouteTracking.YES));
    return instance.addresses(instance.addresses().routing(new Routing(List.of(route), List.of())));
  }

  /** Whether a virtual router's route is there. */
  boolean holds(int router) {
    return there.values().stream().anyMatch(route -> route.place().table() == FIRST_TABLE + router);
  }

  KernelResult carryOut(KernelRequest request) {
    if (!request.isAddition()) {
      return there.remove(request.key()) != null
          ? KernelResult.done(request)
          : new KernelResult(request, Outcome.NOT_THERE, Optional.of(NO_ROUTE));
    }
    if (!request.target().linkIndices().stream().allMatch(node.links()::exists)) {
      return KernelResult.refused(request, new KernelError(19, "No such device"));
    }
    Route before = there.putIfAbsent(request.key(), ((KernelRoute) request.object()).route());
    return before == null
        ? KernelResult.done(request)
        : new KernelResult(request, Outcome.ALREADY_THERE, Optional.empty());
  }

  /** The routes over a link go with it, and nobody is told. */
  void linkDeleted(int linkIndex) {
    there
        .keySet()
        .removeIf(
            key ->
                ((KernelRoute.Key) key).ways().stream().anyMatch(way -> way.link() == linkIndex));
  }
}
