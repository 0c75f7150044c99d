package org.jkeepalived.host.lvs.check;

import java.nio.ByteBuffer;
import java.util.function.Consumer;
import org.jkeepalived.linux.NativeMemory;
import org.jkeepalived.linux.Readiness;
import org.jkeepalived.lvs.check.Connections.Attempt;
import org.jkeepalived.lvs.check.Connections.Attempt.Kind;
import org.jkeepalived.model.lvs.CheckConnection;

/**
 * A connection that is opened and closed again. It ends with a FIN, never with a RST: what the
 * server says first, a greeting for example, is read.
 */
final class ConnectingFlight extends StreamFlight<Attempt> {

  ConnectingFlight(
      CheckLoop loop, CheckConnection connection, NativeMemory buffer, Consumer<Attempt> done) {
    super(loop, connection, buffer, done);
  }

  @Override
  Readiness awaited() {
    return Readiness.ONCE;
  }

  @Override
  void connected() {
    answer(new Attempt(Kind.CONNECTED, ""));
    part();
  }

  @Override
  void hear(ByteBuffer bytes) {
    // nobody wants it
  }

  @Override
  void serverEnded() {
    close();
  }

  @Override
  Attempt overdue(String reason) {
    return new Attempt(Kind.TIMED_OUT, reason);
  }

  @Override
  Attempt failure(int error, String reason) {
    return new Attempt(Kind.FAILED, reason);
  }

  @Override
  Attempt notAsked(int error, String reason) {
    return new Attempt(Kind.NOT_ASKED, reason);
  }
}
