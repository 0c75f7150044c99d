package org.jkeepalived.linux.netlink.route;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jkeepalived.link.LinkState;
import org.jkeepalived.link.Links;
import org.jkeepalived.linux.LabNamespace;
import org.jkeepalived.linux.Poller;
import org.jkeepalived.linux.netlink.NetlinkConnection;
import org.jkeepalived.linux.netlink.NetlinkSocket;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Tag("lab")
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class RouteMonitorLabTest {
  private static final long DEADLINE_NANOS = 10_000_000_000L;

  private static void pollUntil(Poller poller, BooleanSupplier condition) throws Exception {
    long start = System.nanoTime();
    while (!condition.getAsBoolean() && System.nanoTime() - start < DEADLINE_NANOS) {
      poller.poll(100_000_000);
    }
  }

  @Test
  void tellsWhatHappensToLinksAndAddresses() throws Exception {
    try (LabNamespace space = new LabNamespace()) {
      space.vethPair("a0", "b0");
      space.ip("address", "add", "10.9.0.1/24", "dev", "a0");
      space.call(
          () -> {
            RecordingEvents events = new RecordingEvents();
            Links links = new Links();
            links.addListener(events);
            try (Poller poller = new Poller();
                RouteMonitor monitor = RouteMonitor.open(Runnable::run, Runnable::run, links)) {
              monitor.start();
              assertTrue(events.told.contains("link lo usable"), events.told::toString);
              assertTrue(events.told.contains("link a0 usable"), events.told::toString);
              assertTrue(events.told.contains("address 10.9.0.1/24"), events.told::toString);
              assertEquals("resynchronised", events.told.get(events.told.size() - 1));
              poller.add(monitor.fd(), () -> monitor.drain(64));

              expect(
                  poller,
                  events,
                  () -> space.ip("link", "set", "b0", "down"),
                  List.of("link a0 unusable", "link b0 unusable"));
              expect(
                  poller,
                  events,
                  () -> space.ip("link", "set", "b0", "up"),
                  List.of("link a0 usable", "link b0 usable"));
              expect(
                  poller,
                  events,
                  () -> space.ip("address", "add", "10.9.0.2/32", "dev", "a0"),
                  List.of("address 10.9.0.2/32"));
              expect(
                  poller,
                  events,
                  () -> space.ip("address", "del", "10.9.0.2/32", "dev", "a0"),
                  List.of("no address 10.9.0.2/32"));
              expect(
                  poller,
                  events,
                  () -> space.ip("link", "del", "a0"),
                  List.of("no address 10.9.0.1/24", "no link a0", "no link b0"));
              expect(
                  poller,
                  events,
                  () -> space.ip("link", "add", "a0", "type", "veth", "peer", "name", "b0"),
                  List.of("link a0 unusable", "link b0 unusable"));
            }
            return null;
          });
    }
  }

  @Test
  void aPortThatLeavesItsBridgeIsNotADeletedLink() throws Exception {
    try (LabNamespace space = new LabNamespace()) {
      space.vethPair("a0", "b0");
      space.ip("link", "add", "br0", "type", "bridge");
      space.call(
          () -> {
            RecordingEvents events = new RecordingEvents();
            Links links = new Links();
            links.addListener(events);
            try (Poller poller = new Poller();
                RouteMonitor monitor = RouteMonitor.open(Runnable::run, Runnable::run, links)) {
              monitor.start();
              poller.add(monitor.fd(), () -> monitor.drain(64));
              events.told.clear();
              space.ip("link", "set", "a0", "master", "br0");
              pollUntil(poller, () -> hasMaster(links, "a0"));
              space.ip("link", "set", "a0", "nomaster");
              pollUntil(poller, () -> !hasMaster(links, "a0"));
              assertTrue(events.told.contains("link a0 usable"), events.told::toString);
              assertTrue(
                  events.told.stream().noneMatch("no link a0"::equals), events.told::toString);
            }
            return null;
          });
    }
  }

  private static boolean hasMaster(Links links, String name) {
    return links.named(name).map(LinkState::master).filter(OptionalInt::isPresent).isPresent();
  }

  @Test
  void recoversFromLostNotifications() throws Exception {
    try (LabNamespace space = new LabNamespace()) {
      space.vethPair("a0", "b0");
      space.call(
          () -> {
            RecordingEvents events = new RecordingEvents();
            Links links = new Links();
            links.addListener(events);
            NetlinkSocket socket = NetlinkSocket.open(4096, 0);
            socket.join(1);
            socket.join(5);
            List<Runnable> background = new ArrayList<>();
            try (RouteMonitor monitor =
                new RouteMonitor(
                    socket.fd(),
                    socket,
                    NetlinkConnection.open(),
                    background::add,
                    Runnable::run,
                    links)) {
              monitor.start();
              events.told.clear();
              for (int i = 1; i <= 100; i++) {
                space.ip("address", "add", "10.9.0." + i + "/32", "dev", "a0");
              }
              monitor.drain(1_000);
              assertEquals(1, monitor.losses());
              assertEquals(1, background.size());
              // what is heard before the reading is told at once, and not told again by it
              space.ip("address", "add", "10.9.0.101/32", "dev", "a0");
              monitor.drain(1_000);
              assertTrue(events.told.contains("address 10.9.0.101/32"));
              background.remove(0).run();
              assertEquals("resynchronised", events.told.get(events.told.size() - 1));
              assertEquals(101, events.told.stream().filter(t -> t.startsWith("address")).count());
              assertEquals(101, links.allAddresses().size() - 1); // and 127.0.0.1
            }
            return null;
          });
    }
  }

  /** What happens outside while the monitor listens. */
  private interface Action {
    void run() throws Exception;
  }

  // the kernel says some things more than once, so each expected line must come at least once
  private static void expect(
      Poller poller, RecordingEvents events, Action action, List<String> expected)
      throws Exception {
    events.told.clear();
    action.run();
    pollUntil(poller, () -> events.told.containsAll(expected));
    assertTrue(events.told.containsAll(expected), () -> expected + " in " + events.told);
  }
}
