package org.jkeepalived.lab;

import static org.jkeepalived.lab.TwoNodes.FROM_1;
import static org.jkeepalived.lab.TwoNodes.instance;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** At the limit of processes ({@code pids.max}, TasksMax) no thread can be made any more. */
@Lab
final class ProcessLimitLabTest {

  /** Where the controller is: version 1 has a hierarchy for it. */
  private static final List<Path> ROOTS =
      List.of(Path.of("/sys/fs/cgroup/pids"), Path.of("/sys/fs/cgroup"));

  /** A control group in which nothing more can be started. */
  private static final class FullGroup implements AutoCloseable {
    private final Path folder;

    FullGroup(long pid) throws IOException {
      Path root =
          ROOTS.stream()
              .filter(each -> Files.exists(each.resolve("cgroup.procs")))
              .findFirst()
              .orElse(ROOTS.get(0));
      folder = root.resolve("jkeepalived-lab-" + pid);
      assumeTrue(makes(folder), "control groups cannot be made here");
      assumeTrue(Files.exists(folder.resolve("pids.max")), "no controller of processes");
      Files.writeString(folder.resolve("cgroup.procs"), Long.toString(pid));
      Files.writeString(folder.resolve("pids.max"), "1");
    }

    private static boolean makes(Path folder) {
      try {
        Files.createDirectory(folder);
        return true;
      } catch (IOException refused) {
        return false;
      }
    }

    /** How often somebody was refused a process or a thread. */
    long refusals() {
      try (Stream<String> lines = Files.lines(folder.resolve("pids.events"))) {
        return lines
            .filter(line -> line.startsWith("max "))
            .mapToLong(line -> Long.parseLong(line.substring("max ".length())))
            .sum();
      } catch (IOException e) {
        throw new IllegalStateException(e);
      }
    }

    /** Whoever is still in it goes back to where all are. */
    @Override
    public void close() throws IOException {
      for (String left : Files.readAllLines(folder.resolve("cgroup.procs"))) {
        Files.writeString(folder.resolveSibling("cgroup.procs"), left);
      }
      Files.delete(folder);
    }
  }

  @Test
  void everySignalStillWorks() throws IOException {
    try (TwoNodes nodes = new TwoNodes()) {
      String check = "vrrp_script check {\n    script /bin/true\n    interval 1\n}\n";
      String tracking = "track_script {\ncheck\n}";
      StartedDaemon daemon =
          nodes.first.start(DaemonKind.JKEEPALIVED, check + instance(150).with(tracking).text());
      nodes.awaitFirstIsMaster();
      try (FullGroup group = new FullGroup(daemon.pid())) {
        Await.until("no check can be started", () -> group.refusals() > 0, nodes::evidence);
        // what it said before holds: it has no weight, and would be a fault
        Await.until(
            "it is told that none can be started",
            () -> daemon.log().contains("still considered successful"),
            nodes::evidence);
        daemon.signal("USR1");
        awaitFile(nodes, "data", "VRRP Instance = VI_1");
        daemon.signal("USR2");
        awaitFile(nodes, "stats", "Became master: 1");
        daemon.signal("36");
        awaitFile(nodes, "json", "\"iname\":\"VI_1\"");

        nodes.first.configure(check + instance(160).with(tracking).text());
        daemon.signal("HUP");
        nodes.wire.nextAdvertisement(
            "of the new priority", FROM_1.and(seen -> seen.priority() == 160));

        daemon.signal("TERM");
        nodes.wire.nextAdvertisement(
            "that tells of the end", FROM_1.and(seen -> seen.priority() == 0));
        assertEquals(0, daemon.awaitExit());
        nodes.first.awaitHasNot(TwoNodes.VIRTUAL);
      }
    }
  }

  private static void awaitFile(TwoNodes nodes, String extension, String content) {
    String path = "tmp/keepalived." + extension;
    Await.until(
        path + " is written", () -> nodes.first.read(path).contains(content), nodes::evidence);
  }
}
