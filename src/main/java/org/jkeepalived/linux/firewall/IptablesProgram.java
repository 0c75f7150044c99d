package org.jkeepalived.linux.firewall;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Runs a program of iptables(8), without a shell, and waits for it: not for who may not block. They
 * alone know how the kernel of this machine wants its rules.
 */
public final class IptablesProgram {

  /** A daemon's PATH need not name these. */
  private static final List<String> DIRECTORIES = List.of("/usr/sbin", "/sbin", "/usr/bin", "/bin");

  private static final long MOST_MILLIS = 10_000;
  private static final long LOOK_MILLIS = 2;
  private static final int MOST_BYTES = 16 * 1024 * 1024;

  private final String file;

  private IptablesProgram(String file) {
    this.file = file;
  }

  /**
   * What became of a run.
   *
   * @param status 0 if all was done
   * @param output both of its outputs
   */
  public record Outcome(int status, String output) {

    public boolean isDone() {
      return status == 0;
    }

    /** What it said, in one line. */
    public String firstLine(String otherwise) {
      return output
          .lines()
          .map(String::strip)
          .filter(one -> !one.isEmpty())
          .findFirst()
          .orElse(otherwise);
    }
  }

  /** Looks for it where the PATH says, and where it usually is. */
  public static Optional<IptablesProgram> find(String name) {
    List<String> places = new ArrayList<>();
    String path = System.getenv("PATH");
    places.addAll(Arrays.asList((path == null ? "" : path).split(":")));
    places.addAll(DIRECTORIES);
    return places.stream()
        .filter(place -> place.startsWith("/"))
        .map(place -> new File(place, name))
        .filter(each -> each.isFile() && each.canExecute())
        .map(each -> new IptablesProgram(each.getPath()))
        .findFirst();
  }

  /**
   * Runs it.
   *
   * @param input what it reads
   * @param arguments after its name
   */
  public Outcome run(String input, String... arguments) {
    List<String> command = new ArrayList<>(List.of(file));
    command.addAll(Arrays.asList(arguments));
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      try (InputStream output = process.getInputStream()) {
        feed(process, input);
        return await(process, output);
      } finally {
        process.destroyForcibly();
      }
    } catch (IOException e) {
      return new Outcome(-1, String.valueOf(e.getMessage()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Outcome(-1, file + " was interrupted");
    }
  }

  private static void feed(Process process, String input) {
    try (OutputStream pipe = process.getOutputStream()) {
      pipe.write(input.getBytes(StandardCharsets.UTF_8));
    } catch (IOException ended) {
      // it did not want to read: its status and its output say why
      return;
    }
  }

  private Outcome await(Process process, InputStream output)
      throws IOException, InterruptedException {
    StringBuilder said = new StringBuilder();
    for (long waited = 0; waited < MOST_MILLIS; waited += LOOK_MILLIS) {
      boolean ended = process.waitFor(LOOK_MILLIS, TimeUnit.MILLISECONDS);
      while (output.available() > 0 && said.length() < MOST_BYTES) {
        byte[] part = output.readNBytes(output.available());
        said.append(new String(part, StandardCharsets.UTF_8));
      }
      if (ended) {
        return new Outcome(process.exitValue(), said.toString());
      }
    }
    return new Outcome(-1, file + " took more than " + MOST_MILLIS / 1000 + " s");
  }
}
