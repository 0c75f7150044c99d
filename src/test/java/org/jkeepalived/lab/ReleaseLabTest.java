package org.jkeepalived.lab;

import static org.jkeepalived.lab.TwoNodes.VIRTUAL;
import static org.jkeepalived.lab.TwoNodes.instance;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a killed daemon has left goes by {@code --release}, and with a start that is stopped. */
@Lab
final class ReleaseLabTest {

  private static final String FOREIGN = "192.168.32.77";
  private static final String JOURNAL = "run/jkeepalived/run-lab.pid.journal";

  /** No Java starts there: the launcher says so, and exits with 2. */
  private static final Map<String, String> WITHOUT_JAVA =
      Map.of("JKEEPALIVED_HOME", "/nowhere", "EXIT_CODE", "killed"); // as systemd says it

  private static final Map<String, String> BY_HAND = Map.of("JKEEPALIVED_HOME", "/nowhere");

  private static void killMaster(TwoNodes nodes) {
    StartedDaemon master = nodes.first.start(DaemonKind.JKEEPALIVED, instance(255).text());
    nodes.awaitFirstIsMaster();
    master.kill();
    assertTrue(nodes.first.has(VIRTUAL));
    nodes.first.ip("address", "add", FOREIGN + "/32", "dev", "eth0");
  }

  private static int release(TwoNodes nodes) {
    return release(nodes, Map.of());
  }

  private static int release(TwoNodes nodes, Map<String, String> environment) {
    return nodes.first.start(DaemonKind.JKEEPALIVED, List.of("--release"), environment).awaitExit();
  }

  /** Of what the launcher does not know, it leaves all to the daemon's own release. */
  private static void addToJournal(TwoNodes nodes, String line) throws IOException {
    Files.writeString(
        nodes.first.directory().resolve(JOURNAL), line + "\n", StandardOpenOption.APPEND);
  }

  private static void assertReleased(TwoNodes nodes) {
    assertFalse(nodes.first.has(VIRTUAL));
    assertTrue(nodes.first.has(FOREIGN));
    assertEquals("", nodes.first.read(JOURNAL));
    assertEquals("", nodes.first.read("run/lab.pid"));
  }

  @Test
  void exactlyWhatTheJournalNamesIsRemoved() throws IOException {
    try (TwoNodes nodes = new TwoNodes()) {
      killMaster(nodes);
      addToJournal(nodes, "+ eth0 192.168.32.250/32 something");
      assertEquals(2, release(nodes, WITHOUT_JAVA));
      assertTrue(nodes.first.has(VIRTUAL));
      assertEquals(0, release(nodes));
      assertReleased(nodes);
      assertEquals(0, release(nodes), "there is nothing any more");
      assertTrue(nodes.first.has(FOREIGN));
    }
  }

  /** Addresses are gone before a Java would have begun. */
  @Test
  void addressesGoWithoutJava() throws IOException {
    try (TwoNodes nodes = new TwoNodes()) {
      killMaster(nodes);
      addToJournal(nodes, "+ eth0 " + FOREIGN + "/32");
      addToJournal(nodes, "- eth0 " + FOREIGN + "/32");
      assertEquals(2, release(nodes, BY_HAND)); // who has not seen it end looks at the lock
      assertTrue(nodes.first.has(VIRTUAL));
      assertEquals(0, release(nodes, WITHOUT_JAVA), nodes::evidence);
      assertTrue(
          nodes.first.evidence().contains("released " + VIRTUAL + "/16 from eth0\n"),
          nodes::evidence);
      assertReleased(nodes);
    }
  }

  /** Links of the same name are in each: what is in another one stays there, and in the journal. */
  @Test
  void nothingIsRemovedInAnotherNamespace() throws IOException {
    try (TwoNodes nodes = new TwoNodes()) {
      killMaster(nodes);
      nodes.first.write("run/jkeepalived/run-lab.pid.namespace", "1\n");
      assertEquals(2, release(nodes, WITHOUT_JAVA));
      assertEquals(2, release(nodes));
      assertTrue(nodes.first.evidence().contains("in another network namespace"), nodes::evidence);
      assertTrue(nodes.first.has(VIRTUAL));
      assertFalse(nodes.first.read(JOURNAL).isEmpty());
    }
  }

  @Test
  void nothingIsRemovedWhileTheDaemonRuns() {
    try (TwoNodes nodes = new TwoNodes()) {
      StartedDaemon master = nodes.first.start(DaemonKind.JKEEPALIVED, instance(255).text());
      nodes.awaitFirstIsMaster();
      assertEquals(2, release(nodes));
      assertEquals(2, release(nodes, WITHOUT_JAVA));
      assertTrue(nodes.first.has(VIRTUAL));
      assertEquals(0, master.stop());
      assertFalse(nodes.first.has(VIRTUAL));
    }
  }

  /** As {@code cp} writes a new program over the file of the one that runs. */
  @Test
  void aStopNeedsNothingOfAFileThatWasWrittenOver() throws IOException {
    Path built = Checkout.ROOT.resolve("target");
    Map<String, String> there = Map.of("JKEEPALIVED_HOME", "/tmp/home");
    try (TwoNodes nodes = new TwoNodes()) {
      Path home = Files.createDirectories(nodes.first.directory().resolve("tmp/home"));
      Path program = Files.copy(built.resolve("jkeepalived.jar"), home.resolve("jkeepalived.jar"));
      Files.createSymbolicLink(home.resolve("lib"), built.resolve("lib"));
      nodes.first.configure(instance(255).text());
      StartedDaemon master = nodes.first.start(DaemonKind.JKEEPALIVED, List.of(), there);
      nodes.awaitFirstIsMaster();
      Await.until(
          "a stop can be made",
          () -> master.log().contains("What a stop needs is loaded: "),
          master::log);
      // when that is answered, what is done after the start is done
      Operator.assertSays(Operator.ask(master, "status"), 0, "VI_1");
      try (FileChannel file = FileChannel.open(program, StandardOpenOption.WRITE)) {
        file.write(ByteBuffer.allocate((int) Files.size(program)), 0); // the same file
      }
      assertEquals(1, release(nodes, there), "no program can be read from it");
      assertTrue(nodes.first.has(VIRTUAL), master::log);
      assertEquals(0, master.stop(), master::log);
      assertFalse(nodes.first.has(VIRTUAL), master::log);
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
