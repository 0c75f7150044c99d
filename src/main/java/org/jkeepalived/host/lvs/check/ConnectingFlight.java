package org.jkeepalived.host.lvs.check;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.unix.Socket;
import java.io.IOException;
import java.nio.channels.NotYetConnectedException;
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

  /** A server that says more than that may get its RST. */
  private static final long MOST_READ = 16_384;

  private long read;

  ConnectingFlight(CheckLoop loop, CheckConnection connection, Consumer<Attempt> done) {
    super(loop, connection, done);
  }

  @Override
  void connected(EpollSocketChannel opened) {
    answer(new Attempt(Kind.CONNECTED, ""));
    try {
      // past the channel, which makes an exception with its stack of each time
      ((Socket) opened.fd()).shutdown(false, true);
      closeLater();
    } catch (IOException | NotYetConnectedException alreadyGone) {
      close();
    }
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    ByteBuf bytes = (ByteBuf) message;
    read += bytes.readableBytes();
    bytes.release();
    if (read > MOST_READ) {
      close();
    }
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
