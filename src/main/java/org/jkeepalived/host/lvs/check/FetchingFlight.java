package org.jkeepalived.host.lvs.check;

import java.nio.ByteBuffer;
import java.util.function.Consumer;
import org.jkeepalived.linux.NativeMemory;
import org.jkeepalived.lvs.check.WebFetcher.Ending;
import org.jkeepalived.lvs.check.WebFetcher.Ending.Kind;
import org.jkeepalived.lvs.check.WebFetcher.Question;

/** A question over HTTP in the clear, and its answer. */
final class FetchingFlight extends StreamFlight<Ending> {

  private final Question question;

  FetchingFlight(CheckLoop loop, Question question, NativeMemory buffer, Consumer<Ending> done) {
    super(loop, question.connection(), buffer, done);
    this.question = question;
  }

  @Override
  void connected() {
    say(question.request());
  }

  @Override
  void hear(ByteBuffer bytes) {
    if (question.reader().read(bytes)) {
      answer(new Ending(Kind.ANSWERED, ""));
      close();
    }
  }

  @Override
  void serverEnded() {
    answer(new Ending(Kind.ANSWERED, ""));
    close();
  }

  @Override
  Ending overdue(String reason) {
    return new Ending(isConnected() ? Kind.READ_TIMED_OUT : Kind.CONNECT_TIMED_OUT, reason);
  }

  @Override
  Ending failure(int error, String reason) {
    return new Ending(isConnected() ? Kind.READ_FAILED : Kind.CONNECT_FAILED, reason);
  }

  @Override
  Ending notAsked(int error, String reason) {
    return new Ending(Kind.NOT_ASKED, reason);
  }
}
