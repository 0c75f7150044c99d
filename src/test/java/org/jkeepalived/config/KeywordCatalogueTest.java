package org.jkeepalived.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each keyword of keepalived is known in its block, and only there. */
final class KeywordCatalogueTest {

  private static final Path ACCEPTED =
      Path.of("src/test/resources/org/jkeepalived/config/accepted-keywords.tsv");

  /** One keyword that keepalived accepts in a block. */
  record Accepted(String block, String keyword, String body) {
    static Accepted of(String row) {
      String[] fields = row.split("\t", -1);
      return new Accepted(fields[0], fields[1], fields[2]);
    }

    String line() {
      return keyword + (body.equals("line") ? " 1\n" : " {\n}\n");
    }

    @Override
    public String toString() {
      return block + " " + keyword;
    }
  }

  static List<Accepted> accepted() throws IOException {
    return Files.readAllLines(ACCEPTED).stream()
        .filter(line -> !line.startsWith("#"))
        .map(Accepted::of)
        .toList();
  }

  static Stream<String> blocks() throws IOException {
    return accepted().stream().map(Accepted::block).distinct();
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
  @MethodSource("accepted")
  void isKnown(Accepted accepted) {
    assertEquals(List.of(), unknown(within(accepted.block(), accepted.line())));
    // the same path tells of a word that is not there
    assertEquals(1, unknown(within(accepted.block(), "no_such_word\n")).size());
  }

  /** Not even where it would make sense, and not what another block knows. */
  @ParameterizedTest
  @MethodSource("blocks")
  void nothingElseIsKnown(String block) throws IOException {
    Set<String> own =
        accepted().stream()
            .filter(accepted -> accepted.block().equals(block))
            .map(Accepted::keyword)
            .collect(Collectors.toSet());
    List<String> others =
        accepted().stream()
            .map(Accepted::keyword)
            .filter(keyword -> !own.contains(keyword))
            .distinct()
            .toList();
    assertTrue(others.size() > 100);
    String lines = String.join(" 1\n", others) + " 1\n";

    assertEquals(
        others,
        unknown(within(block, lines)).stream()
            .map(line -> line.replaceFirst(".*Unknown keyword '(.*)'.*", "$1"))
            .toList());
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
