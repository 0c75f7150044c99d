package org.jkeepalived.linux.netlink.route;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.jkeepalived.config.RoutingLines;
import org.jkeepalived.kernel.KernelObject;
import org.jkeepalived.kernel.KernelRequest;
import org.jkeepalived.kernel.KernelRoute;
import org.jkeepalived.kernel.KernelRule;
import org.jkeepalived.kernel.PlacedObject;
import org.jkeepalived.linux.netlink.MessageReader;
import org.jkeepalived.linux.netlink.ScriptedTransport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The messages about routes and rules: what we write, and what the kernel tells. */
class RoutingNewsTest {

  static Stream<KernelObject> all() {
    return Stream.concat(
        RoutingLines.ROUTES.stream().map(line -> new KernelRoute(RoutingLines.route(line))),
        RoutingLines.RULES.stream().map(line -> new KernelRule(RoutingLines.rule(line))));
  }

  private static PlacedObject placed(KernelObject object) {
    return new PlacedObject(
        object, object.links().stream().map(name -> name.equals("eth0") ? 5 : 6).toList());
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

  private static List<KernelObject.Key> gone(byte[] datagram) {
    List<KernelObject.Key> keys = new ArrayList<>();
    ByteBuffer buffer = ScriptedTransport.order(ByteBuffer.wrap(datagram));
    for (MessageReader message = new MessageReader(buffer); message.next(); ) {
      keys.addAll(RoutingNews.gone(message));
    }
    return keys;
  }

  @ParameterizedTest
  @MethodSource("all")
  void whatTheKernelWouldTellOfARemovalIsWhatIsHeld(KernelObject object) {
    PlacedObject placed = placed(object);

    assertTrue(gone(message(placed.remove())).contains(placed.key()));
    assertEquals(List.of(), gone(message(placed.add())), "what is there is no news");
  }

  @Test
  void nothingThatIsReadThrows() {
    Random random = new Random(7);
    List<byte[]> messages = all().map(object -> message(placed(object).remove())).toList();
    int understood = 0;
    for (int i = 0; i < 50_000; i++) {
      byte[] bytes = messages.get(random.nextInt(messages.size())).clone();
      for (int change = random.nextInt(3); change >= 0; change--) {
        int at = random.nextInt(bytes.length);
        bytes[at] = (byte) random.nextInt();
      }
      byte[] cut = Arrays.copyOf(bytes, 1 + random.nextInt(bytes.length));
      understood += gone(bytes).size();
      gone(cut);
    }
    assertTrue(understood > 10_000, "most of it is still understood: " + understood);
  }

  /**
   * {@code ip route add 10.1.0.0/16 via 10.0.0.7 dev eth0 metric 5 proto 18}, with scope global.
   */
  @Test
  void aRouteInBytes() {
    KernelObject route =
        new KernelRoute(RoutingLines.route("10.1.0.0/16 via 10.0.0.7 dev eth0 metric 5 mtu 1400"));

    assertEquals(
        "50000000180001040100000000000000" // length, RTM_NEWROUTE, REQUEST | CREATE, sequence
            + "0210000"
            + "0fe120001"
            + "00000000" // AF_INET/16, main, keepalived, global, unicast
            + "080001000a010000" // RTA_DST
            + "08000f00fe000000" // RTA_TABLE
            + "0800060005000000" // RTA_PRIORITY
            + "0c0008000800020078050000" // RTA_METRICS: RTAX_MTU
            + "080005000a000007" // RTA_GATEWAY
            + "0800040005000000", // RTA_OIF
        HexFormat.of().formatHex(message(placed(route).add())));
  }
}
