package org.jkeepalived.vm;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What virtual machines said while they played the suite, which they share: one boot of each, or
 * more if one died.
 */
final class Guest {

  /** Far more than the suite takes on two busy cores: a guest that reaches it hangs. */
  private static final int DEADLINE_SECONDS = 3000;

  /** A folder in {@code out}, with an empty one for each case that a guest has taken. */
  private static final String TAKEN = "taken";

  /** One a guest: it does nothing but wait. */
  private static final Executor THREADS = work -> new Thread(work, "guest").start();

  private final Path out;
  private final String said;

  private Guest(Path out, String said) {
    this.out = out;
    this.said = said;
  }

  /**
   * Boots, plays the cases and waits for the end. Where a guest dies on the way they are booted
   * again for the cases that were not played to their end, three times at most. What the guests say
   * is also in {@code suite.log}, what happened in a case in a file with the case's name.
   *
   * @param program packaging/vm/vm, or what stands for it
   * @param out where the files go
   * @param daemons the daemons' names with commas between them
   * @param cases names of files in {@code src/test/vm/cases}, without their ending
   * @param guests how many play at once: each takes the next case that no other has taken
   */
  static Guest play(Path program, Path out, String daemons, List<String> cases, int guests)
      throws IOException {
    Files.createDirectories(out);
    Path log = out.resolve("suite.log");
    List<Path> logs =
        IntStream.range(0, guests)
            .mapToObj(guest -> out.resolve("guest" + guest + ".log"))
            .toList();
    Machine machine = new Machine(program, DEADLINE_SECONDS, out, 1);
    StringBuilder said = new StringBuilder();
    List<String> left = new ArrayList<>(cases);
    for (int boots = 1; boots <= Machine.MOST_BOOTS && !left.isEmpty(); boots++) {
      removeTaken(out.resolve(TAKEN));
      boolean died = boot(machine, arguments(daemons, left), logs);
      for (Path each : logs) {
        said.append(Files.readString(each));
      }
      if (!died) {
        break;
      }
      left.removeIf(name -> hasEnded(said, name, daemons));
    }
    Files.writeString(log, said);
    return new Guest(out, said.toString());
  }

  /** Boots as many guests as there are logs; whether one of them died. */
  private static boolean boot(Machine machine, List<String> arguments, List<Path> logs) {
    List<CompletableFuture<Integer>> boots =
        logs.stream()
            .map(
                log ->
                    CompletableFuture.supplyAsync(() -> status(machine, arguments, log), THREADS))
            .toList();
    // all of them, before one is judged
    return boots.stream().map(CompletableFuture::join).toList().contains(Machine.NO_GUEST);
  }

  private static int status(Machine machine, List<String> arguments, Path log) {
    try {
      return machine.boot(arguments, log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Nobody has taken a case yet. */
  private static void removeTaken(Path directory) throws IOException {
    if (Files.exists(directory)) {
      try (Stream<Path> taken = Files.walk(directory)) {
        for (Path each : taken.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(each);
        }
      }
    }
  }

  private static List<String> arguments(String daemons, List<String> cases) {
    List<String> arguments =
        new ArrayList<>(
            List.of("src/test/vm/suite", "--taken", "/out/" + TAKEN, "--out", "/out", daemons));
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
