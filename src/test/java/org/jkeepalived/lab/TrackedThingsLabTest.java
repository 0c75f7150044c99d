package org.jkeepalived.lab;

import static org.jkeepalived.lab.TwoNodes.FROM_1;
import static org.jkeepalived.lab.TwoNodes.VIRTUAL;
import static org.jkeepalived.lab.TwoNodes.instance;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Tracked files and processes, tracking by a sync group, and reloads while scripts run. */
@Lab
final class TrackedThingsLabTest {

  private static final String ROOT = "global_defs {\n    script_user root\n}\n";

  /** The name of a program that nobody else runs; the kernel knows 15 characters of it. */
  private static final String PROGRAM = "jk" + ProcessHandle.current().pid();

  private static void await(TwoNodes nodes, int priority) {
    await(nodes, 51, priority);
  }

  private static void await(TwoNodes nodes, int vrid, int priority) {
    nodes.wire.nextAdvertisement(
        "k1 with " + priority + " for " + vrid,
        FROM_1.and(each -> each.priority() == priority && each.vrid() == vrid));
  }

  private static String trackFile(String line) {
    return "track_file load {\n    file /tmp/load\n    init_file 1\n}\n"
        + instance(100).with("track_file {", line, "}").text();
  }

  @EachDaemon
  void fileWithWeight(DaemonKind kind) {
    try (TwoNodes nodes = new TwoNodes()) {
      nodes.first.start(kind, trackFile("load weight -10"));
      await(nodes, 90);
      nodes.first.write("tmp/load", "4\n");
      await(nodes, 60);
      nodes.first.delete("tmp/load");
      await(nodes, 100);
    }
  }

  @EachDaemon
  void fileWithoutWeight(DaemonKind kind) {
    try (TwoNodes nodes = new TwoNodes()) {
      nodes.first.write("tmp/load", "0");
      nodes.first.start(kind, trackFile("load weight 0"));
      await(nodes, 100);
      nodes.first.awaitHas(VIRTUAL);
      nodes.first.write("tmp/load", "1");
      await(nodes, 0);
      nodes.first.awaitHasNot(VIRTUAL);
      nodes.first.write("tmp/load", "0");
      await(nodes, 100);
      nodes.first.awaitHas(VIRTUAL);
    }
  }

  /** keepalived hears of processes in the machine's first network namespace only. */
  @Test
  void processWithWeight() throws IOException {
    try (TwoNodes nodes = new TwoNodes()) {
      Path program = nodes.first.directory().resolve(PROGRAM);
      Files.copy(Path.of("/bin/sleep"), program);
      nodes.first.start(
          DaemonKind.JKEEPALIVED,
          "vrrp_track_process p {\n    process "
              + PROGRAM
              + "\n    weight -30\n}\n"
              + instance(100).with("track_process {", "p", "}").text());
      await(nodes, 70);
      Process running =
          nodes.first.start(ProcessBuilder.Redirect.DISCARD, program.toString(), "1000");
      await(nodes, 100);
      running.destroyForcibly();
      await(nodes, 70);
    }
  }

  @EachDaemon
  void scriptOfAGroupMovesAllItsMembers(DaemonKind kind) {
    try (TwoNodes nodes = new TwoNodes()) {
      nodes.first.write("tmp/say", "exit 0");
      nodes.first.start(
          kind,
          ROOT
              + "vrrp_script say {\n    script \"/bin/sh /tmp/say\"\n    interval 1\n}\n"
              + "vrrp_sync_group G {\n    group {\n        VI_1\n        VI_2\n    }\n"
              + "    track_script {\n        say weight -20\n    }\n}\n"
              + instance(100).text()
              + instance(110).named("VI_2", 52).withAddresses("192.168.32.202/16").text());
      await(nodes, 51, 100);
      await(nodes, 52, 110);
      nodes.first.write("tmp/say", "exit 1");
      await(nodes, 51, 80);
      await(nodes, 52, 90);
    }
  }

  @EachDaemon
  void groupTellsOfItsTransitions(DaemonKind kind) {
    try (TwoNodes nodes = new TwoNodes()) {
      nodes.first.write("tmp/tell", "echo $* >> /tmp/told");
      nodes.first.start(
          kind,
          ROOT
              + "vrrp_sync_group G {\n    group {\n        VI_1\n        VI_2\n    }\n"
              + "    notify \"/bin/sh /tmp/tell\"\n"
              + "    notify_master \"/bin/sh /tmp/tell own\"\n}\n"
              + instance(100).text()
              + instance(110).named("VI_2", 52).withAddresses("192.168.32.202/16").text());
      for (String line : new String[] {"GROUP G BACKUP 0\n", "own\n", "GROUP G MASTER 0\n"}) {
        Await.until(
            "told " + line, () -> nodes.first.read("tmp/told").contains(line), nodes::evidence);
      }
      nodes.first.unplug(InstanceBlock.DEVICE);
      Await.until(
          "told of the fault",
          () -> nodes.first.read("tmp/told").endsWith("GROUP G FAULT 0\n"),
          nodes::evidence);
    }
  }

  @Test
  void reloadWhileScriptsRunLeavesNoOrphanAndTellsNothingTwice() throws IOException {
    try (TwoNodes nodes = new TwoNodes()) {
      Path program = nodes.first.directory().resolve(PROGRAM + "s");
      Files.copy(Path.of("/bin/sleep"), program);
      String script =
          ROOT
              + "vrrp_script slow {\n    script \""
              + program
              + " 1000\"\n    interval 1\n    timeout 500\n    weight 1\n}\n";
      InstanceBlock plain = instance(100).with("notify \"/bin/sh /tmp/tell\"");
      nodes.first.write("tmp/tell", "echo $3 >> /tmp/told");
      String tracking = script + plain.with("track_script {", "slow", "}").text();
      StartedDaemon daemon = nodes.first.start(DaemonKind.JKEEPALIVED, tracking);
      await(nodes, 100);
      Await.until("told", () -> nodes.first.read("tmp/told").contains("MASTER"), nodes::evidence);
      for (int i = 0; i < 3; i++) {
        daemon.signal("HUP");
        nodes.awaitAdvertisements(2, FROM_1);
        assertEquals(1, runs(program), nodes::evidence);
      }
      nodes.first.configure(plain.text());
      daemon.signal("HUP");
      Await.until("the script is gone", () -> runs(program) == 0, nodes::evidence);
      assertEquals("BACKUP\nMASTER\n", nodes.first.read("tmp/told"));
    }
  }

  private static long runs(Path program) {
    return ProcessHandle.allProcesses()
        .filter(each -> each.info().command().filter(program.toString()::equals).isPresent())
        .count();
  }
}
