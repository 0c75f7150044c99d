package org.jkeepalived.status;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The dashboard asks for what there is. */
class DashboardTest {

  private static final Pattern METRIC = Pattern.compile("\\bj?keepalived_[a-z0-9_]+");
  private static final Pattern LEGEND = Pattern.compile("\\{\\{([a-z_]+)}}");

  /** Prometheus' own labels, of every series. */
  private static final Set<String> TARGET = Set.of("instance", "job");

  private static Map<?, ?> dashboard() throws IOException {
    return (Map<?, ?>)
        JsonReading.read(Files.readString(Path.of("packaging/grafana/jkeepalived.json")));
  }

  private static List<Map<?, ?>> list(Object members) {
    List<Map<?, ?>> found = new ArrayList<>();
    ((List<?>) members).forEach(each -> found.add((Map<?, ?>) each));
    return found;
  }

  @Test
  void eachQueryIsOfMetricsThatThereAre() throws IOException {
    Map<String, Exposition.Metric> all = MetricsTest.all();
    // there only where it has happened
    Set<String> known = new HashSet<>(all.keySet());
    known.add("jkeepalived_packets_refused_total");
    known.add("jkeepalived_script_duration_seconds");
    known.add("jkeepalived_real_server_wished_weight");
    known.add("jkeepalived_maintenance");
    int queries = 0;
    for (Map<?, ?> panel : list(dashboard().get("panels"))) {
      if (panel.get("type").equals("row")) {
        continue;
      }
      for (Map<?, ?> target : list(panel.get("targets"))) {
        queries++;
        String query = (String) target.get("expr");
        Set<String> asked =
            METRIC.matcher(query).results().map(MatchResult::group).collect(Collectors.toSet());
        assertTrue(!asked.isEmpty() && known.containsAll(asked), panel.get("title") + ": " + query);
        Set<String> labels = new HashSet<>(TARGET);
        asked.stream()
            .filter(all::containsKey)
            .forEach(
                name -> all.get(name).series().keySet().forEach(s -> labels.addAll(s.keySet())));
        if (labels.size() > TARGET.size()) {
          LEGEND
              .matcher((String) target.get("legendFormat"))
              .results()
              .map(each -> each.group(1))
              .filter(label -> !label.equals("reason"))
              .forEach(label -> assertTrue(labels.contains(label), query + ": " + label));
        }
        assertEquals(
            query.chars().filter(c -> c == '(').count(),
            query.chars().filter(c -> c == ')').count(),
            query);
      }
    }
    assertTrue(queries > 20, "queries: " + queries);
  }

  @Test
  void itShowsWhatAnOperatorLooksFor() throws IOException {
    Set<String> titles = new TreeSet<>();
    Set<Object> places = new HashSet<>();
    for (Map<?, ?> panel : list(dashboard().get("panels"))) {
      titles.add((String) panel.get("title"));
      Map<?, ?> at = (Map<?, ?>) panel.get("gridPos");
      assertTrue(places.add(List.of(at.get("x"), at.get("y"))), "two at one place: " + at);
      assertTrue((Double) at.get("x") + (Double) at.get("w") <= 24, "too wide: " + at);
    }
    assertTrue(
        titles.containsAll(
            List.of(
                "Who is master of what",
                "Transitions to and from MASTER",
                "Advertisements a second",
                "Greatest lateness of a timer",
                "Real servers")),
        titles.toString());
  }
}
