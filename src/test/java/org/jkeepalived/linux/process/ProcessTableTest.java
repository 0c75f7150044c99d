package org.jkeepalived.linux.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jkeepalived.dice.Trials;
import org.jkeepalived.track.ProcessFacts;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProcessTableTest {

  private final ProcessTable table = new ProcessTable();

  private static int self() {
    return (int) ProcessHandle.current().pid();
  }

  @Test
  void looksAtThisProcess() throws Exception {
    String name = Files.readString(Path.of("/proc/self/comm")).strip();
    assertEquals(Optional.of(new ProcessFacts(self(), name, List.of())), table.look(self(), 0));
    byte[] line = Files.readAllBytes(Path.of("/proc/self/cmdline"));
    ProcessFacts facts = table.look(self(), line.length + 10).orElseThrow();
    assertEquals(
        new String(line, StandardCharsets.UTF_8), String.join("\0", facts.commandLine()) + "\0");
  }

  @Test
  void aProcessThatIsGoneIsNotThere() throws Exception {
    Process process = new ProcessBuilder("true").start();
    process.waitFor();
    assertEquals(Optional.empty(), table.look((int) process.pid(), 0));
  }

  @Test
  void findsThisProcessAmongAll() {
    List<ProcessFacts> all = table.scan(0);
    assertEquals(1, all.stream().filter(facts -> facts.number() == self()).count());
    assertTrue(all.size() > 1);
  }

  @ParameterizedTest
  @CsvSource({
    "12 (nginx) S 1 12 12 0 -1 4194560 5 0,true",
    "12 (a) Z b) c) R 1 12 12 0 -1 4194560 5 0,true",
    "12 (nginx) Z 1 12 12 0 -1 4194560 5 0,false",
    "12 (nginx) X 1 12 12 0 -1 4194560 5 0,false",
    "12 (nginx) R 1 12 12 0 -1 4194564 5 0,false",
    "12 (nginx) R 1 12,false",
    "12 (nginx),false",
    "'',false",
  })
  void oneThatEndsDoesNotRun(String stat, boolean runs) {
    assertEquals(runs, ProcessTable.runs(stat));
  }

  @Test
  void noTextMakesItThrow() {
    Trials.run(
        1000,
        dice -> {
          String text = dice.text(255);
          ProcessTable.runs("1 (" + text);
          assertFalse(ProcessTable.runs("1 (a) Z 1 1 1 1 1 4" + text));
        });
  }

  @ParameterizedTest
  @CsvSource({"'a|b|',a+b", "'a||',a+", "'a b: c',a b: c", "'|',''", "'a|b',a+b"})
  void aCommandLineIsWords(String line, String words) {
    byte[] bytes = line.replace('|', '\0').getBytes(StandardCharsets.UTF_8);
    assertEquals(words, String.join("+", ProcessTable.words(bytes)));
  }

  @Test
  void kernelThreadsHaveNone() {
    assertEquals(List.of(), ProcessTable.words(new byte[0]));
  }
}
