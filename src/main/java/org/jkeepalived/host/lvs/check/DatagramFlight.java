package org.jkeepalived.host.lvs.check;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.socket.DatagramPacket;
import io.netty.channel.unix.UnixChannel;
import java.util.function.Consumer;
import org.jkeepalived.linux.Libc;
import org.jkeepalived.lvs.check.Datagrams.Ending;
import org.jkeepalived.lvs.check.Datagrams.Ending.Kind;
import org.jkeepalived.lvs.check.Datagrams.Question;
import org.jkeepalived.model.lvs.CheckConnection;

/**
 * A question over UDP, and the answer to it. The socket is connected: the kernel lets nothing
 * through but what comes from whom was asked, and tells if nobody listens there.
 */
final class DatagramFlight extends Flight<Ending> {

  private final Question question;

  DatagramFlight(CheckLoop loop, Question question, Consumer<Ending> done) {
    super(loop, question.connection(), done);
    this.question = question;
  }

  @Override
  UnixChannel open(CheckConnection how) {
    return CheckSocket.openForDatagrams(how);
  }

  @Override
  void connected(UnixChannel opened) {
    opened
        .writeAndFlush(Unpooled.wrappedBuffer(question.payload()))
        .addListener(
            sent -> {
              if (!sent.isSuccess()) {
                answer(broken(sent.cause()));
                close();
              }
            });
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    DatagramPacket packet = (DatagramPacket) message;
    try {
      if (question.listener().hear(packet.content().nioBuffer())) {
        answer(new Ending(Kind.ANSWERED, "", 0));
        close();
      }
    } finally {
      packet.release();
    }
  }

  @Override
  Ending connectFailed(String reason) {
    return new Ending(Kind.OPEN_FAILED, reason, 0);
  }

  @Override
  Ending notAsked(String reason) {
    return new Ending(Kind.NOT_ASKED, reason, 0);
  }

  @Override
  Ending overdue(String reason) {
    return new Ending(Kind.TIMED_OUT, reason, 0);
  }

  @Override
  Ending broken(Throwable failure) {
    int errno = CheckSocket.errno(failure);
    return errno == 0
        ? new Ending(Kind.OPEN_FAILED, CheckSocket.reason(failure), 0)
        : new Ending(Kind.UNREACHABLE, Libc.errorText(errno), errno);
  }
}
