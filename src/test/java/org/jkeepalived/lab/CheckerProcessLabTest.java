package org.jkeepalived.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * {@code checker_*}: what keepalived does with its process of checkers is done with the threads
 * that do its work, and with no other: not with VRRP's, and not with what the checks start.
 */
@Lab
final class CheckerProcessLabTest {

  private static final String ALL =
      "checker_priority 5\nchecker_cpu_affinity 0\nchecker_process_name watchdogs";

  private static final String REAL_TIME = "checker_rt_priority 20\nchecker_no_swap";

  /** With a check over the network, and one that runs a program. */
  private static String configuration(String globals, boolean table) {
    return """
        global_defs {
        %s
        }
        jkeepalived {
          ipvs %s
        }
        virtual_server 10.9.0.101 80 {
          delay_loop 0.2
          warmup 0
          protocol TCP
          real_server 127.0.0.1 9 {
            TCP_CHECK {
            }
          }
          real_server 127.0.0.2 9 {
            MISC_CHECK {
              misc_path "/bin/sleep 1234"
              misc_timeout 600
            }
          }
        }
        """
            .formatted(globals, table ? "yes" : "no")
        + TwoNodes.instance(150).text();
  }

  @Test
  void itsThreadsAreTreatedAsTheProcessIs() {
    try (TwoNodes nodes = new TwoNodes()) {
      StartedDaemon daemon = nodes.first.start(DaemonKind.JKEEPALIVED, configuration("", false));
      awaitThreads(nodes, daemon, Map.of("lvs", "0 0 all", "checks", "0 0 all"));

      reload(nodes, daemon, ALL);
      awaitThreads(nodes, daemon, Map.of("watchdogs", "5 0 0", "checks", "5 0 0"));
      assertEquals("0 kB", locked(daemon));
      reload(nodes, daemon, REAL_TIME);
      awaitThreads(nodes, daemon, Map.of("lvs", "0 20 all", "checks", "0 20 all"));
      Await.until(
          "memory that is not swapped", () -> !locked(daemon).equals("0 kB"), nodes::evidence);
      Await.until("the script runs", () -> sleeper(daemon) > 0, nodes::evidence);
      assertEquals(
          List.of("sleep 0 0 all"),
          Scheduling.ofThreads(sleeper(daemon)).stream()
              .map(each -> each.name() + " " + text(each))
              .toList(),
          nodes::evidence);

      reload(nodes, daemon, "");
      awaitThreads(nodes, daemon, Map.of("lvs", "0 0 all", "checks", "0 0 all"));
      Await.until("memory as before", () -> locked(daemon).equals("0 kB"), nodes::evidence);
      assertEquals(0, daemon.stop());
    }
  }

  /** The thread that writes the table is one of them; and all is so from the start. */
  @Test
  void itIsSoFromTheStart() {
    try (TwoNodes nodes = new TwoNodes()) {
      StartedDaemon daemon = nodes.first.start(DaemonKind.JKEEPALIVED, configuration(ALL, true));
      awaitThreads(nodes, daemon, Map.of("watchdogs", "5 0 0", "ipvs", "5 0 0"));
      Map<String, String> others = threads(daemon);
      assertEquals("-10 0 all", others.get("vrrp"), nodes::evidence);
      assertEquals("0 0 all", others.get("kernel"), nodes::evidence);
    }
  }

  private static void reload(TwoNodes nodes, StartedDaemon daemon, String globals) {
    nodes.first.configure(configuration(globals, false));
    daemon.signal("HUP");
  }

  private static void awaitThreads(
      TwoNodes nodes, StartedDaemon daemon, Map<String, String> wanted) {
    Await.until(
        "threads " + wanted,
        () -> threads(daemon).entrySet().containsAll(wanted.entrySet()),
        () -> threads(daemon) + "\n" + nodes.evidence());
  }

  private static Map<String, String> threads(StartedDaemon daemon) {
    Map<String, String> threads = new TreeMap<>();
    Scheduling.ofThreads(daemon.pid()).forEach(each -> threads.put(each.name(), text(each)));
    return threads;
  }

  /** Nice value, real-time priority, processors. */
  private static String text(Scheduling one) {
    assertTrue(one.policy() == 0 || one.policy() == Scheduling.ROUND_ROBIN, one::toString);
    String processors = one.processors().equals(ALL_PROCESSORS) ? "all" : one.processors();
    return one.nice() + " " + one.priority() + " " + processors;
  }

  private static final String ALL_PROCESSORS =
      Scheduling.field(Scheduling.text(Path.of("/proc/self/status")), "Cpus_allowed_list");

  private static String locked(StartedDaemon daemon) {
    return Scheduling.field(
        Scheduling.text(Path.of("/proc", Long.toString(daemon.pid()), "status")), "VmLck");
  }

  private static long sleeper(StartedDaemon daemon) {
    return daemon
        .pids()
        .filter(
            pid ->
                Scheduling.text(Path.of("/proc", Long.toString(pid), "cmdline")).contains("1234"))
        .findFirst()
        .orElse(0);
  }
}
