package org.jkeepalived.lvs.check;

import java.util.function.Consumer;
import org.jkeepalived.model.lvs.TcpCheck;

/** {@code TCP_CHECK}: a connection can be opened. */
final class TcpChecker implements Checker {

  private static final String NAME = "TCP_CHECK";

  private final CheckedServer server;
  private final TcpCheck check;
  private final Connections connections;
  private final FailureWords words;

  TcpChecker(CheckedServer server, TcpCheck check, Connections connections) {
    this.server = server;
    this.check = check;
    this.connections = connections;
    words = new FailureWords(NAME, server, check.schedule().retries(), false);
  }

  @Override
  public String kind() {
    return NAME;
  }

  @Override
  public String wellLine() {
    return line("success");
  }

  @Override
  public String wellMail() {
    return "TCP CHECK succeed on service";
  }

  @Override
  public Asking ask(int question, Consumer<Answer> done) {
    return connections.connect(check.connection(), attempt -> done.accept(answer(attempt)));
  }

  private Answer answer(Connections.Attempt attempt) {
    return switch (attempt.kind()) {
      case CONNECTED -> Answer.Success.PLAIN;
      case FAILED -> failure(line("failed"), attempt.reason());
      case TIMED_OUT -> failure(line("timeout"), attempt.reason());
      case NOT_ASKED -> new Answer.NotAsked();
    };
  }

  private Answer failure(String each, String reason) {
    return new Answer.Failure(words.of(each, reason), reason, "TCP CHECK failed on service", false);
  }

  private String line(String what) {
    return "TCP connection to " + server.server() + " " + what + ".";
  }
}
