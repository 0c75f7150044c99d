package org.jkeepalived.linux.netlink.route;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jkeepalived.config.RoutingLines;
import org.jkeepalived.kernel.KernelObject;
import org.jkeepalived.kernel.KernelRequest;
import org.jkeepalived.kernel.KernelRoute;
import org.jkeepalived.kernel.KernelRule;
import org.jkeepalived.kernel.PlacedObject;
import org.jkeepalived.linux.netlink.MessageReader;
import org.jkeepalived.linux.netlink.ScriptedTransport;
import org.jkeepalived.model.routing.StaticNetwork;

/**
 * Lines of routes and rules, from the operator's words to the kernel's bytes, and back to what it
 * would tell when they are gone.
 */
final class RoutingLinesFuzz {

  @FuzzTest(maxDuration = "")
  void routingLines(byte[] bytes) {
    String lines = new String(bytes, StandardCharsets.UTF_8);
    StaticNetwork routes = RoutingLines.statics("static_routes {", lines, "}");
    routes.routes().forEach(route -> requireTold(new KernelRoute(route.object())));
    StaticNetwork rules = RoutingLines.statics("static_rules {", lines, "}");
    rules.rules().forEach(rule -> requireTold(new KernelRule(rule.object())));
  }

  private static void requireTold(KernelObject object) {
    List<Integer> links = new ArrayList<>();
    for (String name : object.links()) {
      links.add(5 + name.length());
    }
    PlacedObject placed = new PlacedObject(object, links);
    message(placed.add());
    List<KernelObject.Key> gone = new ArrayList<>();
    ByteBuffer removed = ScriptedTransport.order(ByteBuffer.wrap(message(placed.remove())));
    for (MessageReader message = new MessageReader(removed); message.next(); ) {
      gone.addAll(RoutingNews.gone(message));
    }
    assertTrue(gone.contains(placed.key()), () -> object + " is told as " + gone);
  }

  private static byte[] message(KernelRequest request) {
    return ScriptedTransport.datagram(
        writer -> {
          if (request.object().kind() == KernelObject.Kind.ROUTE) {
            RouteMessage.write(writer, request, 0, 1);
          } else {
            RuleMessage.write(writer, request, 0, 1);
          }
        });
  }
}
