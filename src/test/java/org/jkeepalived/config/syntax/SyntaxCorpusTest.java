package org.jkeepalived.config.syntax;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whole expected trees and diagnostics. A file of the corpus holds the configuration's files, each
 * behind {@code +++ NAME} (the first one is read), and behind {@code ---} the tree with its places
 * and the diagnostics. {@code -Dcorpus.write=true} writes what is read now: read the diff.
 */
final class SyntaxCorpusTest {
  private static final Path DIRECTORY = Path.of("src/test/resources/org/jkeepalived/config/syntax");

  static Stream<Path> files() throws IOException {
    return Files.list(DIRECTORY).sorted();
  }

  @ParameterizedTest
  @MethodSource("files")
  void readsExactlyThis(Path file) throws IOException {
    String text = Files.readString(file);
    int answer = text.indexOf("---\n");
    String input = answer < 0 ? text : text.substring(0, answer);
    Map<String, String> files = new LinkedHashMap<>();
    for (String part : input.split("(?m)^\\+\\+\\+ ")) {
      int end = part.indexOf('\n');
      if (end > 0) {
        files.put(part.substring(0, end), part.substring(end + 1));
      }
    }
    boolean all = file.getFileName().toString().contains("all-includes");
    SyntaxTree tree =
        new ConfigurationParser(new MemoryLoader(files), Parsing.options(all))
            .parse(files.keySet().iterator().next());
    String read =
        input
            + "---\n"
            + TreePrinter.printWithPlaces(tree)
            + "---\n"
            + TreePrinter.printDiagnostics(tree);
    if (Boolean.getBoolean("corpus.write")) {
      Files.writeString(file, read);
    } else {
      assertEquals(text, read);
    }
  }
}
