package org.jkeepalived.lvs.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.jkeepalived.lvs.check.Conversations.Turn;

/**
 * All that a mail server says to a check. It waits for our turn each time, or it does not; how it
 * spreads its bytes makes no difference in the first case.
 */
final class SmtpDialogueFuzz {

  private static final int MOST_REASON = 120;
  private static final List<String> SAID = List.of("HELO director.test\r\n", "QUIT\r\n");

  /** What came of a dialogue. */
  private record Outcome(String said, boolean ended, Optional<SmtpDialogue.Fault> fault) {}

  @FuzzTest(maxDuration = "")
  void smtpDialogue(byte[] said) {
    Outcome byByte = converse(said, 1, false);
    requireSound(byByte, said.length);
    for (int piece : new int[] {7, 1_000, Math.max(1, said.length)}) {
      assertEquals(byByte, converse(said, piece, true));
      requireSound(converse(said, piece, false), 0);
    }
  }

  /**
   * @param patient what stands in a piece behind a reply comes after our turn
   */
  private static Outcome converse(byte[] said, int piece, boolean patient) {
    SmtpDialogue dialogue = new SmtpDialogue("director.test");
    StringBuilder ours = new StringBuilder();
    for (int at = 0; at < said.length; at += piece) {
      ByteBuffer bytes = ByteBuffer.wrap(said, at, Math.min(piece, said.length - at));
      do {
        Turn turn = dialogue.hear(bytes);
        ours.append(new String(turn.words(), StandardCharsets.UTF_8));
        if (turn.kind() == Turn.Kind.END) {
          return new Outcome(ours.toString(), true, dialogue.fault());
        }
        assertEquals(turn.kind() == Turn.Kind.LISTEN, turn.words().length == 0);
      } while (patient && bytes.hasRemaining());
    }
    return new Outcome(ours.toString(), false, dialogue.fault());
  }

  private static void requireSound(Outcome outcome, int bytes) {
    assertTrue(String.join("", SAID).startsWith(outcome.said()), outcome.said());
    assertFalse(outcome.fault().isPresent() && !outcome.ended());
    assertTrue(outcome.ended() || bytes < 3 * SmtpReplyReader.MOST_BYTES);
    outcome
        .fault()
        .ifPresent(
            fault -> {
              int turns = outcome.said().split("\r\n").length;
              assertEquals(fault.phase().ordinal(), outcome.said().isEmpty() ? 0 : turns);
              String reason = fault.reason();
              assertTrue(!reason.isEmpty() && reason.length() <= MOST_REASON, reason);
              assertTrue(reason.chars().allMatch(c -> c >= ' ' && c < 0x7F), reason);
            });
  }
}
