package org.jkeepalived.lvs.check;

import static org.jkeepalived.lvs.check.CheckStage.SECOND;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.EnumSet;
import java.util.HexFormat;
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

  private static final CheckStage.Arrival WELL = answer("0000 8180");
  private static final CheckStage.Arrival NO_SUCH_NAME = answer("0000 8183");
  private static final Datagrams.Ending PORT_CLOSED =
      new Datagrams.Ending(
          Datagrams.Ending.Kind.FAILED,
          "connection refused",
          new Datagrams.KernelError(111, "Connection refused"));
  private static final Datagrams.Ending LATE =
      new Datagrams.Ending(Datagrams.Ending.Kind.SILENT, "no answer within 5 s");

  /** Of the question with id 0, which is what chance gives here. */
  private static CheckStage.Arrival answer(String idAndFlags) {
    String header = idAndFlags.replace(" ", "") + "0001000000000000";
    return new CheckStage.Arrival(HexFormat.of().parseHex(header));
  }

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
        1 ask
        11 ask
        11 log DNS_CHECK ([10.0.0.1]:tcp:80) read error occurred. (rcode = 3)
        11 log DNS_CHECK [10.0.0.1]:tcp:80 of [10.0.0.9]:tcp:80: response code 3, wanted 0
        12 ask
        12 log DNS_CHECK ([10.0.0.1]:tcp:80) read timeout from socket
        12 log DNS_CHECK [10.0.0.1]:tcp:80 of [10.0.0.9]:tcp:80: no answer within 5 s
        13 ask
        13 log DNS_CHECK ([10.0.0.1]:tcp:80) failed to read socket; errno 111 (Connection refused) after 2 retries
        13 log DNS_CHECK [10.0.0.1]:tcp:80 of [10.0.0.9]:tcp:80: connection refused
        13 failed DNS_CHECK: failed on service
        23 ask
        23 succeeded DNS_CHECK: succeed on service""",
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
    String unseen =
        dns(0, false, new Datagrams.Ending(Datagrams.Ending.Kind.FAILED, "nobody has the address"))
            .start()
            .until(2)
            .happened();
    assertTrue(unseen.contains("read timeout from socket\n"), unseen);
    assertTrue(unseen.contains(": nobody has the address\n"), unseen);
  }

  @Test
  void retriesOfDnsAreSilentUnlessAllFailuresAreLogged() {
    assertEquals(
        "1 ask\n11 ask\n12 ask\n13 ask",
        dns(2, false, WELL, NO_SUCH_NAME, NO_SUCH_NAME, WELL).start().until(14).happened());
  }

  @Test
  void whatIsSentToANameServer() {
    CheckStage stage = dns(0, false, WELL);
    stage.start().until(2);
    Datagrams.Question question = stage.asked.get(0);
    assertEquals(Datagrams.Kind.UDP, question.kind());
    assertEquals(
        "0000010000010000000000000000060001", HexFormat.of().formatHex(question.payload()));
  }

  @Test
  void whatIsNoAnswerIsCounted() {
    String happened = dns(0, false, answer("0001 8180")).start().until(2).happened();
    assertTrue(happened.contains("read timeout from socket\n"), happened);
    assertTrue(happened.contains(": late, 1 datagram was none"), happened);
  }

  @Test
  void whatWasNotAskedIsNeitherCountedNorToldOf() {
    Conversations.Ending mail =
        new Conversations.Ending(Conversations.Ending.Kind.NOT_ASKED, "why");
    assertEquals("1 talk\n11 talk", smtp(1, false, true, mail).start().until(12).happened());
    Datagrams.Ending name = new Datagrams.Ending(Datagrams.Ending.Kind.NOT_ASKED, "why");
    CheckStage stage = dns(1, true, name);
    assertEquals("1 ask\n11 ask", stage.start().until(12).happened());
    assertEquals(0, stage.running().look().runs());
  }
}
