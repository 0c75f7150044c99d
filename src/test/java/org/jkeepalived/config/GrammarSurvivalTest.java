package org.jkeepalived.config;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.jkeepalived.config.syntax.Diagnostic;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** No sequence of words makes the grammar throw, and what it lets through is sound. */
final class GrammarSurvivalTest {

  private static final List<String> VALUES =
      List.of(
          "",
          "0",
          "1",
          "2",
          "3",
          "-1",
          "255",
          "256",
          "4095",
          "0.01",
          "40.95",
          "4294967296",
          "1e9",
          "99999999999999999999999999999999999999999999",
          "on",
          "off",
          "MASTER",
          "10.0.0.1/24",
          "10.0.0.1",
          "fe80::1",
          "::ffff:1.2.3.4",
          "224.0.0.18",
          "1.2.3.4/",
          "dev",
          "brd",
          "+",
          "-",
          "label",
          "scope",
          "peer",
          "ens33",
          "weight",
          "reverse",
          "V1",
          "V2",
          "/bin/x",
          "/bin/x 'a",
          "/bin/x a && b",
          "'",
          "\\",
          "\u0000",
          "\u001b[31m",
          "\ud800",
          "é".repeat(9));

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void survivesAnyWords(long seed) throws IOException {
    Random random = new Random(seed);
    List<String> keywords = new ArrayList<>(List.of("jkeepalived", "compat", "nonsense"));
    for (String line :
        Files.readAllLines(
            Path.of("src/main/resources/org/jkeepalived/config/grammar/keywords.tsv"))) {
      if (!line.startsWith("#")) {
        keywords.add(line.split("\t")[1]);
      }
    }
    for (int round = 0; round < 300; round++) {
      String text = text(random, keywords);
      LoadedConfiguration loaded =
          Reading.of("k", Map.of("k", text), Optional.of(Set.of("ens33")), Optional.empty());
      for (Diagnostic diagnostic : loaded.diagnostics()) {
        assertTrue(!PlainRenderer.render(diagnostic).isEmpty());
      }
      assertTrue(
          new TerminalRenderer(true)
              .render(loaded.diagnostics())
              .chars()
              .noneMatch(c -> c == 0 || c == 7));
      Soundness.require(loaded.configuration());
    }
  }

  private static String text(Random random, List<String> keywords) {
    StringBuilder text = new StringBuilder();
    int open = 0;
    for (int line = 0; line < 60; line++) {
      int kind = random.nextInt(10);
      if (kind == 0) {
        text.append("vrrp_instance V").append(random.nextInt(5)).append(" {\n");
        text.append("interface ens33\nvirtual_router_id ").append(random.nextInt(300));
        text.append("\nvirtual_ipaddress {\n10.0.0.1\n}\n");
        open++;
      } else if (kind == 2 && random.nextInt(3) == 0) {
        String group = "vrrp_sync_group V%d {\ngroup {\nV1\nV%d\n}\n";
        text.append("}\n".repeat(open)).append(group.formatted(random.nextInt(3), line % 5));
        open = 1;
      } else if (kind == 3 && random.nextInt(3) == 0) {
        String name = "V" + random.nextInt(3);
        text.append("}\n".repeat(open));
        text.append("vrrp_script %s {\nscript /bin/x\n}\n".formatted(name));
        text.append("track_file %s {\nfile /etc/x\n}\n".formatted(name));
        text.append("vrrp_track_process %s {\nprocess x\n".formatted(name));
        open = 1;
      } else if (kind == 1 && open > 0) {
        text.append("}\n");
        open--;
      } else {
        text.append(keywords.get(random.nextInt(keywords.size())));
        for (int i = random.nextInt(4); i > 0; i--) {
          text.append(' ').append('"').append(VALUES.get(random.nextInt(VALUES.size())));
          text.append('"');
        }
        if (random.nextInt(4) == 0) {
          text.append(" {");
          open++;
        }
        text.append('\n');
      }
    }
    return text.append("}\n".repeat(open)).toString();
  }
}
