package org.jkeepalived.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each keyword of keepalived is known in its block, and only there. */
final class KeywordCatalogueTest {

  private static final Path CATALOGUE =
      Path.of("src/main/resources/org/jkeepalived/config/grammar/keywords.tsv");

  static Stream<String> rows() throws IOException {
    return Files.readAllLines(CATALOGUE).stream().filter(line -> !line.startsWith("#"));
  }

  private static List<String> unknown(String text) {
    return Reading.of("k", text).diagnostics().stream()
        .filter(diagnostic -> diagnostic.code().equals("unknown-keyword"))
        .map(PlainRenderer::render)
        .toList();
  }

  private static String within(String block, String line) {
    if (block.equals("(top)")) {
      return line;
    }
    StringBuilder text = new StringBuilder();
    String[] names = block.split("/");
    for (String name : names) {
      text.append(name).append(name.equals("global_defs") ? " {\n" : " x {\n");
    }
    return text.append(line).append("}\n".repeat(names.length)).toString();
  }

  @ParameterizedTest
  @MethodSource("rows")
  void isKnown(String row) {
    String[] fields = row.split("\t", -1);
    String line = fields[1] + (fields[2].equals("line") ? " 1\n" : " {\n}\n");

    assertEquals(List.of(), unknown(within(fields[0], line)));
    // the same path tells of a word that is not there
    assertEquals(1, unknown(within(fields[0], "no_such_word\n")).size());
  }

  @Test
  void holdsAllThatWasAskedFor() throws IOException {
    assertTrue(rows().count() > 520);
  }

  @Test
  void namesTheNearestWord() {
    LoadedConfiguration loaded = Reading.of("k", "vrrp_instance A {\n\tprioritty 100\n}\n");

    assertEquals(
        """
        (k: Line 2) Unknown keyword 'prioritty'
            2 | \tprioritty 100
              | \t^^^^^^^^^ did you mean 'priority'?
        """,
        new TerminalRenderer(false).render(loaded.diagnostics().subList(0, 1)));
  }
}
