package org.jkeepalived.vm;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** What the virtual machine said while the suite was played: one boot of it, or more if it died. */
final class Guest {

  /** Far more than the suite takes on two busy cores: a guest that reaches it hangs. */
  private static final int DEADLINE_SECONDS = 1800;

  /** What packaging/vm/vm exits with where no guest came up, or one died. */
  private static final int NO_GUEST = 125;

  private static final int MOST_BOOTS = 3;

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
    // on a busy host the emulated timer may miss its test, and the guest's kernel gives up at once;
    // and where many namespaces with IPVS come and go it may block itself, and gives up, too
    StringBuilder said = new StringBuilder();
    List<String> left = new ArrayList<>(cases);
    for (int boots = 1; boots <= MOST_BOOTS && !left.isEmpty(); boots++) {
      ProcessBuilder builder =
          new ProcessBuilder(command(program, daemons, left))
              .redirectErrorStream(true)
              .redirectOutput(log.toFile());
      builder.environment().put("VM_OUT", out.toString());
      int status = run(builder);
      said.append(Files.readString(log));
      if (status != NO_GUEST) {
        break;
      }
      left.removeIf(name -> hasEnded(said, name, daemons));
    }
    Files.writeString(log, said);
    return new Guest(out, said.toString());
  }

  private static List<String> command(Path program, String daemons, List<String> cases) {
    String deadline = Integer.toString(DEADLINE_SECONDS);
    List<String> command =
        new ArrayList<>(List.of(program.toString(), "run", "--timeout", deadline));
    command.addAll(List.of("src/test/vm/suite", "--out", "/out", daemons));
    command.addAll(cases);
    return command;
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

  private static int run(ProcessBuilder builder) throws IOException {
    Process process = builder.start();
    process.getOutputStream().close();
    waitFor(process);
    return process.exitValue();
  }

  private static void waitFor(Process process) {
    try {
      if (!process.waitFor(2L * DEADLINE_SECONDS, TimeUnit.SECONDS)) {
        throw new IllegalStateException("the virtual machine did not end");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    } finally {
      process.destroy();
    }
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
