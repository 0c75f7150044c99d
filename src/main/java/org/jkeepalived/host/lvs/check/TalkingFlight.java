package org.jkeepalived.host.lvs.check;

import java.nio.ByteBuffer;
import java.util.function.Consumer;
import org.jkeepalived.linux.NativeMemory;
import org.jkeepalived.lvs.check.Conversations.Ending;
import org.jkeepalived.lvs.check.Conversations.Ending.Kind;
import org.jkeepalived.lvs.check.Conversations.Talk;
import org.jkeepalived.lvs.check.Conversations.Turn;
import org.jkeepalived.model.lvs.CheckConnection;

/** A conversation over TCP in which the server speaks first. It ends with a FIN of ours. */
final class TalkingFlight extends StreamFlight<Ending> {

  private final Talk talk;

  TalkingFlight(
      CheckLoop loop,
      CheckConnection connection,
      Talk talk,
      NativeMemory buffer,
      Consumer<Ending> done) {
    super(loop, connection, buffer, done);
    this.talk = talk;
  }

  @Override
  void connected() {
    armTimer(timeoutNanos());
  }

  @Override
  void hear(ByteBuffer bytes) {
    Turn turn = talk.hear(bytes);
    switch (turn.kind()) {
      case LISTEN -> {}
      case SAY -> {
        armTimer(timeoutNanos());
        say(turn.words());
      }
      case END -> {
        answer(new Ending(Kind.SAID, ""));
        part();
      }
    }
  }

  @Override
  void serverEnded() {
    answer(new Ending(Kind.READ_FAILED, "closed by the server"));
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
