package org.jkeepalived.config.syntax;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.jkeepalived.dice.Dice;
import org.jkeepalived.dice.Trials;
import org.junit.jupiter.api.Test;

/** No input throws or runs for ever, and what was read can be written and read again. */
final class ConfigurationParserPropertyTest {
  /** Little memory, so that what grows without end is stopped soon. */
  private static final long MOST_BYTES = 4 << 20;

  private static final List<String> FRAGMENTS =
      List.of(
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
          "\ud83d");

  private static final List<String> ESCAPES =
      List.of(
          "\\", "\\a", "\\n", "\\x", "\\x4", "\\x41", "\\x414", "\\0", "\\101", "\\777", "\\8",
          "\\c", "\\cA", "\\c\\", "\\E", "\\q", "\"", "'", " ", "a", "\t", "\u00e9");

  private static final List<String> WORDS =
      List.of("a", "b1", "10.0.0.1/24", "\"c d\"", "'e", "f\\g", "x=y");

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

  @Test
  void noCharactersThrow() {
    Trials.run(2000, dice -> Places.check(parse(dice.text(255))));
  }

  @Test
  void noConfigurationThrows() {
    Trials.run(5000, dice -> Places.check(parse(joined(dice, 60, FRAGMENTS))));
  }

  @Test
  void anUndisturbedTreeReadsTheSameAgain() {
    Trials.run(
        1000,
        dice -> {
          SyntaxTree once = parse(String.join("\n", dice.list(8, () -> line(dice))));
          SyntaxTree twice = parse(TreePrinter.print(once));
          assertEquals(TreePrinter.print(once), TreePrinter.print(twice));
          assertEquals(List.of(), twice.diagnostics());
        });
  }

  @Test
  void noEscapesThrow() {
    Trials.run(
        2000,
        dice -> {
          SyntaxTree tree = parse("x " + joined(dice, 20, ESCAPES));
          for (Statement statement : tree.statements()) {
            EscapedWords words = statement.escapedWords();
            assertTrue(words.error().isPresent() || !words.words().isEmpty());
            for (int at = 0; at < words.words().size(); at++) {
              Places.check(words.words().get(at));
              words.inside(at).words().forEach(Places::check);
            }
          }
        });
  }

  private static String joined(Dice dice, int most, List<String> pieces) {
    return String.join("", dice.list(most, () -> dice.of(pieces)));
  }

  private static String line(Dice dice) {
    String text = words(dice);
    String inner = words(dice);
    return dice.of(
        text,
        text + " {\n" + inner + "\n}",
        text + "\n{ " + inner + " {} }",
        "  " + text + " # comment");
  }

  private static String words(Dice dice) {
    return String.join(" ", dice.list(1, 4, () -> dice.of(WORDS)));
  }
}
