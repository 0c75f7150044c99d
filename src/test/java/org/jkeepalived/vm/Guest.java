package org.jkeepalived.vm;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What the virtual machine said while the suite was played: one boot of it, or more if it died. */
final class Guest {

  /** Far more than the suite takes on two busy cores: a guest that reaches it hangs. */
  private static final int DEADLINE_SECONDS = 3000;

  private final Path out;
  private final String said;

  private Guest(Path out, String said) {
    this.out = out;
    this.said = said;
  }

  /**
   * Boots, plays the cases and waits for the end. A guest that dies on the way is booted again for
   * the cases that it had not played to their end, three times at most. What the guest says is also
   * in {@code suite.log}, what happened in a case in a file with the case's name.
   *
   * @param program packaging/vm/vm, or what stands for it
   * @param out where the files go
   * @param daemons the daemons' names with commas between them
   * @param cases names of files in {@code src/test/vm/cases}, without their ending
   */
  static Guest play(Path program, Path out, String daemons, List<String> cases) throws IOException {
    Files.createDirectories(out);
    Path log = out.resolve("suite.log");
    Machine machine = new Machine(program, DEADLINE_SECONDS, out);
    StringBuilder said = new StringBuilder();
    List<String> left = new ArrayList<>(cases);
    for (int boots = 1; boots <= Machine.MOST_BOOTS && !left.isEmpty(); boots++) {
      int status = machine.boot(arguments(daemons, left), log);
      said.append(Files.readString(log));
      if (status != Machine.NO_GUEST) {
        break;
      }
      left.removeIf(name -> hasEnded(said, name, daemons));
    }
    Files.writeString(log, said);
    return new Guest(out, said.toString());
  }

  private static List<String> arguments(String daemons, List<String> cases) {
    List<String> arguments =
        new ArrayList<>(List.of("src/test/vm/suite", "--out", "/out", daemons));
    arguments.addAll(cases);
    return arguments;
  }

  /** Whether a case was played to its end with each daemon. */
  private static boolean hasEnded(CharSequence said, String name, String daemons) {
    return Stream.of(daemons.split(","))
        .allMatch(
            daemon ->
                said.toString()
                    .lines()
                    .anyMatch(line -> line.matches("(ok|FAILED) " + name + " " + daemon + " .*")));
  }

  /** Whether the guest said that the case went well; a guest that died on the way said nothing. */
  boolean passed(String name, String daemon) {
    return said.lines().anyMatch(line -> line.startsWith("ok " + name + " " + daemon + " "));
  }

  /** What happened in a case: its steps, what differed, what the daemon logged. */
  String report(String name, String daemon) {
    Path file = out.resolve(name + "-" + daemon + ".txt");
    try {
      return Files.exists(file) ? Files.readString(file) : "The guest said no more than:\n" + said;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
