package org.jkeepalived.lab;

import static org.jkeepalived.lab.InstanceBlock.DEVICE;
import static org.jkeepalived.lab.TwoNodes.instance;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.util.List;

/** What scripts and FIFOs hear of an instance; word for word the same from both daemons. */
@Lab
final class NotificationLabTest {

  private static final String OWN_LOG = "tmp/own.log";
  private static final String ANY_LOG = "tmp/any.log";
  private static final String FIFO_LOG = "tmp/fifo.log";

  /** keepalived tells it to end first and of the last states then: it reads on. */
  private static final String READER =
      """
      trap : TERM
      exec < "$2"
      while read -r line; do echo "$1 $line" >> /tmp/fifo.log; done
      """;

  private static final String GLOBALS =
      """
      global_defs {
          script_user root
          notify_fifo /run/fifo
          notify_fifo_script "/bin/bash /etc/keepalived/reader.sh heard"
      }
      """;

  private static final String[] SCRIPTS = {
    own("master"), own("backup"), own("fault"), own("stop"), "notify " + logged("any", "")
  };

  private static String own(String occasion) {
    return "notify_" + occasion + " " + logged("own", occasion);
  }

  private static String logged(String log, String words) {
    return "\"/bin/bash /etc/keepalived/" + log + ".sh " + words + "\"";
  }

  private static void prepare(Node node) {
    node.write("etc/own.sh", "echo \"$*\" >> /tmp/own.log\n");
    node.write("etc/any.sh", "echo \"$*\" >> /tmp/any.log\n");
    node.write("etc/reader.sh", READER);
  }

  private static void await(Node node, String file, String... lines) {
    String expected = String.join("\n", lines) + "\n";
    Await.until(
        "in " + file + ": " + expected,
        () -> node.read(file).equals(expected),
        () -> node.read(file) + node.evidence());
  }

  @EachDaemon
  void everyTransitionIsTold(DaemonKind kind) {
    try (TwoNodes nodes = new TwoNodes()) {
      Node node = nodes.first;
      prepare(node);
      StartedDaemon daemon = node.start(kind, GLOBALS + instance(150).with(SCRIPTS).text());
      nodes.awaitFirstIsMasterAlone();
      node.unplug(DEVICE);
      node.awaitHasNot(TwoNodes.VIRTUAL);
      node.plug(DEVICE);
      node.awaitHas(TwoNodes.VIRTUAL);
      await(node, OWN_LOG, "backup", "master", "fault", "backup", "master");
      daemon.signal("HUP");
      nodes.awaitAdvertisements(3, TwoNodes.FROM_1);
      daemon.stop();

      await(node, OWN_LOG, "backup", "master", "fault", "backup", "master", "stop");
      String[] states = {"BACKUP", "MASTER", "FAULT", "BACKUP", "MASTER", "STOP"};
      await(node, ANY_LOG, told("INSTANCE VI_1 %s 150", states));
      await(node, FIFO_LOG, told("heard INSTANCE \"VI_1\" %s 150", states));
      if (kind == DaemonKind.JKEEPALIVED) { // keepalived 2.2.7 leaves it there after a reload
        assertFalse(Files.exists(node.directory().resolve("run/fifo")));
      }
    }
  }

  private static String[] told(String format, String... states) {
    return List.of(states).stream().map(state -> format.formatted(state)).toArray(String[]::new);
  }

  @EachDaemon
  void whatAReloadRemovesIsToldToBeInFaultOrDeleted(DaemonKind kind) {
    InstanceBlock kept = instance(150).with("notify " + logged("any", ""));
    InstanceBlock removed =
        InstanceBlock.of(150, "192.168.32.201/16")
            .named("VI_2", 52)
            .with(own("fault"), own("stop"), "notify " + logged("any", ""));
    InstanceBlock deleted =
        InstanceBlock.of(150, "192.168.32.202/16")
            .named("VI_3", 53)
            .with(own("fault"), own("deleted"), "notify " + logged("any", ""));
    try (TwoNodes nodes = new TwoNodes()) {
      Node node = nodes.first;
      prepare(node);
      StartedDaemon daemon =
          node.start(kind, GLOBALS + kept.text() + removed.text() + deleted.text());
      node.awaitHas("192.168.32.201");
      node.awaitHas("192.168.32.202");
      Await.until("all are told", () -> node.read(ANY_LOG).lines().count() == 6);
      node.delete(ANY_LOG);

      node.configure(GLOBALS + kept.text() + removed.text());
      daemon.signal("HUP");
      await(node, ANY_LOG, "INSTANCE VI_3 DELETED 150");
      node.configure(GLOBALS + kept.text());
      daemon.signal("HUP");
      await(node, ANY_LOG, "INSTANCE VI_3 DELETED 150", "INSTANCE VI_2 FAULT 150");
      nodes.awaitAdvertisements(2, TwoNodes.FROM_1);
      await(node, OWN_LOG, "deleted");
      Await.until(
          "the FIFO hears it too",
          () -> node.read(FIFO_LOG).endsWith("heard INSTANCE \"VI_2\" FAULT 150\n"));
    }
  }

  @EachDaemon
  void prioritiesAreToldWhereThatIsWanted(DaemonKind kind) {
    String file =
        """
        vrrp_track_file number {
            file /tmp/number
        }
        """;
    String tracks = "track_file {\n number weight 1\n }";
    try (TwoNodes nodes = new TwoNodes()) {
      Node node = nodes.first;
      prepare(node);
      node.write("tmp/number", "0");
      node.start(
          kind,
          GLOBALS
              + file
              + instance(150).with(tracks, "notify_priority_changes on").text()
              + InstanceBlock.of(140, "192.168.32.201/16").named("VI_2", 52).with(tracks).text());
      node.awaitHas(TwoNodes.VIRTUAL);
      node.awaitHas("192.168.32.201");
      Await.until("all are told", () -> node.read(FIFO_LOG).lines().count() == 4);
      node.delete(FIFO_LOG);

      node.write("tmp/number", "7");
      await(node, FIFO_LOG, "heard INSTANCE \"VI_1\" MASTER_PRIORITY 157");
    }
  }

  @EachPair
  void aMasterThatHearsALowerOneIsTold(Pair pair) {
    try (TwoNodes nodes = new TwoNodes()) {
      Node node = nodes.first;
      prepare(node);
      node.start(pair.first(), GLOBALS + instance(150).with(own("master_rx_lower_pri")).text());
      nodes.awaitFirstIsMaster();
      nodes.second.deafen(DEVICE);
      nodes.second.start(pair.second(), instance(100).text());
      nodes.second.awaitHas(TwoNodes.VIRTUAL);

      Await.until(
          "a lower priority",
          () -> node.read(FIFO_LOG).contains("heard INSTANCE \"VI_1\" MASTER_RX_LOWER_PRI 150\n"),
          nodes::evidence);
      Await.until(
          "its script",
          () -> node.read(OWN_LOG).startsWith("master_rx_lower_pri\n"),
          nodes::evidence);
    }
  }

  @EachDaemon
  void aReloadTellsTheStatesAgainWhereThatIsWanted(DaemonKind kind) {
    assumeTrue(kind != DaemonKind.KEEPALIVED, "keepalived 2.2.7 tells those of groups only");
    String globals =
        GLOBALS.replace("script_user", "fifo_write_vrrp_states_on_reload\nscript_user");
    try (TwoNodes nodes = new TwoNodes()) {
      Node node = nodes.first;
      prepare(node);
      StartedDaemon daemon = node.start(kind, globals + instance(150).text());
      nodes.awaitFirstIsMasterAlone();
      daemon.signal("HUP");
      String[] lines = told("heard INSTANCE \"VI_1\" %s 150", "BACKUP", "MASTER", "MASTER");
      await(node, FIFO_LOG, lines);
    }
  }

  @EachDaemon
  void manyScriptsOfOneInstanceRunInOrder(DaemonKind kind) {
    assumeTrue(kind != DaemonKind.KEEPALIVED, "keepalived starts them all at once");
    try (TwoNodes nodes = new TwoNodes()) {
      Node node = nodes.first;
      node.write("etc/any.sh", "sleep 2\necho \"$3\" >> /tmp/any.log\n");
      node.start(kind, GLOBALS + instance(150).with("notify " + logged("any", "")).text());
      nodes.awaitFirstIsMasterAlone();
      node.unplug(DEVICE);
      node.awaitHasNot(TwoNodes.VIRTUAL);
      node.plug(DEVICE);
      await(node, ANY_LOG, "BACKUP", "MASTER", "FAULT", "BACKUP", "MASTER");
    }
  }
}
