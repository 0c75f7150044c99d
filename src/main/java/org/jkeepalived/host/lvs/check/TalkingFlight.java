package org.jkeepalived.host.lvs.check;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.unix.UnixChannel;
import java.util.function.Consumer;
import org.jkeepalived.lvs.check.Conversations.Ending;
import org.jkeepalived.lvs.check.Conversations.Ending.Kind;
import org.jkeepalived.lvs.check.Conversations.Talk;
import org.jkeepalived.lvs.check.Conversations.Turn;
import org.jkeepalived.model.lvs.CheckConnection;

/** A conversation over TCP in which the server speaks first. It ends with a FIN of ours. */
final class TalkingFlight extends Flight<Ending> {

  private final Talk talk;
  private boolean open;
  private boolean over;

  TalkingFlight(CheckLoop loop, CheckConnection connection, Talk talk, Consumer<Ending> done) {
    super(loop, connection, done);
    this.talk = talk;
  }

  @Override
  void connected(UnixChannel opened) {
    open = true;
    beginTimeoutAnew();
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    ByteBuf bytes = (ByteBuf) message;
    try {
      if (over) {
        passOver(bytes.readableBytes());
      } else if (bytes.isReadable()) {
        take(talk.hear(bytes.nioBuffer()), context);
      }
    } finally {
      bytes.release();
    }
  }

  private void take(Turn turn, ChannelHandlerContext context) {
    switch (turn.kind()) {
      case LISTEN -> {}
      case SAY -> {
        beginTimeoutAnew();
        context.writeAndFlush(Unpooled.wrappedBuffer(turn.words()));
      }
      case END -> {
        over = true;
        answer(new Ending(Kind.SAID, ""));
        endWithFin();
      }
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    answer(new Ending(open ? Kind.READ_FAILED : Kind.CONNECT_FAILED, "closed by the server"));
    super.channelInactive(context);
  }

  @Override
  Ending connectFailed(String reason) {
    return new Ending(Kind.CONNECT_FAILED, reason);
  }

  @Override
  Ending notAsked(String reason) {
    return new Ending(Kind.NOT_ASKED, reason);
  }

  @Override
  Ending overdue(String reason) {
    return new Ending(open ? Kind.READ_TIMED_OUT : Kind.CONNECT_TIMED_OUT, reason);
  }

  @Override
  Ending broken(Throwable failure) {
    return new Ending(open ? Kind.READ_FAILED : Kind.CONNECT_FAILED, CheckSocket.reason(failure));
  }
}
