package org.jkeepalived.track;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.jkeepalived.dice.Dice;
import org.jkeepalived.dice.Trials;
import org.jkeepalived.model.ProcessTracker.Match;
import org.jkeepalived.model.ProcessTracker.ParameterMatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which of these processes keepalived 2.2.7 counted for which of these trackers. */
class ProcessMatchTest {

  private static final String NAME = "w3f";

  /** Name and command line. */
  private static final List<ProcessFacts> PROCESSES =
      List.of(
          process(NAME, "w3f"),
          process(NAME, "/w3f"),
          process(NAME, "/w3f", "a"),
          process(NAME, "/w3f", "ab"),
          process(NAME, "/w3f", "a", "b"),
          process(NAME, "/w3f", "a", "bcd"),
          process(NAME, "/w3f", "a", "b", "c"),
          process(NAME, "/w3f", "a b"),
          process(NAME, "/w3f", ""),
          process(NAME, "w3f", "a"),
          process(NAME, "zero"),
          process("w3_very_long_pr", "w3_very_long_process_name"),
          process("w3 sp", "w3 sp"),
          process("script", "/bin/sh", "/script"),
          process("kthread"));

  private static ProcessFacts process(String name, String... commandLine) {
    return new ProcessFacts(1, name, List.of(commandLine));
  }

  @ParameterizedTest
  @CsvSource({
    // process and parameters, match, full command, which of the processes above
    "w3f,                        NONE,    false, 0 1 2 3 4 5 6 7 8 9 10",
    "w3f,                        NONE,    true,  0 9",
    "w3f,                        EXACT,   false, 0",
    "w3f,                        EXACT,   true,  0",
    "w3f,                        INITIAL, false, 0 9",
    "w3f,                        PARTIAL, false, 0 9",
    "/w3f,                       NONE,    false, ''",
    "/w3f,                       NONE,    true,  1 2 3 4 5 6 7 8",
    "/w3f,                       EXACT,   false, 1",
    "/w3f,                       INITIAL, true,  1 2 3 4 5 6 7 8",
    "/w3f,                       PARTIAL, false, 1 2 3 4 5 6 7 8",
    "/w3f a,                     NONE,    false, 2",
    "/w3f a,                     EXACT,   false, 2",
    "/w3f a,                     INITIAL, false, 2 3 4 5 6 7",
    "/w3f a,                     PARTIAL, false, 2 4 5 6",
    "/w3f a b,                   NONE,    true,  4",
    "/w3f a b,                   EXACT,   false, 4",
    "/w3f a b,                   INITIAL, false, 4 5 6",
    "/w3f a b,                   PARTIAL, false, 4 6",
    "/w3f b,                     INITIAL, false, ''",
    "/w3f ~,                     NONE,    false, 8",
    "/w3f ~,                     INITIAL, false, 2 3 4 5 6 7 8",
    "w3f a,                      NONE,    false, 9",
    "zero,                       NONE,    false, ''",
    "zero,                       NONE,    true,  10",
    "w3_very_long_process_name,  NONE,    false, ''",
    "w3_very_long_process_name,  NONE,    true,  11",
    "w3_very_long_pr,            NONE,    false, 11",
    "w3_very_long_p,             NONE,    false, ''",
    "w3+sp,                      NONE,    false, 12",
    "w3+sp,                      NONE,    true,  12",
    "script,                     NONE,    false, 13",
    "/script,                    NONE,    true,  ''",
    "/bin/sh /script,            NONE,    false, 13",
    "/bin/sh,                    NONE,    true,  13",
    "kthread,                    NONE,    false, 14",
    "kthread,                    NONE,    true,  ''",
  })
  void countsWhatKeepalivedCounts(
      String line, ParameterMatch parameterMatch, boolean fullCommand, String expected) {
    List<String> words =
        Arrays.stream(line.split(" "))
            .map(word -> word.replace("~", "").replace('+', ' '))
            .toList();
    Match match =
        new Match(words.get(0), words.subList(1, words.size()), parameterMatch, fullCommand);
    List<String> matched =
        PROCESSES.stream()
            .filter(facts -> ProcessMatch.matches(match, facts))
            .map(facts -> Integer.toString(PROCESSES.indexOf(facts)))
            .toList();
    assertEquals(expected, String.join(" ", matched));
  }

  /** So a look at a process need not read all of its command line. */
  @Test
  void moreOfACommandLineDecidesNothing() {
    Trials.run(1000, ProcessMatchTest::moreDecidesNothing);
  }

  private static void moreDecidesNothing(Dice dice) {
    String program = dice.text(3, 'a', 'c');
    List<String> wanted = dice.list(3, () -> dice.text(3, 'a', 'c'));
    List<String> more = dice.list(4, () -> dice.text(4, 'a', 'c'));
    Match match = new Match(program, wanted, dice.of(ParameterMatch.values()), true);
    StringBuilder line = new StringBuilder(program + "\0");
    wanted.forEach(word -> line.append(word).append('\0'));
    more.forEach(word -> line.append(word).append('\0'));
    byte[] whole = line.toString().getBytes(StandardCharsets.US_ASCII);
    int read = ProcessMatch.commandLineBytes(match);
    assertTrue(read > 0);
    byte[] part = Arrays.copyOf(whole, Math.min(whole.length, read));
    assertEquals(
        ProcessMatch.matches(match, facts(whole)), ProcessMatch.matches(match, facts(part)));
  }

  private static ProcessFacts facts(byte[] line) {
    String text = new String(line, StandardCharsets.US_ASCII);
    String ended = text.endsWith("\0") ? text.substring(0, text.length() - 1) : text;
    return new ProcessFacts(1, "name", List.of(ended.split("\0", -1)));
  }
}
