package org.jkeepalived.linux.process;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Loads modules of the kernel by modprobe(8), which may take long: not for who may not block. */
public final class KernelModule {

  private static final long MOST_SECONDS = 10;
  private static final int MOST_OUTPUT_BYTES = 4096;

  /** Where it may be; a daemon's PATH need not name these. */
  private static final List<String> PROGRAMS =
      List.of("/usr/sbin/modprobe", "/sbin/modprobe", "/usr/bin/modprobe", "/bin/modprobe");

  private KernelModule() {}

  /**
   * Loads one, and what it needs.
   *
   * @return why it could not be loaded, in one line; empty if it is there now
   */
  public static Optional<String> load(String name) {
    Optional<String> program =
        PROGRAMS.stream().filter(each -> new File(each).canExecute()).findFirst();
    return program.isEmpty() ? Optional.of("there is no modprobe") : run(program.get(), name);
  }

  static Optional<String> run(String program, String name) {
    try {
      Process process =
          new ProcessBuilder(program, name)
              .redirectErrorStream(true)
              .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
              .start();
      try {
        if (!process.waitFor(MOST_SECONDS, TimeUnit.SECONDS)) {
          return Optional.of("modprobe took more than " + MOST_SECONDS + " s");
        }
        return process.exitValue() == 0 ? Optional.empty() : Optional.of(told(process));
      } finally {
        process.destroyForcibly();
        process.getInputStream().close();
      }
    } catch (IOException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.of("interrupted");
    }
  }

  private static String told(Process process) throws IOException {
    byte[] output = process.getInputStream().readNBytes(MOST_OUTPUT_BYTES);
    String line = new String(output, StandardCharsets.UTF_8).lines().findFirst().orElse("").strip();
    return line.isEmpty() ? "modprobe exited with status " + process.exitValue() : line;
  }
}
