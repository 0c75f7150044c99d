package org.jkeepalived.lab;

import static org.jkeepalived.lab.TwoNodes.instance;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jkeepalived.status.ExporterJson;
import org.jkeepalived.status.ExporterTexts;
import org.jkeepalived.status.Exposition;
import org.junit.jupiter.api.Test;

/** What Prometheus, keepalived's exporters and whoever else watches a daemon get to read. */
@Lab
final class WatchedLabTest {

  private static final String TRACKED =
      """
      vrrp_script good {
        script "/bin/true"
        interval 1
        weight 2
      }
      vrrp_script bad {
        script "/bin/false"
        interval 1
        weight -2
      }
      vrrp_sync_group G {
        group {
          VI_2
        }
      }
      """
          + instance(150)
              .with("track_script {", "good", "bad", "}", "garp_master_delay 3")
              .withAddresses("192.168.32.200/16", "192.168.32.201 dev eth0")
              .text()
          + instance(90).named("VI_2", 52).withAddresses("192.168.32.202/16").text();

  /** What both exporters make of it, but for what is counted. */
  private static List<Object> read(TwoNodes nodes, DaemonKind kind) {
    StartedDaemon daemon = nodes.first.start(kind, TRACKED);
    nodes.first.awaitHas("192.168.32.202");
    nodes.first.awaitHas("192.168.32.201");
    String data =
        Reports.await(
            nodes,
            daemon,
            "USR1",
            "data",
            text -> text.contains("Status = GOOD") && text.contains("Interfaces >"));
    String statistics =
        Reports.await(nodes, daemon, "USR2", "stats", text -> text.contains("Priority Zero"));
    String json = Reports.await(nodes, daemon, "36", "json", text -> text.contains("}]"));
    daemon.stop();
    List<Object> found = new ArrayList<>();
    found.add(ExporterTexts.mehdyData(data));
    ExporterTexts.mehdyScripts(data)
        .forEach((name, script) -> found.add(name + " " + script.split(" ", -1)[0]));
    found.add(ExporterTexts.gen2brainData(data));
    Map<String, Map<String, Integer>> counted = ExporterTexts.mehdyStatistics(statistics);
    counted.forEach((name, counts) -> found.add(name + counts.keySet()));
    assertEquals(1, counted.get("VI_1").get("Became master"), statistics);
    assertTrue(counted.get("VI_1").get("Advertisements/Sent") > 0, statistics);
    for (ExporterJson.Instance instance : ExporterJson.read(json)) {
      assertEquals(1, instance.numbers().get("become_master"), json);
      instance.numbers().remove("advert_sent");
      found.add(instance);
    }
    return found;
  }

  @Test
  void exportersReadTheSameOfBothDaemons() {
    try (TwoNodes nodes = new TwoNodes()) {
      List<Object> keepalived = read(nodes, DaemonKind.KEEPALIVED);
      assertTrue(keepalived.toString().contains("bad BAD"), keepalived.toString());
      assertEquals(keepalived, read(nodes, DaemonKind.JKEEPALIVED));
    }
  }

  private static double value(String text, String name, Map<String, String> labels) {
    Map<Map<String, String>, Double> series = Exposition.read(text).get(name).series();
    assertTrue(series.containsKey(labels), name + labels + " in\n" + text);
    return series.get(labels);
  }

  /** Prometheus' own opinion of it, where that is installed: nothing to complain of. */
  private static void assertPleasesPrometheus(TwoNodes nodes, String text) {
    if (Files.isExecutable(Path.of("/usr/bin/promtool"))) {
      nodes.first.write("tmp/metrics", text);
      String file = nodes.first.directory().resolve("tmp/metrics").toString();
      Shell.Result said = nodes.first.execute("sh", "-c", "promtool check metrics <\"$0\"", file);
      assertEquals(new Shell.Result(0, ""), said);
    }
  }

  /** By the socket and by HTTP; files go where the configuration wants them, by a reload, too. */
  @Test
  void metricsAreThereAndDumpsAreWhereTheyAreWanted() throws IOException {
    try (TwoNodes nodes = new TwoNodes()) {
      Path folder = nodes.first.directory().resolve("tmp/dumps");
      Files.createDirectories(folder);
      StartedDaemon daemon =
          nodes.first.start(
              DaemonKind.JKEEPALIVED,
              """
              global_defs {
                state_dump_file /tmp/dumps/
                stats_dump_file /tmp/dumps/mine.txt
                json_dump_file /tmp/dumps/mine.json
              }
              jkeepalived {
                http_address 127.0.0.1 9650
              }
              """
                  + TRACKED);
      nodes.first.awaitHas("192.168.32.202");
      Map<String, String> first = Map.of("iname", "VI_1", "intf", "eth0", "vrid", "51");
      Await.until(
          "both scripts have run",
          () -> {
            Shell.Result answer = Operator.ask(daemon, "status", "--metrics");
            return answer.exitCode() == 0
                && answer.output().contains("jkeepalived_script_duration_seconds{name=\"bad\"}")
                && answer.output().contains("jkeepalived_script_duration_seconds{name=\"good\"}");
          },
          nodes::evidence);
      String text = Operator.ask(daemon, "status", "--metrics").output();
      assertEquals(1, value(text, "keepalived_up", Map.of()));
      assertEquals(2, value(text, "jkeepalived_state", first));
      assertEquals(1, value(text, "keepalived_become_master_total", first));
      assertTrue(value(text, "keepalived_advertisements_sent_total", first) > 0, text);
      assertEquals(0, value(text, "keepalived_script_status", Map.of("name", "bad")));
      assertEquals(1, value(text, "keepalived_script_status", Map.of("name", "good")));
      assertTrue(value(text, "jkeepalived_script_failures_total", Map.of("name", "bad")) > 0, text);
      assertTrue(value(text, "jkeepalived_resident_memory_bytes", Map.of()) > 10e6, text);

      assertPleasesPrometheus(nodes, text);
      String page =
          nodes
              .first
              .execute(
                  "bash",
                  "-c",
                  "exec 3<>/dev/tcp/127.0.0.1/9650; printf 'GET /metrics HTTP/1.1\\r\\nHost:"
                      + " localhost\\r\\n\\r\\n' >&3; cat <&3")
              .output();
      assertTrue(page.contains("Content-Type: text/plain; version=0.0.4; charset=utf-8"), page);
      String body = page.substring(page.indexOf("\r\n\r\n") + 4);
      assertEquals(2, value(body, "jkeepalived_state", first));

      for (String signal : List.of("USR1", "USR2", "36")) {
        daemon.signal(signal);
      }
      for (String file :
          List.of("keepalived.data", "keepalived_parent.data", "mine.txt", "mine.json")) {
        Await.until(
            file + " is written",
            () -> !nodes.first.read("tmp/dumps/" + file).isEmpty(),
            nodes::evidence);
      }
      String parent = nodes.first.read("tmp/dumps/keepalived_parent.data");
      assertTrue(parent.startsWith("------< Global definitions >------\n"), parent);
      assertTrue(!parent.contains("VRRP Instance"), parent);
      String data = nodes.first.read("tmp/dumps/keepalived.data");
      assertTrue(data.contains("\n   Flags: none\n"), data);
      assertTrue(data.contains("\n   Last advert sent = 1"), data);
      assertEquals("", nodes.first.read("tmp/keepalived.data"));

      nodes.first.configure(TRACKED);
      // a sync group of one is a mistake
      Operator.assertSays(Operator.ask(daemon, "reload"), 5, "Reload complete");
      Reports.await(nodes, daemon, "USR1", "data", written -> written.contains("VI_2"));
      assertEquals(
          1,
          value(
              Operator.ask(daemon, "status", "--metrics").output(),
              "jkeepalived_reloads_total",
              Map.of("outcome", "done")));
    }
  }
}
