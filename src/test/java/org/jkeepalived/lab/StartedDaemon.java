package org.jkeepalived.lab;

import static java.util.regex.Pattern.DOTALL;
import static java.util.regex.Pattern.MULTILINE;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * keepalived or jkeepalived, running on a {@link Node} in the foreground, with the node's own
 * {@code /run}, {@code /tmp} and {@code /etc/keepalived}.
 */
final class StartedDaemon {

  // The checkout stays visible when it lies under /tmp. `ip netns exec` has made the mounts
  // private.
  private static final String ENTER =
      """
      node=$1 checkout=$2
      shift 2
      case $checkout in /tmp/*)
        mkdir -p "$node/tmp/${checkout#/tmp/}"
        mount --bind "$checkout" "$node/tmp/${checkout#/tmp/}" ;;
      esac
      if [ -e "$node/core_pattern" ]; then # instead of the machine's
        mount --bind "$node/core_pattern" /proc/sys/kernel/core_pattern
      fi
      mount --bind "$node/run" /run
      mount --bind "$node/etc" /etc/keepalived
      mount --rbind "$node/tmp" /tmp
      renice -n 0 -p $$ >/dev/null # tests look at it, and somebody may run them by nice(1)
      exec "$@"
      """;

  private static final Pattern WAITED =
      Pattern.compile(
          "^Name:\\t([^\\n]*)$.*^voluntary_ctxt_switches:\\t(\\d+)$", MULTILINE | DOTALL);

  private final Process process;
  private final Path log;
  private final DaemonKind kind;
  private final boolean entered;
  private volatile boolean mayEnd;

  private StartedDaemon(Process process, Path log, DaemonKind kind, boolean entered) {
    this.process = process;
    this.log = log;
    this.kind = kind;
    this.entered = entered;
  }

  static StartedDaemon start(
      Node node,
      DaemonKind kind,
      int number,
      List<String> options,
      Map<String, String> environment) {
    Path log = node.directory().resolve(kind + "-" + number + ".log");
    List<String> command = node.command("unshare", "--mount", "sh", "-ec", ENTER, "sh");
    command.add(node.directory().toString());
    command.add(Checkout.ROOT.toString());
    command.add(kind.program());
    command.addAll(List.of("-n", "-l", "-D", "-f", "/etc/keepalived/keepalived.conf"));
    command.addAll(List.of("-p", "/run/lab.pid", "-r", "/run/lab-vrrp.pid"));
    command.addAll(options);
    try {
      ProcessBuilder builder = new ProcessBuilder(command);
      builder.environment().putAll(environment);
      Process process = builder.redirectErrorStream(true).redirectOutput(log.toFile()).start();
      process.getOutputStream().close();
      return new StartedDaemon(process, log, kind, node.hasOwnProcesses());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  DaemonKind kind() {
    return kind;
  }

  long pid() {
    return handle().pid();
  }

  /** What entered another process namespace waits outside, with the daemon as its child. */
  private ProcessHandle handle() {
    ProcessHandle started = process.toHandle();
    return entered ? started.children().findFirst().orElse(started) : started;
  }

  /** The process and its children. */
  LongStream pids() {
    ProcessHandle daemon = handle();
    return Stream.concat(Stream.of(daemon), daemon.descendants()).mapToLong(ProcessHandle::pid);
  }

  /** The names of its threads, in the order of their making; the kernel cuts them to 15 bytes. */
  List<String> threads() {
    return tasks().stream()
        .map(task -> read(task, "comm").strip())
        .filter(name -> !name.isEmpty())
        .toList();
  }

  /** By the names of its threads, how often each has given up the processor to wait. */
  Map<String, Long> wakeups() {
    Map<String, Long> wakeups = new LinkedHashMap<>();
    for (Path task : tasks()) {
      Matcher status = WAITED.matcher(read(task, "status"));
      if (status.find()) {
        wakeups.merge(status.group(1), Long.valueOf(status.group(2)), Long::sum);
      }
    }
    return wakeups;
  }

  private List<Path> tasks() {
    try (Stream<Path> tasks = Files.list(Path.of("/proc", Long.toString(pid()), "task"))) {
      return tasks
          .sorted(Comparator.comparing(task -> Long.valueOf(String.valueOf(task.getFileName()))))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String read(Path task, String file) {
    try {
      return Files.readString(task.resolve(file));
    } catch (IOException ended) {
      return "";
    }
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** Whether it ended though no test ended it, nor waited for its end. */
  boolean endedUnexpectedly() {
    return !mayEnd && !process.isAlive();
  }

  /** Sends a signal by its short name, such as {@code HUP}. */
  void signal(String name) {
    Shell.signal(name, pid());
  }

  /**
   * SIGKILL, to the whole of the daemon at once: keepalived's child would otherwise see its parent
   * die, and say goodbye with priority 0.
   */
  void kill() {
    mayEnd = true;
    if (!process.isAlive()) {
      return;
    }
    signal("STOP");
    List<ProcessHandle> children = handle().descendants().toList();
    children.forEach(child -> Shell.signal("KILL", child.pid()));
    signal("KILL");
    // whoever waits for it in front of its namespace has stopped with it
    Shell.signal("CONT", process.pid());
    awaitExit();
    // A pid file that names a zombie counts as one that names a daemon.
    Await.until(
        "children of " + kind + " are gone",
        () -> children.stream().noneMatch(ProcessHandle::isAlive));
  }

  /** SIGTERM, and waits for the end. */
  int stop() {
    mayEnd = true;
    signal("TERM");
    return awaitExit();
  }

  /** Waits for the end; gives the exit code. */
  int awaitExit() {
    mayEnd = true;
    try {
      if (!process.waitFor(Await.PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        throw new AssertionError(kind + " does not end\n" + log());
      }
      return process.exitValue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** What the daemon said, for the message of a failed test: nothing is ever asserted on it. */
  String log() {
    try {
      return "--- " + log + "\n" + Files.readString(log);
    } catch (IOException e) {
      return "--- " + log + ": " + e;
    }
  }
}
