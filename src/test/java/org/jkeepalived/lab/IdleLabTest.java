package org.jkeepalived.lab;

import static org.jkeepalived.lab.TwoNodes.FROM_2;
import static org.jkeepalived.lab.TwoNodes.instance;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** No thread wakes without a reason. */
@Lab
final class IdleLabTest {

  /** The one that has a reason: it hears an advertisement a second. */
  private static final String HEARS = "vrrp";

  /** Who looks at the tracked file, when the kernel tells of a change. */
  private static final String LOOKS = "files";

  /**
   * Those of our own that a backup with a tracked file has, and of the Java VM's the one that would
   * look for locks to give back four times a second. The one that writes to syslog is not there:
   * nobody takes its lines here, and it tries again.
   */
  private static final Set<String> OURS =
      Set.of(
          "control",
          "fatal-exit",
          "kernel",
          LOOKS,
          "links",
          "log-console",
          "reload",
          "scripts",
          HEARS,
          "Monitor Deflati");

  /** As many seconds: longer than anything that is done again and again. */
  private static final int ADVERTISEMENTS = 8;

  /** What follows from the start may take a while. */
  private static final int TRIES = 4;

  private static String configuration(int priority) {
    return "track_file load {\n    file /tmp/load\n    init_file 1\n}\n"
        + instance(priority).with("track_file {", "load weight 1", "}").text();
  }

  @Test
  void onlyTheThreadThatHearsAdvertisementsWakes() {
    try (TwoNodes nodes = new TwoNodes()) {
      StartedDaemon backup = startBackup(nodes);
      Map<String, Long> woken = Map.of();
      for (int i = 0; i < TRIES; i++) {
        woken = wokenWhileIdle(nodes, backup);
        if (woken.keySet().equals(Set.of(HEARS))) {
          break;
        }
      }
      assertEquals(Set.of(HEARS), woken.keySet(), woken + nodes.evidence());

      // and those that have a reason are seen to wake
      long before = ours(backup).get(LOOKS);
      nodes.first.write("tmp/load", "5\n");
      Await.until(LOOKS + " has looked", () -> ours(backup).get(LOOKS) > before, nodes::evidence);
    }
  }

  private static StartedDaemon startBackup(TwoNodes nodes) {
    nodes.second.start(DaemonKind.JKEEPALIVED, configuration(200));
    nodes.awaitSecondIsMaster();
    nodes.first.configure(configuration(100));
    StartedDaemon backup = nodes.first.start(DaemonKind.JKEEPALIVED, List.of("--no-syslog"));
    Await.until(
        "all threads of a backup",
        () -> backup.threads().containsAll(OURS),
        () -> backup.threads() + nodes.evidence());
    return backup;
  }

  /** How often each of our threads woke while the master was heard and nothing else happened. */
  private static Map<String, Long> wokenWhileIdle(TwoNodes nodes, StartedDaemon daemon) {
    Map<String, Long> before = ours(daemon);
    nodes.awaitAdvertisements(ADVERTISEMENTS, FROM_2);
    Map<String, Long> woken = new LinkedHashMap<>();
    ours(daemon).forEach((name, count) -> woken.put(name, count - before.getOrDefault(name, 0L)));
    assertTrue(woken.keySet().containsAll(OURS), woken::toString);
    woken.values().removeIf(count -> count == 0);
    return woken;
  }

  private static Map<String, Long> ours(StartedDaemon daemon) {
    Map<String, Long> ours = new LinkedHashMap<>(daemon.wakeups());
    ours.keySet().retainAll(OURS);
    return ours;
  }
}
