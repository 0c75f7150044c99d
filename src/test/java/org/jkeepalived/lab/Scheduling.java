package org.jkeepalived.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * How the kernel schedules a thread; see proc(5).
 *
 * @param processors those it may run on, such as {@code 0-1}
 */
record Scheduling(String name, int nice, int priority, int policy, String processors) {

  static final int ROUND_ROBIN = 2;

  private static final int NICE = 19;
  private static final int PRIORITY = 40;
  private static final int POLICY = 41;

  private static Scheduling parse(String stat, String status) {
    int nameEnd = stat.lastIndexOf(')');
    // what follows the name begins with the third field
    String[] fields = stat.substring(nameEnd + 2).split(" ");
    return new Scheduling(
        stat.substring(stat.indexOf('(') + 1, nameEnd),
        Integer.parseInt(fields[NICE - 3]),
        Integer.parseInt(fields[PRIORITY - 3]),
        Integer.parseInt(fields[POLICY - 3]),
        field(status, "Cpus_allowed_list"));
  }

  /** What a file such as /proc/PID/status says after a name; empty where it does not. */
  static String field(String status, String name) {
    return status
        .lines()
        .filter(line -> line.startsWith(name + ":"))
        .map(line -> line.substring(name.length() + 1).strip())
        .findFirst()
        .orElse("");
  }

  /** No real-time thread. */
  boolean isOrdinary() {
    return priority == 0 && policy == 0;
  }

  /** All threads of a process; none where it has ended. */
  static List<Scheduling> ofThreads(long pid) {
    List<Scheduling> found = new ArrayList<>();
    try (Stream<Path> tasks = Files.list(Path.of("/proc", Long.toString(pid), "task"))) {
      for (Path task : tasks.toList()) {
        String stat = text(task.resolve("stat"));
        String status = text(task.resolve("status"));
        if (!stat.isEmpty() && !status.isEmpty()) {
          found.add(parse(stat, status));
        }
      }
    } catch (NoSuchFileException ended) {
      return List.of();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return found;
  }

  /** Empty where the process has ended meanwhile. */
  static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException ended) {
      return "";
    }
  }
}
