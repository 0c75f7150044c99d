package org.jkeepalived.lab;

import static org.jkeepalived.lab.TwoNodes.VIRTUAL;
import static org.jkeepalived.lab.TwoNodes.instance;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a killed daemon has left goes by {@code --release}, and with a start that is stopped. */
@Lab
final class ReleaseLabTest {

  private static final String FOREIGN = "192.168.32.77";

  private static void killMaster(TwoNodes nodes) {
    StartedDaemon master = nodes.first.start(DaemonKind.JKEEPALIVED, instance(255).text());
    nodes.awaitFirstIsMaster();
    master.kill();
    assertTrue(nodes.first.has(VIRTUAL));
    nodes.first.ip("address", "add", FOREIGN + "/32", "dev", "eth0");
  }

  private static int release(TwoNodes nodes) {
    return nodes.first.start(DaemonKind.JKEEPALIVED, List.of("--release")).awaitExit();
  }

  @Test
  void exactlyWhatTheJournalNamesIsRemoved() {
    try (TwoNodes nodes = new TwoNodes()) {
      killMaster(nodes);
      assertEquals(0, release(nodes));
      assertFalse(nodes.first.has(VIRTUAL));
      assertTrue(nodes.first.has(FOREIGN));
      assertEquals(0, release(nodes), "there is nothing any more");
      assertTrue(nodes.first.has(FOREIGN));
    }
  }

  @Test
  void nothingIsRemovedWhileTheDaemonRuns() {
    try (TwoNodes nodes = new TwoNodes()) {
      StartedDaemon master = nodes.first.start(DaemonKind.JKEEPALIVED, instance(255).text());
      nodes.awaitFirstIsMaster();
      assertEquals(2, release(nodes));
      assertTrue(nodes.first.has(VIRTUAL));
      assertEquals(0, master.stop());
      assertFalse(nodes.first.has(VIRTUAL));
    }
  }

  /** A startup script that takes its time holds the start where nothing is read or begun yet. */
  @Test
  void aStartThatIsStoppedBeforeItBeginsRemovesItToo() {
    try (TwoNodes nodes = new TwoNodes()) {
      killMaster(nodes);
      nodes.first.write("tmp/life", "echo up > /tmp/said\nexec sleep 1000\n");
      StartedDaemon started =
          nodes.first.start(
              DaemonKind.JKEEPALIVED,
              """
              global_defs {
                  script_user root
                  startup_script "/bin/sh /tmp/life"
              }
              """
                  + instance(255).text());
      Path said = nodes.first.directory().resolve("tmp/said");
      Await.until("the startup script runs", () -> Files.exists(said), started::log);
      assertTrue(nodes.first.has(VIRTUAL));
      assertEquals(0, started.stop());
      assertFalse(nodes.first.has(VIRTUAL));
      assertTrue(nodes.first.has(FOREIGN));
    }
  }
}
