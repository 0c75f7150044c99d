package org.jkeepalived.host.lvs.check;

import io.netty.channel.Channel;
import io.netty.channel.ChannelException;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.unix.Socket;
import io.netty.channel.unix.UnixChannel;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.channels.NotYetConnectedException;
import java.util.Optional;
import java.util.function.Consumer;
import org.jkeepalived.model.lvs.CheckConnection;
import org.jkeepalived.time.TimerQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection of a check, from its opening to its end. Lives on the checks' thread. Whatever the
 * server does, there is one answer, and none later than the time-out.
 *
 * @param <A> what is answered
 */
abstract class Flight<A> extends ChannelInboundHandlerAdapter {

  private static final Logger LOG = LoggerFactory.getLogger(Flight.class);

  /** How long a server that has been told of the end may go on to talk. */
  private static final long LINGER_NANOS = 1_000_000_000L;

  private static final long MOST_PASSED_OVER = 16_384;

  private final CheckLoop loop;
  private final CheckConnection connection;
  private final Consumer<A> done;
  private boolean answered;
  private long passedOver;
  private Optional<UnixChannel> channel = Optional.empty();
  private final TimerQueue.Timer timer;

  Flight(CheckLoop loop, CheckConnection connection, Consumer<A> done) {
    this.loop = loop;
    this.connection = connection;
    this.done = done;
    timer = loop.timers().timer((due, now) -> timeIsUp());
  }

  /** Puts into the pipeline what stands before this; it may throw. */
  void prepare(Channel opened) throws Exception {
    // nothing does
  }

  /** It is open. */
  abstract void connected(UnixChannel opened);

  /** It cannot be opened. */
  abstract A connectFailed(String reason);

  /** This machine has no socket for it. */
  abstract A notAsked(String reason);

  /** Time is up. */
  abstract A overdue(String reason);

  /** An exception on the way. */
  abstract A broken(Throwable failure);

  final void begin() {
    if (answered) {
      return;
    }
    if (!loop.sockets().take()) {
      answer(notAsked("too many checks at once for the limit of open files (ulimit -n)"));
      return;
    }
    try {
      UnixChannel opened = CheckSocket.open(connection);
      channel = Optional.of(opened);
      opened.closeFuture().addListener(closed -> loop.sockets().giveBack());
      prepare(opened);
      opened.pipeline().addLast(this);
      armTimer();
      loop.netty().register(opened);
      ChannelFuture connecting =
          CheckSocket.source(connection)
              .map(source -> opened.connect(CheckSocket.target(connection), source))
              .orElseGet(() -> opened.connect(CheckSocket.target(connection)));
      connecting.addListener(
          outcome -> {
            if (outcome.isSuccess()) {
              connected(opened);
            } else {
              connectFailed(outcome.cause());
            }
          });
    } catch (ChannelException e) {
      giveBackIfUnopened();
      connectFailed(e);
    } catch (Exception | LinkageError e) {
      giveBackIfUnopened();
      answer(broken(e));
      close();
    }
  }

  private void armTimer() {
    timer.arm(loop.nowNanos() + connection.timeoutNanos());
  }

  /** From now on the server has as long again as it has had for all up to now. */
  final void beginTimeoutAnew() {
    armTimer();
  }

  private void giveBackIfUnopened() {
    if (channel.isEmpty()) {
      loop.sockets().giveBack();
    }
  }

  private void connectFailed(Throwable failure) {
    answer(
        CheckSocket.isOwnLack(failure)
            ? notAsked(CheckSocket.reason(failure))
            : connectFailed(CheckSocket.connectFailure(failure, connection)));
    close();
  }

  final void cancel() {
    answered = true;
    close();
  }

  final void answer(A what) {
    if (!answered) {
      answered = true;
      timer.disarm();
      done.accept(what);
    }
  }

  /** Closes it, however far it got. */
  final void close() {
    timer.discard();
    channel.ifPresent(
        open -> {
          if (open.isRegistered()) {
            open.close();
          } else {
            open.unsafe().closeForcibly();
          }
        });
  }

  /**
   * Says the end with a FIN, and closes it a second later, if the server has not done so by then.
   * What is closed with something unread the kernel answers with a RST.
   */
  final void endWithFin() {
    try {
      // past the channel, which makes an exception with its stack of each time
      ((Socket) channel.orElseThrow().fd()).shutdown(false, true);
      closeLater();
    } catch (IOException | NotYetConnectedException alreadyGone) {
      close();
    }
  }

  /** Something has been read that nobody wants; a server that says too much may get its RST. */
  final void passOver(int bytes) {
    passedOver += bytes;
    if (passedOver > MOST_PASSED_OVER) {
      close();
    }
  }

  private void closeLater() {
    timer.arm(loop.nowNanos() + Math.min(LINGER_NANOS, connection.timeoutNanos()));
  }

  private void timeIsUp() {
    answer(overdue("no answer within " + seconds(connection.timeoutNanos())));
    close();
  }

  private static String seconds(long nanos) {
    return BigDecimal.valueOf(nanos, 9).stripTrailingZeros().toPlainString() + " s";
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    timer.discard();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable failure) {
    if (!answered) {
      LOG.trace("A connection of a check broke", failure);
      answer(broken(failure));
    }
    close();
  }
}
