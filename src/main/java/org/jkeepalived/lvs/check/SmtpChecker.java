package org.jkeepalived.lvs.check;

import java.util.List;
import java.util.function.Consumer;
import org.jkeepalived.model.lvs.ServerAddress;
import org.jkeepalived.model.lvs.SmtpCheck;

/** {@code SMTP_CHECK}: a mail server greets, answers a HELO and says goodbye. */
final class SmtpChecker implements Checker {

  private static final String NAME = "SMTP_CHECK";

  private final CheckedServer server;
  private final SmtpCheck check;
  private final Conversations conversations;
  private final FailureWords words;

  SmtpChecker(CheckedServer server, SmtpCheck check, Conversations conversations) {
    this.server = server;
    this.check = check;
    this.conversations = conversations;
    words = new FailureWords(NAME, server, check.schedule().retries(), false);
  }

  @Override
  public String kind() {
    return NAME;
  }

  @Override
  public String wellLine() {
    return "Remote SMTP server " + server.server() + " succeed on service.";
  }

  @Override
  public String wellMail() {
    return "CHECK succeed on service";
  }

  /** COMPAT: of all kinds of checks this one alone does. */
  @Override
  public boolean retriesAtFirst() {
    return true;
  }

  @Override
  public Asking ask(int question, Consumer<Answer> done) {
    SmtpDialogue dialogue = new SmtpDialogue(check.heloName());
    return conversations.converse(
        check.connection(), dialogue, ending -> done.accept(answer(ending, dialogue)));
  }

  private Answer answer(Conversations.Ending ending, SmtpDialogue dialogue) {
    return switch (ending.kind()) {
      case SAID -> dialogue.fault().map(this::judge).orElse(Answer.Success.PLAIN);
      case NOT_ASKED -> new Answer.NotAsked();
      case CONNECT_FAILED -> failure("Could not connect to", ending.reason());
      case CONNECT_TIMED_OUT -> failure("Connection timeout to", ending.reason());
      case READ_FAILED -> failure("Read failure from", ending.reason());
      case READ_TIMED_OUT -> failure("Read timeout from", ending.reason());
    };
  }

  private Answer judge(SmtpDialogue.Fault fault) {
    return switch (fault.phase()) {
      case GREETING -> failure("Bad greeting banner from", fault.reason());
      case HELO -> failure("Bad HELO response from", fault.reason());
      case QUIT -> failure("Bad QUIT response from", fault.reason());
    };
  }

  private Answer failure(String what, String reason) {
    String trouble = what + " server " + target();
    String line = NAME + " " + trouble;
    return new Answer.Failure(
        (stage, all) ->
            stage != Answer.Stage.RETRIED || all
                ? List.of(line, words.reasonLine(reason))
                : List.of(),
        reason,
        "CHECK failed on service : " + trouble,
        false);
  }

  private String target() {
    ServerAddress target = check.connection().target();
    return "[" + target.addressText() + "]:" + target.port();
  }
}
