package org.jkeepalived.vm;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The virtual machine: one boot of it plays a script. It ends before the call does, and also where
 * the test ends otherwise.
 */
final class Machine {

  /** What a boot exits with where no guest came up, or one died. */
  static final int NO_GUEST = 125;

  /**
   * On a busy host the emulated timer may miss its test, and the guest's kernel gives up at once;
   * and where many namespaces with IPVS come and go it may block itself, and gives up, too.
   */
  static final int MOST_BOOTS = 3;

  /** The name of a test's lock on it: more guests than this has processors slow each other down. */
  static final String ONE_AT_A_TIME = "virtual machine";

  private final Path program;
  private final int deadlineSeconds;
  private final Path out;
  private final int processors;

  /**
   * @param program packaging/vm/vm, or what stands for it
   * @param deadlineSeconds far more than the script takes on two busy cores: a guest that reaches
   *     it hangs
   * @param out the folder that the guest has at /out
   * @param processors how many the guest has, unless the environment says it
   */
  Machine(Path program, int deadlineSeconds, Path out, int processors) {
    this.program = program;
    this.deadlineSeconds = deadlineSeconds;
    this.out = out;
    this.processors = processors;
  }

  /**
   * Boots, and waits for the end.
   *
   * @param arguments the machine's options, the script and its arguments
   * @param log what the guest says goes there
   * @return the script's exit status, or {@link #NO_GUEST}
   */
  int boot(List<String> arguments, Path log) throws IOException {
    Files.createDirectories(out);
    String deadline = Integer.toString(deadlineSeconds);
    List<String> command =
        new ArrayList<>(List.of(program.toString(), "run", "--timeout", deadline));
    command.addAll(arguments);
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
    builder.environment().put("VM_OUT", out.toString());
    builder.environment().putIfAbsent("VM_CPUS", Integer.toString(processors));
    builder.environment().put("VM_OWNER", Long.toString(ProcessHandle.current().pid()));
    Process process = builder.start();
    process.getOutputStream().close();
    waitFor(process);
    return process.exitValue();
  }

  private void waitFor(Process process) {
    try {
      if (!process.waitFor(2L * deadlineSeconds, TimeUnit.SECONDS)) {
        throw new IllegalStateException("the virtual machine did not end");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    } finally {
      process.destroy();
    }
  }
}
