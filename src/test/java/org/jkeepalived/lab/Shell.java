package org.jkeepalived.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs short commands: {@code ip}, mostly. */
final class Shell {

  private static final long DEADLINE_SECONDS = 30;

  /** What a command said, standard error included, and its exit code. */
  record Result(int exitCode, String output) {}

  private Shell() {}

  /** Runs a command that must succeed. */
  static String run(String... command) {
    Result result = attempt(command);
    if (result.exitCode() != 0) {
      throw new IllegalStateException(
          String.join(" ", command) + ": exit " + result.exitCode() + ": " + result.output());
    }
    return result.output();
  }

  /** Runs a command that may fail. */
  static Result attempt(String... command) {
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      process.getOutputStream().close();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (!process.waitFor(DEADLINE_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new IllegalStateException(List.of(command) + " did not end");
      }
      return new Result(process.exitValue(), output);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Sends a signal; a process that is gone already is no error. */
  static void signal(String name, long pid) {
    attempt("kill", "-" + name, Long.toString(pid));
  }
}
