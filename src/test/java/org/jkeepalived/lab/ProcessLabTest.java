package org.jkeepalived.lab;

import static org.jkeepalived.lab.TwoNodes.FROM_1;
import static org.jkeepalived.lab.TwoNodes.VIRTUAL;
import static org.jkeepalived.lab.TwoNodes.instance;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.List;

/** One daemon a pid file, whatever lies around. */
@Lab
final class ProcessLabTest {

  @EachDaemon
  void secondDaemonWithTheSamePidFileGivesUp(DaemonKind kind) {
    try (TwoNodes nodes = new TwoNodes()) {
      StartedDaemon master = nodes.first.start(kind, instance(150).text());
      nodes.awaitFirstIsMaster();

      nodes.first.start(kind, List.of()).awaitExit();
      assertTrue(master.isAlive());
      assertTrue(nodes.first.has(VIRTUAL), nodes::evidence);
      nodes.awaitAdvertisements(3, FROM_1);
      assertTrue(
          nodes.wire.advertisements(FROM_1).stream().allMatch(each -> each.priority() == 150),
          nodes::evidence);
    }
  }

  @EachDaemon
  void pidFileOfTheDeadIsNoObstacle(DaemonKind kind) {
    try (TwoNodes nodes = new TwoNodes()) {
      StartedDaemon master = nodes.first.start(kind, instance(150).text());
      nodes.awaitFirstIsMaster();
      master.kill();

      nodes.wire.skip();
      nodes.first.start(kind, instance(150).text());
      nodes.awaitFirstIsMaster();
    }
  }

  @EachDaemon
  void pidFileThatNamesSomebodyElseIsNoObstacle(DaemonKind kind) {
    assumeTrue(kind != DaemonKind.KEEPALIVED, "keepalived 2.2.7 believes the number");
    try (TwoNodes nodes = new TwoNodes()) {
      nodes.first.write("run/lab.pid", ProcessHandle.current().pid() + "\n");
      nodes.first.write("run/lab-vrrp.pid", ProcessHandle.current().pid() + "\n");
      nodes.first.start(kind, instance(150).text());
      nodes.awaitFirstIsMaster();
    }
  }

  @EachDaemon
  void pidFileHoldsThePidAndIsRemovedAtTheEnd(DaemonKind kind) {
    try (TwoNodes nodes = new TwoNodes()) {
      StartedDaemon master = nodes.first.start(kind, instance(150).text());
      nodes.awaitFirstIsMaster();
      assertTrue(
          nodes.first.read("run/lab.pid").trim().equals(Long.toString(master.pid())),
          nodes::evidence);
      master.stop();
      assertTrue(nodes.first.read("run/lab.pid").isEmpty(), nodes::evidence);
    }
  }

  @EachDaemon
  void corePatternLastsAsLongAsTheDaemon(DaemonKind kind) {
    assumeTrue(kind != DaemonKind.KEEPALIVED, "it does not truncate the file, which /proc excuses");
    try (TwoNodes nodes = new TwoNodes()) {
      nodes.first.write("core_pattern", "before\n");
      nodes.first.configure(instance(150).text());
      StartedDaemon master = nodes.first.start(kind, List.of("-Mduring"));
      nodes.awaitFirstIsMaster();
      assertEquals("during", nodes.first.read("core_pattern"), nodes::evidence);
      master.stop();
      assertEquals("before\n", nodes.first.read("core_pattern"), nodes::evidence);
    }
  }
}
