package org.jkeepalived.vrrp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * The state machine, sentence by sentence: scripts of what happens, with all that it wants done
 * indented below. {@code -Dscripts.write=true} writes down what it does now; read that before you
 * commit it.
 *
 * <p>The words of a script are told by {@link Script} and {@link GroupScript}.
 */
class ScriptTest {

  private static final Path SCRIPTS = Path.of("src/test/resources/org/jkeepalived/vrrp/scripts");
  private static final Path GROUPS = Path.of("src/test/resources/org/jkeepalived/vrrp/groups");

  @TestFactory
  Stream<DynamicTest> scripts() throws IOException {
    return tests(SCRIPTS, () -> new Script()::play);
  }

  @TestFactory
  Stream<DynamicTest> groups() throws IOException {
    return tests(GROUPS, () -> new GroupScript()::play);
  }

  private static Stream<DynamicTest> tests(
      Path directory, Supplier<Function<String, List<String>>> players) throws IOException {
    List<Path> files;
    try (Stream<Path> found = Files.list(directory)) {
      files = found.sorted().toList();
    }
    assertFalse(files.isEmpty());
    return files.stream()
        .map(
            file ->
                DynamicTest.dynamicTest(
                    file.getFileName().toString(), () -> run(file, players.get())));
  }

  private static void run(Path file, Function<String, List<String>> script) throws IOException {
    String expected = Files.readString(file);
    List<String> played = new ArrayList<>();
    for (String line : expected.split("\n", -1)) {
      if (!line.startsWith(" ")) {
        played.add(line);
        script.apply(line).forEach(effect -> played.add("    " + effect));
      }
    }
    String actual = String.join("\n", played);
    if (Boolean.getBoolean("scripts.write")) {
      Files.writeString(file, actual);
    } else {
      assertEquals(expected, actual);
    }
  }
}
