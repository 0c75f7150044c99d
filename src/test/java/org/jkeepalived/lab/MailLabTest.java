package org.jkeepalived.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.jkeepalived.host.notify.mail.SendAlert;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Alerts, handed to a real mail server. */
@Lab
final class MailLabTest {

  private static final String RECIPIENT = "root@localhost";

  @BeforeAll
  static void requireServer() {
    assumeTrue(MailServer.isPresent(), "this machine has another mail system than OpenSMTPD");
  }

  private static void assertAlert(String mail) {
    assertTrue(mail.contains("From: keepalived@localhost\n"), mail);
    assertTrue(mail.contains("\nSubject: [k1] VRRP Instance VI_1 - Entering MASTER state\n"), mail);
    assertTrue(mail.contains("\nX-Mailer: Keepalived\n"), mail);
    assertTrue(mail.contains("\n\n=> VRRP Instance is now owning VRRP VIPs <=\n"), mail);
  }

  @Test
  void theServerTakesAnAlert() {
    try (Cluster cluster = Cluster.open()) {
      Node node = cluster.addNode("k1", "eth0", "192.168.32.129/16");
      MailServer server = MailServer.start(node);
      Shell.Result sent =
          node.execute(
              Path.of(System.getProperty("java.home"), "bin", "java").toString(),
              "-cp",
              System.getProperty("surefire.test.class.path"),
              SendAlert.class.getName(),
              "127.0.0.1",
              "25",
              "NONE",
              RECIPIENT);
      assertEquals(new Shell.Result(0, ""), sent);
      assertAlert(server.awaitMail(RECIPIENT, "VI_1"));
    }
  }

  /** What {@code notify.sh} of the scenarios does with {@code mail}. */
  @Test
  void theNodesMailerHandsToTheServer() {
    try (Cluster cluster = Cluster.open()) {
      Node node = cluster.addNode("k1", "eth0", "192.168.32.129/16");
      MailServer server = MailServer.start(node);
      Shell.Result sent =
          node.execute(
              "unshare",
              "--mount",
              "sh",
              "-ec",
              "mount --bind \"$1/run\" /run; echo changed | mail -s 'to be master' \"$2\"",
              "sh",
              node.directory().toString(),
              RECIPIENT);
      assertEquals(0, sent.exitCode(), sent.output());
      assertTrue(server.awaitMail(RECIPIENT, "to be master").contains("\nchanged\n"));
    }
  }

  /** A line of notify.sh for each transition, on two nodes, as it is published. */
  @EachPair
  void notifyScenario(Pair pair) throws IOException {
    try (TwoNodes nodes = new TwoNodes("ens33")) {
      MailServer first = prepare(nodes.first);
      MailServer second = prepare(nodes.second);

      nodes.second.start(pair.second(), Checkout.scenario("notify-k2"));
      second.awaitMail(RECIPIENT, "Subject: k2 to be backup, vip floating\n");
      second.awaitMail(RECIPIENT, "Subject: k2 to be master, vip floating\n");
      nodes.awaitSecondIsMaster();

      nodes.first.start(pair.first(), Checkout.scenario("notify-k1"));
      String master = first.awaitMail(RECIPIENT, "Subject: k1 to be master, vip floating\n");
      assertTrue(master.contains(": vrrp transition, k1 changed to be master\n"), master);
      awaitMails(second, "to be backup", 2);

      nodes.first.unplug("ens33");
      first.awaitMail(RECIPIENT, "Subject: k1 to be fault, vip floating\n");
      awaitMails(second, "to be master", 2);
    }
  }

  private static void awaitMails(MailServer server, String subject, int count) {
    Await.until(
        count + " mails with " + subject,
        () ->
            server.mails(RECIPIENT).stream()
                    .filter(each -> each.contains(subject + ", vip floating\n"))
                    .count()
                == count,
        server::evidence);
  }

  private static MailServer prepare(Node node) throws IOException {
    node.separateProcesses();
    Path script = node.directory().resolve("etc/notify.sh");
    Files.copy(Checkout.SCENARIOS.resolve("notify.sh"), script);
    Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
    return MailServer.start(node);
  }

  /** What the daemon itself sends: the instance becomes backup, then master, then it fails. */
  @EachDaemon
  void alertsOfAnInstance(DaemonKind kind) {
    try (Cluster cluster = Cluster.open()) {
      Node node = cluster.addNode("k1", "eth0", "192.168.32.129/16");
      MailServer server = MailServer.start(node);
      StartedDaemon daemon =
          node.start(
              kind,
              """
          global_defs {
            notification_email {
              root@localhost
              ops@example.com
            }
            notification_email_from keepalived@localhost
            smtp_server 127.0.0.1
            router_id k1
            smtp_alert
          }
          vrrp_instance VI_1 {
            interface eth0
            virtual_router_id 55
            virtual_ipaddress { 192.168.32.200/16 }
          }
          """);
      server.awaitMail(RECIPIENT, "VRRP Instance VI_1 - Entering BACKUP state\n");
      assertAlert(server.awaitMail(RECIPIENT, "VRRP Instance VI_1 - Entering MASTER state\n"));
      node.unplug("eth0");
      String fault = server.awaitMail("ops@example.com", "Entering FAULT state\n");
      // 2.4 folds, and so do we; what is installed may be older
      String comma = kind == DaemonKind.JKEEPALIVED ? ",\n " : ", ";
      assertTrue(fault.contains("\nTo: root@localhost" + comma + "ops@example.com\n"), fault);
      daemon.stop();
      if (kind == DaemonKind.JKEEPALIVED) { // keepalived ends before the server takes this one
        server.awaitMail(RECIPIENT, "VRRP Instance VI_1 - Stopping\n");
      }
    }
  }
}
