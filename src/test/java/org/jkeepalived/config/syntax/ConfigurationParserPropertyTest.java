package org.jkeepalived.config.syntax;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;

/** No input throws or runs for ever, and what was read can be written and read again. */
final class ConfigurationParserPropertyTest {
  /** Little memory, so that what grows without end is stopped soon. */
  private static final long MOST_BYTES = 4 << 20;

  private static SyntaxTree parse(String text) {
    MemoryLoader loader =
        new MemoryLoader(
            Map.of(
                Parsing.MAIN,
                text,
                "/etc/a.conf",
                "a {\ninclude main.conf\n",
                "/etc/b.conf",
                "} b"));
    return new ConfigurationParser(loader, Parsing.options(), MOST_BYTES).parse(Parsing.MAIN);
  }

  @Property(tries = 2000)
  void noCharactersThrow(@ForAll String text) {
    checkPlaces(parse(text));
  }

  @Property(tries = 5000, shrinking = ShrinkingMode.BOUNDED)
  void noConfigurationThrows(@ForAll("fragments") List<String> fragments) {
    checkPlaces(parse(String.join("", fragments)));
  }

  @Property(tries = 1000)
  void anUndisturbedTreeReadsTheSameAgain(@ForAll("lines") List<String> lines) {
    SyntaxTree once = parse(String.join("\n", lines));
    SyntaxTree twice = parse(TreePrinter.print(once));
    assertEquals(TreePrinter.print(once), TreePrinter.print(twice));
    assertEquals(List.of(), twice.diagnostics());
  }

  @Property(tries = 2000)
  void noEscapesThrow(@ForAll("escapes") List<String> pieces) {
    SyntaxTree tree = parse("x " + String.join("", pieces));
    for (Statement statement : tree.statements()) {
      EscapedWords words = statement.escapedWords();
      assertTrue(words.error().isPresent() || !words.words().isEmpty());
      for (int at = 0; at < words.words().size(); at++) {
        checkPlace(words.words().get(at));
        words.inside(at).words().forEach(ConfigurationParserPropertyTest::checkPlace);
      }
    }
  }

  @Provide
  Arbitrary<List<String>> fragments() {
    return Arbitraries.of(
            "a",
            "global_defs",
            "include_check",
            "random_seed",
            " ",
            " ",
            "\n",
            "\n",
            "\n",
            "\t",
            "\r\n",
            "{",
            "}",
            "\"",
            "'",
            "\\",
            "\\\n",
            " \\\n",
            "#",
            "!",
            "\\#",
            "$A=",
            "$B=",
            "$A",
            "${A}",
            "$B",
            "${B}",
            "$A ",
            "${A",
            "$",
            "=",
            "${_RANDOM 1 3}",
            "${_RANDOM",
            "${_PWD}",
            "${_ENV LINE}",
            "${_ENV NESTED}",
            "${_ENV ",
            "${_HASH}",
            "~SEQ(A,1,3) ",
            "~SEQ(B,$A,3)",
            "~SEQx(A,9,12) ",
            "~SEQ(",
            "~LST(A,x,y) ",
            "~LST({A,B},{1,2},{3}) ",
            "~LST(",
            ")",
            ",",
            "1",
            "0",
            "99999999999",
            "-1",
            "@main ",
            "@other ",
            "@^main ",
            "@",
            "include a.conf\n",
            "includea b.conf\n",
            "include *.conf\n",
            "include {a,b}.conf\n",
            "include {",
            "\0",
            "\u00e9",
            "\ud83d")
        .list()
        .ofMaxSize(60);
  }

  @Provide
  Arbitrary<List<String>> lines() {
    Arbitrary<String> word =
        Arbitraries.of("a", "b1", "10.0.0.1/24", "\"c d\"", "'e", "f\\g", "x=y");
    Arbitrary<String> words =
        word.list().ofMinSize(1).ofMaxSize(4).map(list -> String.join(" ", list));
    Arbitrary<String> line =
        words.flatMap(
            text ->
                words.flatMap(
                    inner ->
                        Arbitraries.of(
                            text,
                            text + " {\n" + inner + "\n}",
                            text + "\n{ " + inner + " {} }",
                            "  " + text + " # comment")));
    return line.list().ofMaxSize(8);
  }

  @Provide
  Arbitrary<List<String>> escapes() {
    return Arbitraries.of(
            "\\", "\\a", "\\n", "\\x", "\\x4", "\\x41", "\\x414", "\\0", "\\101", "\\777", "\\8",
            "\\c", "\\cA", "\\c\\", "\\E", "\\q", "\"", "'", " ", "a", "\t", "\u00e9")
        .list()
        .ofMaxSize(20);
  }

  private static void checkPlaces(SyntaxTree tree) {
    tree.statements().forEach(ConfigurationParserPropertyTest::checkStatement);
    for (Diagnostic diagnostic : tree.diagnostics()) {
      diagnostic.subject().ifPresent(ConfigurationParserPropertyTest::checkPlace);
      diagnostic.related().forEach(ConfigurationParserPropertyTest::checkPlace);
    }
  }

  private static void checkStatement(Statement statement) {
    statement.words().forEach(ConfigurationParserPropertyTest::checkPlace);
    statement.escapedWords().words().forEach(ConfigurationParserPropertyTest::checkPlace);
    if (statement.block().isPresent()) {
      checkPlace(statement.block().get().open());
      statement.block().get().close().ifPresent(ConfigurationParserPropertyTest::checkPlace);
      statement.block().get().statements().forEach(ConfigurationParserPropertyTest::checkStatement);
    }
  }

  /** A place lies on its line, and a word that was not replaced stands there as it is. */
  private static void checkPlace(Token token) {
    String line = token.line().text();
    assertTrue(token.startColumn() <= token.endColumn());
    assertTrue(token.endColumn() <= line.length(), () -> token + " ends behind its line");
    String written = line.substring(token.startColumn(), token.endColumn());
    if (token.place().definition().isEmpty()
        && !token.quoted()
        && !written.contains("$")
        && !written.contains("\\")
        && !written.contains("\"")
        && !written.contains("'")) {
      assertEquals(written, token.text());
    }
  }
}
