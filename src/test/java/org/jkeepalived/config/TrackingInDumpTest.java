package org.jkeepalived.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jkeepalived.config.grammar.Grammar;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/**
 * Compares what instances, sync groups and trackers are made of with the dump of the real
 * keepalived: many cases of the corpus in one file, each with names of its own.
 */
@Tag("lab")
@EnabledIf("org.jkeepalived.config.KeepalivedNamespace#keepalivedInstalled")
final class TrackingInDumpTest {

  private static final Set<String> FILES =
      Set.of("trackers.txt", "tracking.txt", "groups.txt", "notify.txt");

  private static final String GLOBALS =
      "global_defs {\n  script_user root\n  enable_script_security\n}\n";

  /** Two virtual router IDs for each. */
  private static final int MOST_IN_A_FILE = 100;

  @Test
  void valuesAreThoseOfTheDump() throws IOException, InterruptedException {
    List<String> cases = new ArrayList<>();
    for (Corpus.Case one : Corpus.all()) {
      if (FILES.contains(one.file()) && comparable(one)) {
        cases.add(renamed(one, cases.size()));
      }
    }
    assertTrue(cases.size() > 250, "only " + cases.size());
    KeepalivedNamespace namespace = new KeepalivedNamespace();
    try {
      for (int at = 0; at < cases.size(); at += MOST_IN_A_FILE) {
        List<String> some = cases.subList(at, Math.min(at + MOST_IN_A_FILE, cases.size()));
        String text = GLOBALS + String.join("", some);
        String dump = namespace.dump(text);
        assertTrue(dump.contains("< VRRP Topology >"), dump);
        assertEquals(lines(TrackingText.ofDump(dump)), lines(ours(text)));
      }
    } finally {
      namespace.close();
    }
  }

  private static List<String> ours(String text) {
    return TrackingText.of(
        CorpusTest.load(
                new Corpus.Case("", "", text, new Corpus.Answer(0, List.of()), Optional.empty()))
            .configuration());
  }

  private static String lines(List<String> lines) {
    return String.join("\n", lines);
  }

  private static String renamed(Corpus.Case one, int number) {
    Map<String, Integer> ids = Map.of("5", 2 * (number % 100) + 1, "6", 2 * (number % 100) + 2);
    StringBuilder text = new StringBuilder();
    for (String line : one.text().replace(GLOBALS, "").lines().toList()) {
      String id = line.strip().replaceFirst("^virtual_router_id ", "");
      text.append(
              line.strip().startsWith("virtual_router_id ")
                  ? "virtual_router_id " + ids.getOrDefault(id, 255)
                  : line.replaceAll("\\b(VI|V2|V3|GRP|H|TRK)\\b", "$1_" + number))
          .append('\n');
    }
    return text.toString();
  }

  /**
   * Read alike, and run by keepalived. A daemon takes the digits at the beginning of what it calls
   * an invalid number, and some weights that it calls wrong; we do not.
   */
  private static boolean comparable(Corpus.Case one) {
    boolean process = one.text().contains("vrrp_track_process");
    return one.keepalived().isEmpty()
        && one.ours().exit() != ExitStatus.FATAL.code()
        && one.text().contains(GLOBALS) == one.text().contains("global_defs")
        && !one.text().contains("global_tracking")
        // COMPAT: 3600 seconds overflow keepalived's 32 bits
        && !one.text().contains("delay 3600\n")
        && !one.title().endsWith("not a block")
        // 2.2.7 undoes escapes twice; 2.4, and we, once
        && !one.text().contains("\\")
        // keepalived keeps those that nobody tracks
        && process != CorpusTest.load(one).configuration().trackers().processes().isEmpty()
        && one.ours().lines().stream()
            .noneMatch(
                line -> line.matches(".*(invalid number|must be in \\[-253|missing terminating).*"))
        && CorpusTest.load(one).diagnostics().stream().noneMatch(Grammar::isAside);
  }
}
