package org.jkeepalived.linux.netlink.route;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jkeepalived.kernel.KernelObject;
import org.jkeepalived.linux.netlink.MessageReader;
import org.jkeepalived.linux.netlink.MessageWriter;
import org.jkeepalived.linux.netlink.ScriptedTransport;

/** A datagram of the kernel's about routes and rules. */
final class RoutingNewsFuzz {

  /** What is gone, and what is the same without the links it led over. */
  private static final int MOST_KEYS = 2;

  @FuzzTest(maxDuration = "")
  void routingNews(byte[] datagram) {
    List<KernelObject.Key> gone = gone(ByteBuffer.wrap(datagram).asReadOnlyBuffer());
    assertTrue(gone.size() <= MOST_KEYS * (datagram.length / MessageWriter.HEADER_BYTES));
    byte[] larger = Arrays.copyOf(datagram, datagram.length + 32);
    Arrays.fill(larger, datagram.length, larger.length, (byte) 0xff);
    assertEquals(
        gone, gone(ByteBuffer.wrap(larger, 0, datagram.length)), "what lies behind it was read");
  }

  private static List<KernelObject.Key> gone(ByteBuffer datagram) {
    List<KernelObject.Key> all = new ArrayList<>();
    MessageReader message = new MessageReader(ScriptedTransport.order(datagram));
    while (message.next()) {
      List<KernelObject.Key> keys = RoutingNews.gone(message);
      assertTrue(keys.size() <= MOST_KEYS);
      boolean about =
          message.type() == RouteMessage.RTM_DELROUTE || message.type() == RuleMessage.RTM_DELRULE;
      assertTrue(about || keys.isEmpty(), "what is there is no news");
      all.addAll(keys);
    }
    return all;
  }
}
