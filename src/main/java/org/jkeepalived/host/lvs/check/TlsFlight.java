package org.jkeepalived.host.lvs.check;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelException;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.unix.UnixChannel;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jkeepalived.lvs.check.WebFetcher.Encryption;
import org.jkeepalived.lvs.check.WebFetcher.Ending;
import org.jkeepalived.lvs.check.WebFetcher.Ending.Kind;
import org.jkeepalived.lvs.check.WebFetcher.Question;
import org.jkeepalived.model.lvs.CheckConnection;
import org.jkeepalived.time.TimerQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A question over encrypted HTTP, and its answer: a channel of Netty's. Lives on a thread of its
 * own, with all others. Whatever the server does, there is one answer, and none later than the
 * time-out.
 */
final class TlsFlight extends ChannelInboundHandlerAdapter {

  private static final Logger LOG = LoggerFactory.getLogger(TlsFlight.class);

  private enum Phase {
    HANDSHAKE,
    READING
  }

  private final TlsLoop loop;
  private final SocketBudget budget;
  private final CheckConnection connection;
  private final Question question;
  private final Supplier<TlsClient> tls;
  private final Consumer<Ending> done;
  private final TimerQueue.Timer timer;
  private Phase phase = Phase.HANDSHAKE;
  private boolean answered;

  /** It counts among the sockets that may be open. */
  private boolean counted;

  private Optional<UnixChannel> channel = Optional.empty();

  /**
   * @param tls asked when the connection is opened
   */
  TlsFlight(
      TlsLoop loop,
      SocketBudget budget,
      Question question,
      Supplier<TlsClient> tls,
      Consumer<Ending> done) {
    this.loop = loop;
    this.budget = budget;
    this.question = question;
    this.tls = tls;
    this.done = done;
    connection = question.connection();
    timer = loop.timers().timer((due, now) -> timeIsUp());
  }

  void begin() {
    if (answered) {
      return;
    }
    if (!budget.take()) {
      answer(Kind.NOT_ASKED, SocketBudget.EXHAUSTED);
      return;
    }
    counted = true;
    try {
      UnixChannel opened = TlsSocket.open(connection);
      channel = Optional.of(opened);
      opened.closeFuture().addListener(closed -> giveBack());
      opened
          .pipeline()
          .addLast(
              tls.get().handler(opened.alloc(), question.tls().flatMap(Encryption::serverName)),
              this);
      timer.arm(loop.nowNanos() + connection.timeoutNanos());
      loop.netty().register(opened);
      ChannelFuture connecting =
          TlsSocket.source(connection)
              .map(source -> opened.connect(TlsSocket.target(connection), source))
              .orElseGet(() -> opened.connect(TlsSocket.target(connection)));
      connecting.addListener(
          outcome -> {
            if (!outcome.isSuccess()) {
              connectFailed(outcome.cause());
            }
          });
    } catch (ChannelException e) {
      connectFailed(e);
    } catch (Exception | LinkageError e) {
      broken(e);
      close();
    }
  }

  private void giveBack() {
    if (counted) {
      counted = false;
      budget.giveBack();
    }
  }

  private void connectFailed(Throwable failure) {
    if (TlsSocket.isOwnLack(failure)) {
      answer(Kind.NOT_ASKED, TlsSocket.reason(failure));
    } else {
      answer(Kind.CONNECT_FAILED, TlsSocket.connectFailure(failure, connection));
    }
    close();
  }

  private void timeIsUp() {
    answer(
        phase == Phase.READING ? Kind.READ_TIMED_OUT : Kind.CONNECT_TIMED_OUT,
        ConnectionWords.noAnswer(connection));
    close();
  }

  private void broken(Throwable failure) {
    if (TlsClient.isOwnLack(failure)) {
      answer(Kind.NOT_ASKED, TlsClient.reason(failure));
    } else if (phase == Phase.HANDSHAKE) {
      answer(Kind.HANDSHAKE_FAILED, TlsClient.reason(failure));
    } else {
      answer(Kind.READ_FAILED, TlsSocket.reason(failure));
    }
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) {
    if (event instanceof SslHandshakeCompletionEvent handshake) {
      if (handshake.isSuccess()) {
        phase = Phase.READING;
        context.channel().writeAndFlush(Unpooled.wrappedBuffer(question.request()));
      } else {
        exceptionCaught(context, handshake.cause());
      }
    }
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    ByteBuf bytes = (ByteBuf) message;
    try {
      if (bytes.isReadable() && question.reader().read(bytes.nioBuffer())) {
        answer(Kind.ANSWERED, "");
        close();
      }
    } finally {
      bytes.release();
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    if (phase == Phase.READING) {
      answer(Kind.ANSWERED, "");
    } else {
      answer(Kind.HANDSHAKE_FAILED, "closed during the handshake");
    }
    timer.discard();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable failure) {
    if (!answered) {
      LOG.trace("A connection of a check broke", failure);
      broken(failure);
    }
    close();
  }

  private void answer(Kind kind, String reason) {
    if (!answered) {
      answered = true;
      timer.disarm();
      done.accept(new Ending(kind, reason));
    }
  }

  void cancel() {
    answered = true;
    close();
  }

  /** Closes it, however far it got. */
  private void close() {
    timer.discard();
    if (channel.filter(UnixChannel::isRegistered).isPresent()) {
      channel.get().close();
    } else {
      // Netty tells nobody of the end of one that it was never given
      channel.ifPresent(open -> open.unsafe().closeForcibly());
      giveBack();
    }
  }
}
