package org.jkeepalived.config.syntax;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jkeepalived.config.KeepalivedNamespace;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** Asks the real keepalived how it reads the same text. */
@Tag("lab")
@EnabledIf("org.jkeepalived.config.KeepalivedNamespace#keepalivedInstalled")
final class SyntaxOracleTest {
  private static final Pattern UNKNOWN = Pattern.compile("\\(Line \\d+\\) Unknown keyword '(.*)'");

  /** A name that words are taken from in a dump, among the others. */
  private static final Pattern DUMPED =
      Pattern.compile(
          "(?:VRRP Instance = |Master state transition script = )(.*?)(?:, uid:gid.*)?$");

  @TempDir private Path folder;

  /**
   * keepalived names each keyword that it does not know, and our cases are made of none that it
   * knows: so it tells the order in which it meets them.
   */
  @TestFactory
  Stream<DynamicTest> keywordsInTheirOrder() {
    return ConfigurationParserTest.cases().stream()
        .filter(each -> each.sameAsKeepalived())
        .map(
            each ->
                DynamicTest.dynamicTest(
                    each.about(),
                    () -> {
                      List<String> ours =
                          TreePrinter.keywords(parse(each.text()).statements()).stream()
                              .filter(word -> !word.isEmpty())
                              .toList();
                      assertEquals(ours, unknownKeywords(each.text()));
                    }));
  }

  private SyntaxTree parse(String text) {
    MemoryLoader loader = new MemoryLoader(Map.of(folder + "/main.conf", text));
    return new ConfigurationParser(loader, Parsing.options()).parse(folder + "/main.conf");
  }

  private List<String> unknownKeywords(String text) throws IOException, InterruptedException {
    Path file = folder.resolve("main.conf");
    Files.writeString(file, text.endsWith("\n") ? text : text + "\n");
    Path output = folder.resolve("output");
    Process process =
        new ProcessBuilder("keepalived", "-t", "-i", "main", "-f", "main.conf")
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    if (!process.waitFor(20, TimeUnit.SECONDS)) {
      process.destroyForcibly().waitFor();
      throw new IllegalStateException("keepalived does not end on " + text);
    }
    List<String> words = new ArrayList<>();
    for (String line : new String(Files.readAllBytes(output)).lines().toList()) {
      // only its first reading leaves the file's name out; the others repeat it
      Matcher matcher = UNKNOWN.matcher(line);
      if (matcher.matches() && !matcher.group(1).equals("}")) {
        words.add(matcher.group(1));
      }
    }
    return words;
  }

  @Test
  void plainAndEscapedWords() throws IOException, InterruptedException {
    // no \\# outside quotes: 2.2.7 hands its processes a copy in which it has become a comment
    List<String> names =
        List.of(
            "plain",
            "\"in quotes\"",
            "'single",
            "back\\slash",
            "\"back\\nslash\"",
            "\"a # b ! c\"",
            "\"a'b\"",
            "\"a\\#b\"",
            "x${_PWD}",
            "\"${_INSTANCE} x\"",
            "\"a { b }\"",
            "\"x${_HASH}y\"");
    List<String> commands =
        List.of(
            "\"/bin/echo a 'b c' d\"",
            "'/bin/echo a \"b c\" d' root",
            "/bin/echo\" a b\"\" c\" root",
            "\"/bin/echo a\"'b c'",
            "/bin/e\"ch\"o root",
            // nothing that 2.2.7 undoes twice
            "\"/bin/echo \\#c # d\"",
            "\"/bin/echo \\x41 \\101 \\q 'it s' \"",
            "\"/bin/echo {a} \"",
            "'/bin/echo' root",
            "\"/bin/echo \\cC\\E\\7 x\"");
    StringBuilder text = new StringBuilder("global_defs {\n  script_user root\n}\n");
    for (int i = 0; i < Math.max(names.size(), commands.size()); i++) {
      text.append("vrrp_instance ").append(i < names.size() ? names.get(i) : "n" + i);
      text.append(" {\n  interface eth0\n  virtual_router_id ").append(i + 1).append('\n');
      if (i < commands.size()) {
        text.append("  notify_master ").append(commands.get(i)).append('\n');
      }
      text.append("}\n");
    }
    KeepalivedNamespace namespace = new KeepalivedNamespace();
    String dump;
    try {
      dump = namespace.dump(text.toString());
    } finally {
      namespace.close();
    }
    List<String> real = new ArrayList<>();
    String directory = "?";
    for (String line : dump.lines().toList()) {
      Matcher matcher = DUMPED.matcher(line);
      if (matcher.find()) {
        real.add(matcher.group(1));
        directory = matcher.group(1).startsWith("x/") ? matcher.group(1).substring(1) : directory;
      }
    }
    assertEquals(String.join("\n", expected(text.toString(), directory)), String.join("\n", real));
  }

  private static List<String> expected(String text, String directory)
      throws IOException, InterruptedException {
    ParseOptions host =
        new ParseOptions(
            hostName(), hostName(), name -> Optional.empty(), new SplittableRandom(1), false);
    MemoryLoader loader = new MemoryLoader(Map.of(directory + "/k.conf", text));
    SyntaxTree tree = new ConfigurationParser(loader, host).parse(directory + "/k.conf");
    List<String> expected = new ArrayList<>();
    for (Statement statement : tree.statements()) {
      if (statement.keyword().is("vrrp_instance")) {
        expected.add(statement.arguments().get(0).text());
        for (Statement inner : statement.block().orElseThrow().statements()) {
          if (inner.keyword().is("notify_master")) {
            expected.add(command(inner.escapedWords().inside(1)));
          }
        }
      }
    }
    return expected;
  }

  /** A command as keepalived dumps it, which looks the program up. */
  private static String command(EscapedWords command) {
    return command.words().stream()
        .map(word -> "'" + word.text().replaceFirst("^/bin/", "/usr/bin/") + "'")
        .collect(Collectors.joining(" "));
  }

  private static String hostName() throws IOException, InterruptedException {
    Process process = new ProcessBuilder("uname", "-n").start();
    String name = new String(process.getInputStream().readAllBytes()).strip();
    process.waitFor();
    return name.replaceFirst("\\..*", "");
  }
}
