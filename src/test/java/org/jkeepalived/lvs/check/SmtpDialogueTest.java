package org.jkeepalived.lvs.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jkeepalived.lvs.check.Conversations.Turn;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is said to a mail server, and what is made of its replies. */
class SmtpDialogueTest {

  /** What we say to each of the pieces, up to the end. */
  private static List<String> said(SmtpDialogue dialogue, String... pieces) {
    List<String> said = new ArrayList<>();
    for (String piece : pieces) {
      Turn turn = dialogue.hear(ByteBuffer.wrap(bytes(piece)));
      switch (turn.kind()) {
        case LISTEN -> {}
        case SAY -> said.add(new String(turn.words(), StandardCharsets.UTF_8));
        case END -> {
          said.add("end");
          return said;
        }
      }
    }
    return said;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  private static String fault(SmtpDialogue dialogue) {
    return dialogue.fault().map(fault -> fault.phase() + ": " + fault.reason()).orElse("none");
  }

  @Test
  void wholeDialogue() {
    SmtpDialogue dialogue = new SmtpDialogue("smtpchecker.keepalived.org");
    assertEquals(
        List.of("HELO smtpchecker.keepalived.org\r\n", "QUIT\r\n", "end"),
        said(dialogue, "220 mail.test ESMTP\r\n", "250 mail.test\r\n", "221 bye\r\n"));
    assertEquals("none", fault(dialogue));
  }

  /** The replies are separated by a slash here, their lines by a comma. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // greeting / answer to HELO / answer to QUIT | what is wrong
        "220 a/250 b/221 c                 | none",
        "220/250/221                       | none",
        "220-a,220-b,220 c/250 b/221 c     | none",
        "220-a,220/250 b/221 c             | none",
        "220 a/250-a,250-b,250 c/221 c     | none",
        "220 a/250 b/221-a,221 c           | none",
        "220 a/250 b/500 c                 | none",
        "554 no/250 b/221 c                | GREETING: answered \"554 no\", wanted 220",
        "220-a,421 busy/250 b/221 c        | GREETING: answered \"421 busy\", wanted 220",
        "421-a,220 busy/250 b/221 c        | GREETING: answered \"421-a\", wanted 220",
        "250 a/250 b/221 c                 | GREETING: answered \"250 a\", wanted 220",
        "22/250 b/221 c                    | GREETING: answered \"22\", wanted 220",
        "2200 a/250 b/221 c                | GREETING: answered \"2200 a\", wanted 220",
        "hello/250 b/221 c                 | GREETING: answered \"hello\", wanted 220",
        "SSH-2.0-OpenSSH_9.2/250 b/221 c   | GREETING: answered \"SSH-2.0-OpenSSH_9.2\", wanted 220",
        "220 a/501 no/221 c                | HELO: answered \"501 no\", wanted 250",
        "220 a/220 b/221 c                 | HELO: answered \"220 b\", wanted 250",
        "220 a/250-b,501 no/221 c          | HELO: answered \"501 no\", wanted 250",
      })
  void replies(String replies, String wrong) {
    for (String end : List.of("\r\n", "\n")) {
      SmtpDialogue dialogue = new SmtpDialogue("x");
      String[] pieces = (replies.replace(",", end).replace("/", end + "/") + end).split("/");
      List<String> said = said(dialogue, pieces);
      assertEquals(wrong, fault(dialogue), replies);
      assertEquals("end", said.get(said.size() - 1));
      // nothing is said after a bad reply, not even QUIT
      int turns = wrong.startsWith("GREETING") ? 1 : wrong.startsWith("HELO") ? 2 : 3;
      assertEquals(turns, said.size(), said.toString());
    }
  }

  @Test
  void repliesInPieces() {
    SmtpDialogue dialogue = new SmtpDialogue("x");
    List<String> pieces =
        new ArrayList<>("220-a\r\n220 b\r\n".chars().mapToObj(c -> "" + (char) c).toList());
    assertEquals(List.of("HELO x\r\n"), said(dialogue, pieces.toArray(String[]::new)));
    pieces.remove(pieces.size() - 1);
    assertEquals(
        List.of(), said(new SmtpDialogue("x"), pieces.toArray(String[]::new)), "it lacks its end");
  }

  /** What comes too early is looked at when it is its turn: what stands behind a reply is lost. */
  @Test
  void whatStandsBehindAReplyIsPassedOver() {
    SmtpDialogue dialogue = new SmtpDialogue("x");
    assertEquals(
        List.of("HELO x\r\n", "QUIT\r\n", "end"),
        said(dialogue, "220 a\r\n500 early\r\n", "250 b\r\n", "221 c\r\n"));
  }

  @Test
  void anEndlessLineEnds() {
    SmtpDialogue dialogue = new SmtpDialogue("x");
    String piece = "2".repeat(1_000);
    int pieces = 0;
    while (said(dialogue, piece).isEmpty()) {
      pieces++;
      assertTrue(pieces <= 17);
    }
    assertEquals(16, pieces);
    assertEquals("GREETING: reply longer than 16384 bytes", fault(dialogue));
  }

  @Test
  void anEndlessReplyEnds() {
    SmtpDialogue dialogue = new SmtpDialogue("x");
    assertEquals(List.of("end"), said(dialogue, "220-a\r\n".repeat(4_000)));
    assertEquals("GREETING: reply longer than 16384 bytes", fault(dialogue));
    SmtpDialogue long1 = new SmtpDialogue("x");
    assertEquals(
        List.of("HELO x\r\n"), said(long1, "220-a\r\n".repeat(2_000) + "220 b\r\n"), "14 kB pass");
    assertEquals(Optional.empty(), long1.fault());
  }

  @Test
  void whatIsShownIsShortAndClean() {
    SmtpDialogue dialogue = new SmtpDialogue("x");
    said(dialogue, "\u0000\u001b[31m\"é" + "y".repeat(500) + "\r\n");
    assertEquals(
        "GREETING: answered \"..[31m.." + "y".repeat(52) + "...\", wanted 220", fault(dialogue));
  }
}
