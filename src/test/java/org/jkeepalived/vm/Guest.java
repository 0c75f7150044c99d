package org.jkeepalived.vm;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** One boot of the virtual machine in which the suite has been played. */
final class Guest {

  private static final Path OUT = Path.of("target/vm").toAbsolutePath();

  /** Far more than the suite takes on two busy cores: a guest that reaches it hangs. */
  private static final int DEADLINE_SECONDS = 1800;

  /** What packaging/vm/vm exits with where no guest came up, or one died. */
  private static final int NO_GUEST = 125;

  private static final int MOST_BOOTS = 3;

  private final String said;

  private Guest(String said) {
    this.said = said;
  }

  /**
   * Boots, plays the cases and waits for the end. What the guest says is also in {@code
   * target/vm/suite.log}, what happened in a case in a file there with the case's name.
   *
   * @param daemons the daemons' names with commas between them
   * @param cases names of files in {@code src/test/vm/cases}, without their ending
   */
  static Guest play(String daemons, List<String> cases) throws IOException {
    Files.createDirectories(OUT);
    Path log = OUT.resolve("suite.log");
    List<String> command =
        new ArrayList<>(
            List.of(
                "packaging/vm/vm",
                "run",
                "--timeout",
                Integer.toString(DEADLINE_SECONDS),
                "src/test/vm/suite",
                "--out",
                "/out",
                daemons));
    // on a busy host the emulated timer may miss its test, and the guest's kernel gives up at once;
    // and where many namespaces with IPVS come and go it may block itself, and gives up, too
    StringBuilder said = new StringBuilder();
    List<String> left = new ArrayList<>(cases);
    for (int boots = 1; boots <= MOST_BOOTS && !left.isEmpty(); boots++) {
      List<String> these = new ArrayList<>(command);
      these.addAll(left);
      ProcessBuilder builder =
          new ProcessBuilder(these).redirectErrorStream(true).redirectOutput(log.toFile());
      builder.environment().put("VM_OUT", OUT.toString());
      int status = run(builder);
      said.append(Files.readString(log));
      if (status != NO_GUEST) {
        break;
      }
      left.removeIf(name -> hasEnded(said, name, daemons));
    }
    Files.writeString(log, said);
    return new Guest(said.toString());
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
    Path file = OUT.resolve(name + "-" + daemon + ".txt");
    try {
      return Files.exists(file) ? Files.readString(file) : "The guest said no more than:\n" + said;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
