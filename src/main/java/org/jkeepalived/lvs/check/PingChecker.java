package org.jkeepalived.lvs.check;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jkeepalived.model.AddressFamily;
import org.jkeepalived.model.lvs.PingCheck;

/** {@code PING_CHECK}: an echo is answered. */
final class PingChecker implements Checker {

  private static final String NAME = "PING_CHECK";
  private static final int SEQUENCES = 1 << 16;

  private final CheckedServer server;
  private final PingCheck check;
  private final Datagrams datagrams;
  private final FailureWords words;
  private int sequence;

  PingChecker(CheckedServer server, PingCheck check, Datagrams datagrams) {
    this.server = server;
    this.check = check;
    this.datagrams = datagrams;
    words = new FailureWords(NAME, server, check.schedule().retries(), false);
  }

  @Override
  public String kind() {
    return NAME;
  }

  @Override
  public String wellLine() {
    return "ICMP connection to " + server.server() + " success.";
  }

  @Override
  public String wellMail() {
    return "ICMP CHECK succeed on service";
  }

  @Override
  public Asking ask(int number, Consumer<Answer> done) {
    sequence = (sequence + 1) % SEQUENCES;
    AddressFamily family = check.connection().target().family();
    byte[] request = EchoMessage.request(family, sequence);
    return datagrams.exchange(
        new Datagrams.Question(
            Datagrams.Kind.ECHO,
            check.connection(),
            request,
            // a longer one is told by its length
            EchoMessage.BYTES + 1,
            message -> EchoMessage.answers(message, family, request)),
        ending -> done.accept(answer(ending)));
  }

  private Answer answer(Datagrams.Ending ending) {
    return switch (ending.kind()) {
      case ANSWERED -> Answer.Success.PLAIN;
      case SILENT, FAILED -> failure(ending.reason());
      case NOT_ASKED -> new Answer.NotAsked();
    };
  }

  /** COMPAT: whatever was the matter, it is called a time-out. */
  private Answer failure(String reason) {
    Answer.Words lines =
        (stage, all) -> {
          List<String> said = new ArrayList<>();
          if (all) {
            said.add("ICMP connection to address " + server.server() + " timeout.");
          }
          if (stage != Answer.Stage.RETRIED) {
            said.add(last(stage));
          }
          if (!said.isEmpty()) {
            said.add(words.reasonLine(reason));
          }
          return said;
        };
    return new Answer.Failure(lines, reason, "ICMP CHECK failed on service", false);
  }

  /** COMPAT: the service is named only where there were retries. */
  private String last(Answer.Stage stage) {
    long retries = check.schedule().retries();
    boolean counts = retries > 0 && stage == Answer.Stage.LAST;
    return "ICMP CHECK on service "
        + server.server()
        + (counts
            ? " of " + server.service() + " failed after " + retries + " retries."
            : " failed.");
  }
}
