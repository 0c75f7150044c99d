package org.jkeepalived.lvs.check;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Our side of a dialogue with a mail server: its greeting, HELO and its answer, QUIT and its
 * answer. After a reply that is not the wanted one nothing more is said.
 */
final class SmtpDialogue implements Conversations.Talk {

  /** Which of the server's replies comes next, and what it must begin with. */
  enum Phase {
    GREETING(Optional.of("220")),
    HELO(Optional.of("250")),
    /** COMPAT: there must be one, but no matter which; 221 is usual. */
    QUIT(Optional.empty());

    private final Optional<String> wanted;

    Phase(Optional<String> wanted) {
      this.wanted = wanted;
    }
  }

  /**
   * A reply that is not the wanted one.
   *
   * @param reason in a line
   */
  record Fault(Phase phase, String reason) {}

  private final String heloName;
  private Phase phase = Phase.GREETING;
  private SmtpReplyReader reader = new SmtpReplyReader(Phase.GREETING.wanted);
  private Optional<Fault> fault = Optional.empty();

  SmtpDialogue(String heloName) {
    this.heloName = heloName;
  }

  /** The bad reply that ended it; empty for none. */
  Optional<Fault> fault() {
    return fault;
  }

  @Override
  public Conversations.Turn hear(ByteBuffer bytes) {
    Optional<SmtpReplyReader.Result> reply = reader.read(bytes);
    if (reply.isEmpty()) {
      return Conversations.Turn.LISTEN;
    }
    fault = reply.get().fault().map(reason -> new Fault(phase, reason));
    if (fault.isPresent()) {
      return Conversations.Turn.END;
    }
    return switch (phase) {
      case GREETING -> goOn(Phase.HELO, "HELO " + heloName);
      case HELO -> goOn(Phase.QUIT, "QUIT");
      case QUIT -> Conversations.Turn.END;
    };
  }

  private Conversations.Turn goOn(Phase next, String command) {
    phase = next;
    reader = new SmtpReplyReader(next.wanted);
    return Conversations.Turn.say((command + "\r\n").getBytes(StandardCharsets.UTF_8));
  }
}
