package org.jkeepalived.host.lvs.check;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.unix.UnixChannel;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jkeepalived.lvs.check.HttpResponseReader;
import org.jkeepalived.lvs.check.WebFetcher.Ending;
import org.jkeepalived.lvs.check.WebFetcher.Ending.Kind;
import org.jkeepalived.lvs.check.WebFetcher.Question;

/** A question over HTTP, in the clear or encrypted, and its answer. */
final class FetchingFlight extends Flight<Ending> {

  private enum Phase {
    CONNECTING,
    HANDSHAKE,
    READING
  }

  private final Question question;
  private final Supplier<TlsClient> tls;
  private final HttpResponseReader reader;
  private Phase phase = Phase.CONNECTING;

  FetchingFlight(
      CheckLoop loop, Question question, Supplier<TlsClient> tls, Consumer<Ending> done) {
    super(loop, question.connection(), done);
    this.question = question;
    this.tls = tls;
    reader = question.reader();
  }

  @Override
  void prepare(Channel opened) throws Exception {
    if (question.tls().isPresent()) {
      phase = Phase.HANDSHAKE;
      opened
          .pipeline()
          .addLast(tls.get().handler(opened.alloc(), question.tls().get().serverName()));
    }
  }

  @Override
  void connected(UnixChannel opened) {
    if (question.tls().isEmpty()) {
      send(opened);
    }
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) {
    if (event instanceof SslHandshakeCompletionEvent handshake) {
      if (handshake.isSuccess()) {
        send(context.channel());
      } else {
        exceptionCaught(context, handshake.cause());
      }
    }
  }

  private void send(Channel opened) {
    phase = Phase.READING;
    opened.writeAndFlush(Unpooled.wrappedBuffer(question.request()));
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    ByteBuf bytes = (ByteBuf) message;
    try {
      if (bytes.isReadable() && reader.read(bytes.nioBuffer())) {
        answer(new Ending(Kind.ANSWERED, ""));
        close();
      }
    } finally {
      bytes.release();
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    switch (phase) {
      case CONNECTING -> answer(new Ending(Kind.CONNECT_FAILED, "closed"));
      case HANDSHAKE -> answer(new Ending(Kind.HANDSHAKE_FAILED, "closed during the handshake"));
      case READING -> answer(new Ending(Kind.ANSWERED, ""));
    }
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
    return new Ending(
        phase == Phase.READING ? Kind.READ_TIMED_OUT : Kind.CONNECT_TIMED_OUT, reason);
  }

  @Override
  Ending broken(Throwable failure) {
    if (TlsClient.isOwnLack(failure)) {
      return notAsked(TlsClient.reason(failure));
    }
    return switch (phase) {
      case CONNECTING -> new Ending(Kind.CONNECT_FAILED, CheckSocket.reason(failure));
      case HANDSHAKE -> new Ending(Kind.HANDSHAKE_FAILED, TlsClient.reason(failure));
      case READING -> new Ending(Kind.READ_FAILED, CheckSocket.reason(failure));
    };
  }
}
