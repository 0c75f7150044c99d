package org.jkeepalived.lab;

import static org.jkeepalived.lab.InstanceBlock.DEVICE;
import static org.jkeepalived.lab.TwoNodes.FROM_1;
import static org.jkeepalived.lab.TwoNodes.instance;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * What the daemon counts of its own troubles: frames refused, frames lost, timers that are late.
 */
@Lab
final class StatisticsLabTest {

  /** An advertisement of so many addresses is longer than the least MTU that IPv4 allows. */
  private static final String[] ADDRESSES =
      IntStream.rangeClosed(1, 20).mapToObj(i -> "192.168.40." + i + "/32").toArray(String[]::new);

  @Test
  void advertisementsThatTheKernelRefusesAreCounted() {
    try (TwoNodes nodes = new TwoNodes()) {
      StartedDaemon master =
          nodes.first.start(
              DaemonKind.JKEEPALIVED,
              "global_defs {\njson_version 2\n}\n" + instance(150).withAddresses(ADDRESSES).text());
      nodes.wire.nextAdvertisement("k1 is master", FROM_1);
      nodes.first.awaitHas("192.168.40.20");
      nodes.awaitAdvertisements(2, FROM_1);
      String stats = stats(nodes, master, text -> figure(text, DEVICE, "Frames sent") >= 3);
      assertEquals(0, figure(stats, "VI_1", "Send failures"), stats);
      assertEquals(0, figure(stats, DEVICE, "Frames refused"), stats);

      nodes.first.ip("link", "set", "dev", DEVICE, "mtu", "68");
      stats =
          stats(
              nodes,
              master,
              text ->
                  figure(text, "VI_1", "Send failures") >= 2
                      && figure(text, DEVICE, "Frames refused") >= 2);
      String json =
          Reports.await(nodes, master, "36", "json", text -> text.contains("\"threads\""));
      assertTrue(json.matches("(?s).*\"jkeepalived\":\\{\"send_failures\":[1-9].*"), json);
      assertTrue(json.contains("\"jkeepalived\":{\"links\":[{\"name\":\"" + DEVICE + "\""), json);

      nodes.first.ip("link", "set", "dev", DEVICE, "mtu", "1500");
      nodes.awaitAdvertisements(2, FROM_1);
      // the signal that clears tells once more what there was
      long refused = figure(stats, "VI_1", "Send failures");
      stats = Reports.await(nodes, master, "63", "stats", text -> text.contains("threads"));
      stats = stats(nodes, master, text -> figure(text, "VI_1", "Send failures") < refused);
      assertEquals(0, figure(stats, DEVICE, "Frames refused"), stats);
    }
  }

  /** A process that stands still reads nothing: what its ring has no room for is lost. */
  @Test
  void framesThatNobodyReadsInTimeAreCounted() {
    try (TwoNodes nodes = new TwoNodes()) {
      StartedDaemon daemon = nodes.first.start(DaemonKind.JKEEPALIVED, instance(150).text());
      nodes.awaitFirstIsMasterAlone();
      String stats = stats(nodes, daemon, text -> figure(text, DEVICE, "Frames sent") >= 1);
      assertEquals(0, figure(stats, DEVICE, "Frames dropped"), stats);

      daemon.signal("STOP");
      FloodLabTest.flood(nodes.second, 2_500, 2, List.of(ForgedAdvertisement.Fault.TTL.applied()));
      daemon.signal("CONT");
      // It advertises once a second, and stood still for more than two. What arrived meanwhile is
      // read before a late timer fires: a look in between sees the frames and not yet the lateness.
      stats =
          stats(
              nodes,
              daemon,
              text ->
                  figure(text, DEVICE, "Frames dropped") > 0
                      && figure(text, "vrrp", "Greatest lateness in us") > 900_000);
      assertTrue(figure(stats, DEVICE, "Frames received") > 0, stats);
    }
  }

  private static String stats(TwoNodes nodes, StartedDaemon daemon, Predicate<String> condition) {
    return Reports.await(
        nodes,
        daemon,
        "USR2",
        "stats",
        text ->
            text.contains("jkeepalived: threads\n")
                && text.contains("\n  vrrp:\n")
                && condition.test(text));
  }

  /** A number below a heading. */
  private static long figure(String stats, String heading, String name) {
    Matcher found =
        Pattern.compile(
                "^  " + Pattern.quote(heading) + ":\n(?:    .*\n)*?    " + name + ": (\\d+)$",
                Pattern.MULTILINE)
            .matcher(stats);
    assertTrue(found.find(), () -> heading + ", " + name + " in\n" + stats);
    return Long.parseLong(found.group(1));
  }
}
