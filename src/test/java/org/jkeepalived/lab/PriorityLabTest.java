package org.jkeepalived.lab;

import static org.jkeepalived.lab.TwoNodes.FROM_1;
import static org.jkeepalived.lab.TwoNodes.instance;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * {@code max_auto_priority}: one thread's scheduling rises while its timers fire late. With a delay
 * of one microsecond each timer does.
 */
@Lab
final class PriorityLabTest {

  private static String configuration(String... globals) {
    return "global_defs {\n"
        + String.join("\n", globals)
        + "\n}\n"
        + instance(150).with("notify_master \"/bin/sleep 1234\"").text();
  }

  @Test
  void lateTimersRaiseTheVrrpThreadAndNothingElse() {
    try (TwoNodes nodes = new TwoNodes()) {
      StartedDaemon daemon =
          nodes.first.start(
              DaemonKind.JKEEPALIVED,
              configuration("max_auto_priority 2", "min_auto_priority_delay 1"));
      awaitPriority(nodes, daemon, 2);
      nodes.awaitAdvertisements(3, FROM_1);
      // the timer that makes it master is late itself: the script is started with a priority
      Await.until("the script runs", () -> commands(daemon).contains("1234"), nodes::evidence);
      List<Scheduling> all =
          daemon.pids().boxed().flatMap(pid -> Scheduling.ofThreads(pid).stream()).toList();
      assertEquals(
          List.of("vrrp -10 2 " + Scheduling.ROUND_ROBIN),
          all.stream()
              .filter(each -> !each.isOrdinary())
              .map(
                  each ->
                      each.name() + " " + each.nice() + " " + each.priority() + " " + each.policy())
              .toList(),
          nodes::evidence);

      nodes.first.configure(configuration("max_auto_priority 1", "min_auto_priority_delay 1"));
      daemon.signal("HUP");
      awaitPriority(nodes, daemon, 1);
      nodes.first.configure(configuration());
      daemon.signal("HUP");
      awaitPriority(nodes, daemon, 0);
      nodes.awaitAdvertisements(3, FROM_1);
      assertEquals(0, priority(daemon), nodes::evidence);
    }
  }

  /** A thread of a program that it starts is an ordinary one, too. */
  @Test
  void vrrpAndTheCollectorRunBeforeOthers() {
    try (TwoNodes nodes = new TwoNodes()) {
      StartedDaemon daemon = nodes.first.start(DaemonKind.JKEEPALIVED, configuration());
      nodes.awaitAdvertisements(1, FROM_1);
      Await.until("the script runs", () -> commands(daemon).contains("1234"), nodes::evidence);
      List<Scheduling> all =
          daemon.pids().boxed().flatMap(pid -> Scheduling.ofThreads(pid).stream()).toList();
      assertEquals(
          List.of("VM Thread", "vrrp"),
          all.stream().filter(each -> each.nice() == -10).map(Scheduling::name).sorted().toList(),
          nodes::evidence);
      assertEquals(
          List.of(),
          all.stream().filter(each -> each.nice() != -10 && each.nice() != 0).toList(),
          nodes::evidence);
    }
  }

  /** Also after it had a real-time priority. */
  @Test
  void vrrpAndTheCollectorAskForShortSlices() {
    assumeTrue(knowsSlices(), "the kernel is older than 6.12, or does not tell of slices");
    try (TwoNodes nodes = new TwoNodes()) {
      StartedDaemon daemon = nodes.first.start(DaemonKind.JKEEPALIVED, configuration());
      nodes.awaitAdvertisements(1, FROM_1);
      awaitShortSlices(nodes, daemon);
      nodes.first.configure(configuration("max_auto_priority 1", "min_auto_priority_delay 1"));
      daemon.signal("HUP");
      awaitPriority(nodes, daemon, 1);
      nodes.first.configure(configuration());
      daemon.signal("HUP");
      awaitPriority(nodes, daemon, 0);
      awaitShortSlices(nodes, daemon);
    }
  }

  private static void awaitShortSlices(TwoNodes nodes, StartedDaemon daemon) {
    Await.until(
        "two threads with short slices",
        () -> shortSlices(daemon).equals(List.of("VM Thread", "vrrp")),
        nodes::evidence);
  }

  private static List<String> shortSlices(StartedDaemon daemon) {
    try (Stream<Path> tasks = Files.list(Path.of("/proc", daemon.pid() + "", "task"))) {
      return tasks
          .filter(task -> slice(task.resolve("sched")).equals("100000"))
          .map(task -> Scheduling.text(task.resolve("comm")).strip())
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** In nanoseconds; empty where the kernel does not tell. */
  private static String slice(Path sched) {
    return Scheduling.text(sched)
        .lines()
        .filter(line -> line.startsWith("se.slice"))
        .map(line -> line.substring(line.indexOf(':') + 1).strip())
        .findFirst()
        .orElse("");
  }

  private static boolean knowsSlices() {
    String[] release = System.getProperty("os.version").split("[^0-9]+");
    int version = Integer.parseInt(release[0]) * 1000 + Integer.parseInt(release[1]);
    return version >= 6012 && !slice(Path.of("/proc/self/sched")).isEmpty();
  }

  private static void awaitPriority(TwoNodes nodes, StartedDaemon daemon, int wanted) {
    Await.until("real-time priority " + wanted, () -> priority(daemon) == wanted, nodes::evidence);
  }

  private static int priority(StartedDaemon daemon) {
    return Scheduling.ofThreads(daemon.pid()).stream()
        .filter(task -> task.name().equals("vrrp"))
        .mapToInt(Scheduling::priority)
        .findFirst()
        .orElse(-1);
  }

  /** The last words of the command lines of what the daemon has started. */
  private static List<String> commands(StartedDaemon daemon) {
    return daemon
        .pids()
        .mapToObj(pid -> Scheduling.text(Path.of("/proc", Long.toString(pid), "cmdline")))
        .map(line -> line.replaceFirst("\0$", "").replaceFirst(".*\0", ""))
        .toList();
  }
}
