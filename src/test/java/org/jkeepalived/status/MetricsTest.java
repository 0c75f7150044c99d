package org.jkeepalived.status;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jkeepalived.vrrp.Counter;
import org.jkeepalived.vrrp.Discard;
import org.jkeepalived.vrrp.Statistics;
import org.junit.jupiter.api.Test;

/** What Prometheus reads: the whole text, its form, and the exporter's names. */
public final class MetricsTest {

  private static final DaemonFigures FIGURES =
      new DaemonFigures(
          new DaemonFigures.Deliveries(1, 2, 3, 4),
          new DaemonFigures.Reloads(5, 6),
          new DaemonFigures.Usage(
              OptionalLong.of(60_000_000), OptionalLong.of(1_500_000_000L), OptionalLong.of(7)));

  private static final DaemonFigures UNKNOWN =
      new DaemonFigures(
          new DaemonFigures.Deliveries(0, 0, 0, 0),
          new DaemonFigures.Reloads(0, 0),
          new DaemonFigures.Usage(
              OptionalLong.empty(), OptionalLong.empty(), OptionalLong.empty()));

  private static String text(DaemonFigures figures, Snapshot... parts) {
    StringBuilder text = new StringBuilder();
    DaemonMetrics.write(figures, List.of(parts), text::append);
    return text.toString();
  }

  /** All metrics that there are, by their names. */
  public static Map<String, Exposition.Metric> all() {
    Map<String, Exposition.Metric> all = new TreeMap<>();
    all.putAll(Exposition.read(text(FIGURES, Samples.three())));
    all.putAll(Exposition.read(text(FIGURES, TrackingSamples.snapshot(), LvsSamples.eventful())));
    return all;
  }

  private static String golden(String name) throws IOException {
    try (InputStream file = MetricsTest.class.getResourceAsStream(name)) {
      return new String(file.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void theWholeText() throws IOException {
    assertEquals(
        golden("metrics.txt"), text(FIGURES, TrackingSamples.snapshot(), LvsSamples.eventful()));
  }

  @Test
  void everyMetricIsInOrderAndNamedAsPrometheusWants() {
    Map<String, Exposition.Metric> all = all();
    assertEquals(1.0, all.get("keepalived_up").series().get(Map.of()));
    all.forEach(
        (name, metric) -> {
          assertTrue(name.matches("j?keepalived_[a-z_]+"), name);
          assertEquals(metric.type().equals("counter"), name.endsWith("_total"), name);
          assertFalse(metric.help().isBlank(), name);
        });
  }

  /** Those of mehdy/keepalived-exporter, but for the one of a script that it runs itself. */
  @Test
  void theExportersNamesAndLabels() {
    Set<String> names = new TreeSet<>(all().keySet());
    names.removeIf(name -> name.startsWith("jkeepalived_"));
    assertEquals(
        new TreeSet<>(
            List.of(
                "keepalived_up",
                "keepalived_vrrp_state",
                "keepalived_vrrp_excluded_state",
                "keepalived_gratuitous_arp_delay_total",
                "keepalived_advertisements_received_total",
                "keepalived_advertisements_sent_total",
                "keepalived_become_master_total",
                "keepalived_release_master_total",
                "keepalived_packet_length_errors_total",
                "keepalived_advertisements_interval_errors_total",
                "keepalived_ip_ttl_errors_total",
                "keepalived_invalid_type_received_total",
                "keepalived_address_list_errors_total",
                "keepalived_authentication_invalid_total",
                "keepalived_authentication_mismatch_total",
                "keepalived_authentication_failure_total",
                "keepalived_priority_zero_received_total",
                "keepalived_priority_zero_sent_total",
                "keepalived_script_status",
                "keepalived_script_state")),
        names);
    all()
        .forEach(
            (name, metric) ->
                metric
                    .series()
                    .keySet()
                    .forEach(
                        labels -> {
                          if (name.startsWith("keepalived_script")) {
                            assertEquals(Set.of("name"), labels.keySet(), name);
                          } else if (name.endsWith("_state") && name.startsWith("keepalived")) {
                            assertEquals(
                                Set.of("iname", "intf", "vrid", "ip_address"),
                                labels.keySet(),
                                name);
                          } else if (name.startsWith("keepalived_") && name.endsWith("_total")) {
                            assertEquals(Set.of("iname", "intf", "vrid"), labels.keySet(), name);
                          }
                        }));
  }

  /** Each is counted another number of times, so that no two can be mistaken for each other. */
  @Test
  void everyCountIsItsOwn() {
    RouterSnapshot plain = Samples.master();
    Statistics counted = new Statistics();
    for (Counter counter : Counter.values()) {
      times(counter.ordinal() + 1, () -> counted.count(counter));
    }
    for (Discard reason : Discard.values()) {
      times(reason.ordinal() + 100, () -> counted.count(reason));
    }
    times(300, counted::countDifferentList);
    RouterSnapshot router =
        new RouterSnapshot(
            plain.instance(),
            plain.state(),
            plain.priority(),
            plain.source(),
            plain.master(),
            plain.troubles(),
            plain.times(),
            counted,
            new RouterSnapshot.Reasons("", Optional.of("until told"), List.of()));
    Map<String, Exposition.Metric> all =
        Exposition.read(text(FIGURES, Samples.snapshot(List.of(router))));
    Map<String, String> labels = Map.of("iname", "VI_1", "intf", "eth0", "vrid", "51");
    Map<String, Integer> expected = new TreeMap<>();
    expected.put("keepalived_advertisements_received_total", of(Counter.ADVERTISEMENTS_RECEIVED));
    expected.put("keepalived_advertisements_sent_total", of(Counter.ADVERTISEMENTS_SENT));
    expected.put("keepalived_become_master_total", of(Counter.BECAME_MASTER));
    expected.put("keepalived_release_master_total", of(Counter.RELEASED_MASTER));
    expected.put("keepalived_priority_zero_received_total", of(Counter.PRIORITY_ZERO_RECEIVED));
    expected.put("keepalived_priority_zero_sent_total", of(Counter.PRIORITY_ZERO_SENT));
    expected.put("jkeepalived_late_timers_total", of(Counter.LATE_TIMERS));
    expected.put("jkeepalived_addresses_restored_total", of(Counter.ADDRESSES_RESTORED));
    expected.put("jkeepalived_send_failures_total", of(Counter.SEND_FAILURES));
    // two reasons have one line
    expected.put(
        "keepalived_packet_length_errors_total", of(Discard.TOO_SHORT) + of(Discard.TOO_LONG));
    expected.put("keepalived_ip_ttl_errors_total", of(Discard.TTL));
    expected.put("keepalived_invalid_type_received_total", of(Discard.TYPE));
    expected.put("keepalived_advertisements_interval_errors_total", of(Discard.INTERVAL));
    expected.put("keepalived_address_list_errors_total", 300);
    expected.put(
        "keepalived_authentication_invalid_total", of(Discard.AUTHENTICATION_TYPE_UNKNOWN));
    expected.put(
        "keepalived_authentication_mismatch_total",
        of(Discard.AUTHENTICATION_TYPE_MISMATCH) + of(Discard.AUTHENTICATION_HEADER));
    expected.put(
        "keepalived_authentication_failure_total",
        of(Discard.AUTHENTICATION_FAILURE)
            + of(Discard.AUTHENTICATION_INDEX)
            + of(Discard.AUTHENTICATION_VALUE)
            + of(Discard.AUTHENTICATION_REPLAY));
    expected.put("keepalived_gratuitous_arp_delay_total", 5);
    expected.put("jkeepalived_maintenance", 1);
    expected.put("jkeepalived_state", 2);
    expected.put("jkeepalived_priority", 255);
    expected.forEach(
        (name, count) -> assertEquals((double) count, all.get(name).series().get(labels), name));
    for (Discard reason : Discard.values()) {
      Map<String, String> because = new TreeMap<>(labels);
      because.put("reason", reason.name().toLowerCase(Locale.ROOT));
      assertEquals(
          (double) of(reason), all.get("jkeepalived_packets_refused_total").series().get(because));
    }
  }

  private static int of(Counter counter) {
    return counter.ordinal() + 1;
  }

  private static int of(Discard reason) {
    return reason.ordinal() + 100;
  }

  private static void times(int count, Runnable step) {
    for (int i = 0; i < count; i++) {
      step.run();
    }
  }

  /** Nobody asked the kernel, no script has answered: no number is made up. */
  @Test
  void whatIsNotKnownHasNoSeries() {
    Map<String, Exposition.Metric> known = all();
    assertTrue(known.containsKey("jkeepalived_resident_memory_bytes"));
    assertTrue(known.get("keepalived_script_status").series().containsKey(Map.of("name", "chk")));
    assertFalse(known.get("keepalived_script_status").series().containsKey(Map.of("name", "gone")));
    Map<String, Exposition.Metric> unknown =
        Exposition.read(text(UNKNOWN, Samples.snapshot(List.of())));
    for (String name :
        List.of(
            "jkeepalived_resident_memory_bytes",
            "jkeepalived_cpu_seconds_total",
            "jkeepalived_start_time_seconds",
            "keepalived_script_status",
            "jkeepalived_script_duration_seconds",
            "keepalived_vrrp_state",
            "jkeepalived_real_server_up")) {
      assertFalse(unknown.containsKey(name), name);
    }
  }

  /**
   * Names of scripts and of what they are called by come from a file that anybody may have written.
   */
  @Test
  void labelsAreEscapedAndNothingIsToldTwice() {
    StringBuilder text = new StringBuilder();
    MetricsText metrics = new MetricsText(text::append);
    metrics.gauge("a_b", "one \\ line\nand another");
    metrics.series(MetricLabels.of("name", "q\"b\\n\n}{,x=\"ü").and("other", 7), -1);
    metrics.seconds(MetricLabels.NONE, 1_234_567_890_123_456_789L);
    // a thread that was given up has the name of the one in its place
    metrics.series(MetricLabels.NONE, 2);
    assertEquals(
        """
        # HELP a_b one \\\\ line\\nand another
        # TYPE a_b gauge
        a_b{name="q\\"b\\\\n\\n}{,x=\\"ü",other="7"} -1
        a_b 1234567890.123456789
        """,
        text.toString());
    assertEquals(
        Map.of("name", "q\"b\\n\n}{,x=\"ü", "other", "7"),
        Exposition.read(text.toString()).get("a_b").series().keySet().iterator().next());
  }

  /** The reader above takes nothing else, or the tests with it would say nothing. */
  @Test
  void theReaderRefusesWhatIsNotOfTheFormat() {
    String good = "# HELP a b\n# TYPE a gauge\na{x=\"1\"} 1\n";
    assertEquals(1, Exposition.read(good).size());
    for (String bad :
        List.of(
            good + "a{x=\"1\"} 2\n",
            good + "b 1\n",
            good + "a NaN\n",
            good + "a{x=1} 1\n",
            good + "a{x=\"\\t\"} 1\n",
            good + "a{x=\"1\",x=\"2\"} 1\n",
            good + "# HELP b c\n# TYPE b gauge\n# HELP c d\n# TYPE c gauge\nc 1\n",
            good + "# HELP b c\n# TYPE b gauge\nb 1\n# HELP a b\n# TYPE a gauge\na 1\n",
            "# HELP a b\n# TYPE a guess\na 1\n",
            "a 1\n",
            good + "a 1")) {
      assertThrows(IllegalArgumentException.class, () -> Exposition.read(bad), bad);
    }
  }
}
