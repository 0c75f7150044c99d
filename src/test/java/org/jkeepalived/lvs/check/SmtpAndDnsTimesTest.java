package org.jkeepalived.lvs.check;

import static org.jkeepalived.lvs.check.CheckStage.SECOND;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.EnumSet;
import org.jkeepalived.model.lvs.CheckSchedule;
import org.jkeepalived.model.lvs.DnsCheck;
import org.jkeepalived.model.lvs.SmtpCheck;
import org.junit.jupiter.api.Test;

/** When mail and name servers are asked, and the words of it. */
class SmtpAndDnsTimesTest {

  private static final String MAIL = "220 a\r\n|250 b\r\n|221 c\r\n";
  private static final String BUSY = "421 busy\r\n";
  private static final Conversations.Ending REFUSED =
      new Conversations.Ending(Conversations.Ending.Kind.CONNECT_FAILED, "connection refused");

  private static final String WELL = "0000 8180 0001 0000 0000 0000".replace(" ", "");
  private static final String NO_SUCH_NAME = "0000 8183 0001 0000 0000 0000".replace(" ", "");
  private static final Datagrams.Ending PORT_CLOSED =
      new Datagrams.Ending(Datagrams.Ending.Kind.UNREACHABLE, "Connection refused", 111);
  private static final Datagrams.Ending LATE =
      new Datagrams.Ending(Datagrams.Ending.Kind.TIMED_OUT, "no answer within 5 s", 0);
  private static final String QUESTION = "send 0000010000010000000000000000060001";

  private static CheckSchedule schedule(long retries, boolean alpha, boolean all) {
    return new CheckSchedule(10 * SECOND, 0, retries, SECOND, alpha, all);
  }

  private static CheckStage smtp(long retries, boolean alpha, boolean all, Object... answers) {
    return new CheckStage(
            new SmtpCheck(schedule(retries, alpha, all), CheckStage.connection(), "director.test"))
        .answering(answers);
  }

  private static CheckStage dns(long retries, boolean all, Object... answers) {
    return new CheckStage(
            new DnsCheck(
                schedule(retries, false, all), CheckStage.connection(), DnsCheck.Type.SOA, ""))
        .answering(answers);
  }

  @Test
  void wordsOfSmtp() {
    assertEquals(
        """
        1 talk
        1 SAY HELO director.test
        1 SAY QUIT
        1 END\s
        1 log Remote SMTP server [10.0.0.1]:tcp:80 succeed on service.
        11 talk
        11 END\s
        11 log SMTP_CHECK Bad greeting banner from server [10.0.0.1]:80
        11 log SMTP_CHECK [10.0.0.1]:tcp:80 of [10.0.0.9]:tcp:80: answered "421 busy", wanted 220
        12 talk
        12 log SMTP_CHECK Could not connect to server [10.0.0.1]:80
        12 log SMTP_CHECK [10.0.0.1]:tcp:80 of [10.0.0.9]:tcp:80: connection refused
        12 failed CHECK failed on service : Could not connect to server [10.0.0.1]:80
        22 talk
        22 SAY HELO director.test
        22 SAY QUIT
        22 END\s
        22 log Remote SMTP server [10.0.0.1]:tcp:80 succeed on service.
        22 succeeded CHECK succeed on service""",
        smtp(1, false, true, MAIL, BUSY, REFUSED, MAIL).start().until(23).happened());
  }

  /** Of all checks this one alone retries its first failure. */
  @Test
  void smtpRetriesItsFirstFailure() {
    assertEquals(
        """
        1 talk
        2 talk
        3 talk
        3 log SMTP_CHECK Could not connect to server [10.0.0.1]:80
        3 log SMTP_CHECK [10.0.0.1]:tcp:80 of [10.0.0.9]:tcp:80: connection refused
        3 failed CHECK failed on service : Could not connect to server [10.0.0.1]:80
        13 talk
        23 talk""",
        smtp(2, false, false, REFUSED).start().until(24).happened());
    CheckStage recovers = smtp(2, false, false, REFUSED, REFUSED, MAIL);
    String happened = recovers.start().until(4).happened();
    assertFalse(happened.contains("failed"), happened);
    assertTrue(happened.contains("3 log Remote SMTP server [10.0.0.1]:tcp:80 succeed"), happened);
    assertTrue(recovers.running().isUp());
    // the other kinds do not
    String other = dns(2, false, PORT_CLOSED).start().until(2).happened();
    assertTrue(other.contains("1 failed "), other);
  }

  @Test
  void aServerThatIsDownAtFirstIsAskedOnce() {
    assertEquals(
        """
        1 talk
        1 log SMTP_CHECK Could not connect to server [10.0.0.1]:80
        1 log SMTP_CHECK [10.0.0.1]:tcp:80 of [10.0.0.9]:tcp:80: connection refused
        11 talk""",
        smtp(2, true, false, REFUSED).start().until(12).happened());
  }

  @Test
  void wordsOfBrokenConversations() {
    for (Conversations.Ending.Kind kind :
        EnumSet.complementOf(
            EnumSet.of(Conversations.Ending.Kind.SAID, Conversations.Ending.Kind.NOT_ASKED))) {
      String words =
          switch (kind) {
            case CONNECT_FAILED -> "Could not connect to";
            case CONNECT_TIMED_OUT -> "Connection timeout to";
            case READ_FAILED -> "Read failure from";
            case READ_TIMED_OUT -> "Read timeout from";
            case SAID, NOT_ASKED -> throw new AssertionError();
          };
      String happened =
          smtp(0, false, false, new Conversations.Ending(kind, "why")).start().until(2).happened();
      assertEquals("1 log SMTP_CHECK " + words + " server [10.0.0.1]:80", happened.split("\n")[1]);
    }
    String bad = smtp(0, false, false, "220 a\r\n|501 no\r\n").start().until(2).happened();
    assertTrue(
        bad.contains("\n1 log SMTP_CHECK Bad HELO response from server [10.0.0.1]:80\n"), bad);
    String endless =
        smtp(0, false, false, "220 a\r\n|250 b\r\n|" + "x".repeat(20_000))
            .start()
            .until(2)
            .happened();
    assertTrue(
        endless.contains("\n1 log SMTP_CHECK Bad QUIT response from server [10.0.0.1]:80\n"),
        endless);
  }

  @Test
  void wordsOfDns() {
    assertEquals(
        """
        1 QUESTION
        11 QUESTION
        11 log DNS_CHECK ([10.0.0.1]:tcp:80) read error occurred. (rcode = 3)
        11 log DNS_CHECK [10.0.0.1]:tcp:80 of [10.0.0.9]:tcp:80: response code 3, wanted 0
        12 QUESTION
        12 log DNS_CHECK ([10.0.0.1]:tcp:80) read timeout from socket
        12 log DNS_CHECK [10.0.0.1]:tcp:80 of [10.0.0.9]:tcp:80: no answer within 5 s
        13 QUESTION
        13 log DNS_CHECK ([10.0.0.1]:tcp:80) failed to read socket; errno 111 (Connection refused) after 2 retries
        13 log DNS_CHECK [10.0.0.1]:tcp:80 of [10.0.0.9]:tcp:80: Connection refused
        13 failed DNS_CHECK: failed on service
        23 QUESTION
        23 succeeded DNS_CHECK: succeed on service"""
            .replace("QUESTION", QUESTION),
        dns(2, true, WELL, NO_SUCH_NAME, LATE, PORT_CLOSED, WELL).start().until(24).happened());
  }

  @Test
  void wordsOfDnsWhereTheFailureIsTheFirstOrTheOnlyOne() {
    String line =
        "1 log DNS_CHECK ([10.0.0.1]:tcp:80) failed to read socket; errno 111 (Connection refused)";
    for (boolean all : new boolean[] {false, true}) {
      String[] first = dns(3, all, PORT_CLOSED).start().until(2).happened().split("\n");
      assertEquals(line, first[1]);
      assertEquals("1 failed DNS_CHECK: failed on service", first[3]);
    }
    String[] only = dns(0, false, WELL, NO_SUCH_NAME).start().until(12).happened().split("\n");
    assertEquals("11 log DNS_CHECK ([10.0.0.1]:tcp:80) read error occurred. (rcode = 3)", only[2]);
    String[] socket =
        dns(0, false, new Datagrams.Ending(Datagrams.Ending.Kind.OPEN_FAILED, "why", 0))
            .start()
            .until(2)
            .happened()
            .split("\n");
    assertEquals("1 log DNS_CHECK ([10.0.0.1]:tcp:80) UDP socket cannot be opened", socket[1]);
  }

  @Test
  void retriesOfDnsAreSilentUnlessAllFailuresAreLogged() {
    assertEquals(
        "1 Q\n11 Q\n12 Q\n13 Q".replace("Q", QUESTION),
        dns(2, false, WELL, NO_SUCH_NAME, NO_SUCH_NAME, WELL).start().until(14).happened());
  }

  @Test
  void whatIsNoAnswerIsCounted() {
    String happened = dns(0, false, "0001" + WELL.substring(4)).start().until(2).happened();
    assertTrue(happened.contains("read timeout from socket\n"), happened);
    assertTrue(happened.contains(": late, 1 datagram was none"), happened);
  }

  @Test
  void whatWasNotAskedIsNeitherCountedNorToldOf() {
    Conversations.Ending mail =
        new Conversations.Ending(Conversations.Ending.Kind.NOT_ASKED, "why");
    assertEquals("1 talk\n11 talk", smtp(1, false, true, mail).start().until(12).happened());
    Datagrams.Ending name = new Datagrams.Ending(Datagrams.Ending.Kind.NOT_ASKED, "why", 0);
    CheckStage stage = dns(1, true, name);
    assertEquals("1 Q\n11 Q".replace("Q", QUESTION), stage.start().until(12).happened());
    assertEquals(0, stage.running().look().runs());
  }
}
