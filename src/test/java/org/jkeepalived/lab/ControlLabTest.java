package org.jkeepalived.lab;

import static org.jkeepalived.lab.TwoNodes.instance;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Who answers when somebody asks, and where. */
@Lab
final class ControlLabTest {

  /** When memory is short, nothing is made any more. */
  @Test
  void theThreadThatAnswersIsThereBeforeAnybodyAsks() {
    try (TwoNodes nodes = new TwoNodes()) {
      StartedDaemon daemon = nodes.first.start(DaemonKind.JKEEPALIVED, instance(150).text());
      nodes.awaitFirstIsMaster();
      List<String> before = threads(daemon);
      assertTrue(before.contains("control"), before::toString);

      // JSON: a real-time signal, which the Java VM knows nothing of
      Reports.await(nodes, daemon, "36", "json", text -> text.endsWith("]\n"));
      List<String> more = new ArrayList<>(threads(daemon));
      before.forEach(more::remove);
      assertEquals(List.of(), more, "made because somebody asked");
    }
  }

  /** Those that the Java VM makes and ends as it compiles are its own concern. */
  private static List<String> threads(StartedDaemon daemon) {
    return daemon.threads().stream().filter(name -> !name.startsWith("C1 ")).toList();
  }

  /** The Java VM has hardly begun: what it would do by itself is to end with 143. */
  @Test
  void aStopThatComesBeforeAnybodyHearsSignalsIsObeyed() {
    try (TwoNodes nodes = new TwoNodes()) {
      StartedDaemon daemon = nodes.first.start(DaemonKind.JKEEPALIVED, instance(150).text());
      Path program = Path.of("/proc", Long.toString(daemon.pid()), "exe");
      Await.until("Java is there", () -> isJava(program), nodes::evidence);
      assertEquals(0, daemon.stop(), nodes::evidence);
    }
  }

  private static boolean isJava(Path program) {
    try {
      return Files.readSymbolicLink(program).endsWith("java");
    } catch (IOException gone) {
      return false;
    }
  }

  @Test
  void reportsGoWhereTemporaryFilesGo() throws IOException {
    try (TwoNodes nodes = new TwoNodes()) {
      Files.createDirectory(nodes.first.directory().resolve("tmp/mine"));
      nodes.first.configure(instance(150).text());
      StartedDaemon daemon =
          nodes.first.start(DaemonKind.JKEEPALIVED, List.of(), Map.of("TMPDIR", "/tmp/mine"));
      nodes.awaitFirstIsMaster();
      daemon.signal("USR1");
      Await.until(
          "a dump in the folder that was asked for",
          () -> nodes.first.read("tmp/mine/keepalived.data").contains("VRRP Instance = "),
          nodes::evidence);
      assertEquals("", nodes.first.read("tmp/keepalived.data"));
    }
  }
}
