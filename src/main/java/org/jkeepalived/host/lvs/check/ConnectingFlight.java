package org.jkeepalived.host.lvs.check;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.unix.UnixChannel;
import java.util.function.Consumer;
import org.jkeepalived.lvs.check.Connections.Attempt;
import org.jkeepalived.lvs.check.Connections.Attempt.Kind;
import org.jkeepalived.model.lvs.CheckConnection;

/**
 * A connection that is opened and closed again. It ends with a FIN, never with a RST: what the
 * server says first, a greeting for example, is read, for what is closed unread the kernel answers
 * with a RST.
 */
final class ConnectingFlight extends Flight<Attempt> {

  ConnectingFlight(CheckLoop loop, CheckConnection connection, Consumer<Attempt> done) {
    super(loop, connection, done);
  }

  @Override
  void connected(UnixChannel opened) {
    answer(new Attempt(Kind.CONNECTED, ""));
    endWithFin();
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    ByteBuf bytes = (ByteBuf) message;
    passOver(bytes.readableBytes());
    bytes.release();
  }

  @Override
  Attempt connectFailed(String reason) {
    return new Attempt(Kind.FAILED, reason);
  }

  @Override
  Attempt notAsked(String reason) {
    return new Attempt(Kind.NOT_ASKED, reason);
  }

  @Override
  Attempt overdue(String reason) {
    return new Attempt(Kind.TIMED_OUT, reason);
  }

  @Override
  Attempt broken(Throwable failure) {
    return new Attempt(Kind.FAILED, CheckSocket.reason(failure));
  }
}
