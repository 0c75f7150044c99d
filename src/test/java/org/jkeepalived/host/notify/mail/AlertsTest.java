package org.jkeepalived.host.notify.mail;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jkeepalived.host.notify.mail.FakeSmtpServer.Received;
import org.jkeepalived.log.LoggedLines;
import org.jkeepalived.model.MailSettings;
import org.jkeepalived.model.Notifications;
import org.jkeepalived.notify.LvsEvent;
import org.jkeepalived.notify.Subject;
import org.jkeepalived.notify.What;
import org.jkeepalived.notify.mail.MailSample;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** From an event to the mail that a server takes. */
@Timeout(120)
class AlertsTest {

  private static final long NO_PATIENCE_MILLIS = 50;

  private final FakeSmtpServer server = new FakeSmtpServer();
  private final LoggedLines lines = new LoggedLines("org.jkeepalived.host.notify.mail");
  private final Alerts alerts = MailSample.alerts();

  @AfterEach
  void close() {
    alerts.close(NO_PATIENCE_MILLIS);
    lines.close();
    server.close();
  }

  private void configure() {
    alerts.configure("k1", Optional.of(MailSample.settings(MailSample.server(server.port()))));
  }

  /** The dialogue too is the one that keepalived 2.2.7 had. */
  @Test
  void aTransitionBecomesKeepalivedsMail() {
    configure();
    alerts.happened(MailSample.instance("VI_1", What.MASTER));
    assertEquals(
        new Received(
            "<keepalived@localhost>",
            List.of("<a@example.com>", "<b@example.com>"),
            """
            Date: Sun, 22 Nov 2026 21:14:25 +0000
            From: keepalived@localhost
            Subject: [k1] VRRP Instance VI_1 - Entering MASTER state
            X-Mailer: Keepalived
            To: a@example.com,
             b@example.com

            => VRRP Instance is now owning VRRP VIPs <=

            """),
        server.next());
    lines.await("SMTP alert successfully sent.");
    alerts.close(FakeSmtpServer.PATIENCE_SECONDS * 1000);
    assertEquals(
        List.of(
            "HELO k1.example.com",
            "MAIL FROM:<keepalived@localhost>",
            "RCPT TO:<a@example.com>",
            "RCPT TO:<b@example.com>",
            "DATA",
            "QUIT"),
        server.heard());
    assertEquals(
        List.of(
            "Remote SMTP server [127.0.0.1]:" + server.port() + " connected.",
            "SMTP alert successfully sent."),
        lines.all());
  }

  @Test
  void aRealServersFailureBecomesKeepalivedsMail() {
    configure();
    for (boolean mailed : new boolean[] {false, true}) {
      alerts.happened(
          new LvsEvent.ServerState(
              "[10.9.0.11]:tcp:80",
              "[10.9.0.101]:tcp:80",
              false,
              Optional.empty(),
              mailed,
              "TCP CHECK failed on service"));
    }
    assertEquals(
        """
        Date: Sun, 22 Nov 2026 21:14:25 +0000
        From: keepalived@localhost
        Subject: [k1] Realserver [10.9.0.11]:tcp:80 of virtual server [10.9.0.101]:tcp:80 - DOWN
        X-Mailer: Keepalived
        To: a@example.com,
         b@example.com

        => TCP CHECK failed on service <=

        """,
        server.next().text());
    assertFalse(server.hasMail(), "the one that nobody wants");
  }

  @Test
  void noEmailFaultsKeepsNothingOfVirtualServers() {
    MailSettings with = MailSample.settings(MailSample.server(server.port()));
    alerts.configure(
        "k1",
        Optional.of(new MailSettings(with.recipients(), with.sender(), with.server(), false)));
    alerts.happened(
        new LvsEvent.QuorumState(
            "[grp]:0", false, Optional.empty(), true, "Lost quorum 1-0=1 > 0"));
    assertEquals("[k1] Virtualserver [grp]:0 - DOWN", server.next().header("Subject"));
  }

  @Test
  void onlyWhatIsConfiguredIsTold() {
    alerts.happened(MailSample.instance("before", What.MASTER));
    configure();
    alerts.happened(What.MASTER.of(Subject.instance("quiet"), 100, Notifications.NONE));
    alerts.happened(MailSample.instance("priority", What.MASTER_PRIORITY));
    alerts.happened(MailSample.instance("fault", What.FAULT));
    assertTrue(server.next().text().contains("fault - Entering FAULT state"));
    MailSettings with = MailSample.settings(MailSample.server(server.port()));
    alerts.configure(
        "k1",
        Optional.of(
            new MailSettings(List.of("c@example.com"), "d@example.com", with.server(), false)));
    alerts.happened(MailSample.instance("no fault", What.FAULT));
    alerts.happened(MailSample.instance("stop", What.STOP));
    Received stop = server.next();
    assertEquals("[k1] VRRP Instance stop - Stopping", stop.header("Subject"));
    assertEquals(List.of("<c@example.com>"), stop.recipients());
    assertFalse(server.hasMail());
  }

  @Test
  void aNameCannotForgeAMail() {
    configure();
    alerts.happened(
        MailSample.instance("x\r\n\r\n.\r\nMAIL FROM:<evil@example.com>\r\n", What.STOP));
    alerts.happened(MailSample.instance("zürich", What.STOP));
    assertEquals(
        "[k1] VRRP Instance x    .  MAIL FROM:<evil@example.com>   - Stopping",
        server.next().header("Subject"));
    assertTrue(server.next().header("Subject").startsWith("=?UTF-8?B?"));
  }

  @Test
  void aStormGoesOverFewConnections() {
    FakeSmtpServer busy = server;
    configure();
    Set<String> expected = new TreeSet<>();
    for (int i = 0; i < 100; i++) {
      alerts.happened(MailSample.instance("VI_" + i, What.BACKUP));
      expected.add("[k1] VRRP Instance VI_" + i + " - Entering BACKUP state");
    }
    Set<String> subjects = new TreeSet<>();
    for (int i = 0; i < 100; i++) {
      subjects.add(busy.next().header("Subject"));
    }
    assertEquals(expected, subjects);
    assertTrue(busy.connections() < 50, busy.connections() + " connections");
  }

  @Test
  void aDeadServerCostsOneLineAndGetsTheMailsLater() {
    server.die();
    configure();
    for (int i = 0; i < 10; i++) {
      alerts.happened(MailSample.instance("VI_" + i, What.BACKUP));
    }
    lines.await("Error connecting to remote SMTP server [127.0.0.1]:" + server.port() + ": ");
    lines.await("SMTP alerts waiting for the mail server: ");
    try (FakeSmtpServer other = new FakeSmtpServer()) {
      alerts.configure("k1", Optional.of(MailSample.settings(MailSample.server(other.port()))));
      List<String> subjects = new ArrayList<>();
      for (int i = 0; i < 10; i++) {
        subjects.add(other.next().header("Subject"));
      }
      assertEquals("[k1] VRRP Instance VI_0 - Entering BACKUP state", subjects.get(0));
      assertEquals("[k1] VRRP Instance VI_9 - Entering BACKUP state", subjects.get(9));
    }
    assertEquals(1, lines.count("Error connecting"));
  }

  @Test
  void withoutMailInTheConfigurationWhatWaitsIsGivenUp() {
    server.die();
    configure();
    alerts.happened(MailSample.instance("VI_1", What.BACKUP));
    lines.await("waiting for the mail server: 1");
    alerts.configure("k1", Optional.empty());
    lines.await("SMTP alerts not sent, as there is no mail to be sent any more: 1");
  }

  @Test
  void theMailAboutTheStopIsSent() {
    configure();
    alerts.happened(MailSample.instance("VI_1", What.STOP));
    alerts.close(FakeSmtpServer.PATIENCE_SECONDS * 1000);
    assertTrue(server.hasMail());
  }

  @Test
  void theStopWaitsForNoServerThatDoesNotAnswer() {
    server.conducting(FakeSmtpServer.Dialogue::fallSilent);
    alerts.configure("k1", Optional.of(MailSample.settings(MailSample.patient(server.port()))));
    alerts.happened(MailSample.instance("VI_1", What.STOP));
    server.awaitConnection();
    alerts.happened(MailSample.instance("VI_2", What.STOP));
    alerts.close(NO_PATIENCE_MILLIS);
    lines.await("SMTP alerts not sent before the end: 2");
    assertEquals(0, lines.count("waiting"));
  }

  @Test
  void theStopTriesADeadServerOnceAndNotForEver() {
    server.die();
    configure();
    alerts.happened(MailSample.instance("VI_1", What.STOP));
    alerts.close(FakeSmtpServer.PATIENCE_SECONDS * 1000);
    lines.await("SMTP alerts not sent before the end: 1");
  }

  @Test
  void theStopTriesAMailThatIsPutOffOnceAndTheOthersToo() {
    server.replying("RCPT", "451 later");
    configure();
    for (String name : List.of("VI_1", "VI_2", "VI_3")) {
      alerts.happened(MailSample.instance(name, What.STOP));
    }
    alerts.close(FakeSmtpServer.PATIENCE_SECONDS * 1000);
    lines.await("SMTP alerts not sent before the end: 3");
    long tries = server.heard().stream().filter(line -> line.startsWith("MAIL")).count();
    assertTrue(tries < 20, tries + " tries"); // some of them before the end was near
  }

  @Test
  void aRefusedMailIsGivenUpAndTheNextIsSent() {
    server.replying("BODY", "554 spam\u001b[31m");
    configure();
    alerts.happened(MailSample.instance("VI_1", What.MASTER));
    lines.await(
        "Error processing BODY cmd on SMTP server [127.0.0.1]:"
            + server.port()
            + ". SMTP status code = 554 (554 spam");
    lines.await("SMTP alerts are given up: the mail server refuses them");
    server.behaveAgain();
    alerts.happened(MailSample.instance("VI_2", What.MASTER));
    assertTrue(server.next().text().contains("VI_2"));
    lines.await("1 SMTP alerts were given up before the mail server took one again");
  }

  @Test
  void oneBadRecipientKeepsTheMailFromNobodyElse() {
    server.replying("RCPT TO:<a@example.com>", "550 who?");
    configure();
    alerts.happened(MailSample.instance("VI_1", What.MASTER));
    assertEquals(List.of("<b@example.com>"), server.next().recipients());
    lines.await("successfully sent");
    String label = "[127.0.0.1]:" + server.port();
    assertEquals(
        List.of(
            "Remote SMTP server " + label + " connected.",
            "Error processing RCPT cmd on SMTP server "
                + label
                + ". SMTP status code = 550 for a@example.com (550 who?)",
            "SMTP alert successfully sent to the others."),
        lines.all());
  }

  @Test
  void eachBadRecipientIsNamedOnce() {
    server.replying("RCPT TO:<a@example.com>", "550 who?");
    server.replying("RCPT TO:<b@example.com>", "550 who?");
    configure();
    for (int i = 0; i < 3; i++) {
      alerts.happened(MailSample.instance("VI_" + i, What.MASTER));
    }
    alerts.close(FakeSmtpServer.PATIENCE_SECONDS * 1000);
    assertEquals(1, lines.count("550 for a@example.com"));
    assertEquals(1, lines.count("550 for b@example.com"));
  }

  @Test
  void aRecipientThatIsPutOffIsTriedAgainAlone() {
    server.replying("RCPT TO:<a@example.com>", "451 greylisted");
    configure();
    alerts.happened(MailSample.instance("VI_1", What.MASTER));
    assertEquals(List.of("<b@example.com>"), server.next().recipients());
    server.behaveAgain();
    assertEquals(List.of("<a@example.com>"), server.next().recipients());
    assertFalse(server.hasMail());
  }
}
