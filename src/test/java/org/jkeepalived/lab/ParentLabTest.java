package org.jkeepalived.lab;

import static org.jkeepalived.lab.TwoNodes.VIRTUAL;
import static org.jkeepalived.lab.TwoNodes.instance;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A daemon in the background ends with the parent that looks after it, as keepalived's do. */
@Lab
final class ParentLabTest {

  @Test
  void aDaemonWhoseParentIsKilledReleasesAndEnds() throws Exception {
    try (TwoNodes nodes = new TwoNodes()) {
      nodes.first.configure(instance(255).text());
      Path folder = nodes.first.directory();
      Path pidFile = folder.resolve("run/back.pid");
      Shell.Result started =
          nodes.first.execute(
              DaemonKind.JKEEPALIVED.program(),
              "-G",
              "-f",
              folder.resolve("etc/keepalived.conf").toString(),
              "-p",
              pidFile.toString(),
              "-r",
              folder.resolve("run/back-vrrp.pid").toString());
      assertEquals(0, started.exitCode(), started::toString);
      ProcessHandle daemon =
          ProcessHandle.of(Long.parseLong(Files.readString(pidFile).strip())).orElseThrow();
      try {
        nodes.first.awaitHas(VIRTUAL);
        Shell.signal("KILL", daemon.parent().orElseThrow().pid());
        nodes.first.awaitHasNot(VIRTUAL);
        Await.until("the daemon has ended", () -> Files.notExists(pidFile), nodes::evidence);
      } finally {
        daemon.destroyForcibly();
      }
    }
  }

  /** Whoever started it has died before it could look. */
  @Test
  void aDaemonWhoseParentHasEndedBeforeEndsToo() {
    try (TwoNodes nodes = new TwoNodes()) {
      nodes.first.configure(instance(255).text());
      String nobody = "999999999"; // beyond pid_max
      StartedDaemon orphan =
          nodes.first.start(
              DaemonKind.JKEEPALIVED,
              List.of(),
              Map.of("JKEEPALIVED_PARENT", nobody, "JKEEPALIVED_READY_FD", "2"));
      assertEquals(0, orphan.awaitExit(), nodes::evidence);
      assertFalse(nodes.first.has(VIRTUAL));
    }
  }
}
