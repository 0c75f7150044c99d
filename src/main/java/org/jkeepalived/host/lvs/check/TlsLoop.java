package org.jkeepalived.host.lvs.check;

import io.netty.channel.EventLoop;
import java.util.concurrent.Executor;
import org.jkeepalived.loop.FailureRule;
import org.jkeepalived.loop.OwnerThread;
import org.jkeepalived.loop.Owners;
import org.jkeepalived.time.NanoClock;
import org.jkeepalived.time.TimerQueue;

/**
 * The thread of encrypted connections, with Netty's loop: handshakes take milliseconds each, in
 * which no other check would go on. It comes with the first of them.
 */
final class TlsLoop implements Executor, NanoClock, AutoCloseable {

  private static final String LOSS =
      "real servers are not asked over TLS any more, and stay as they are";

  private final NettyWait wait = new NettyWait();
  private final OwnerThread thread;

  TlsLoop(Owners owners) {
    thread = owners.make("checks-tls", FailureRule.goOn(LOSS), wait, CheckLoop.STACK_BYTES).start();
  }

  /** Netty's loop; to be used on the thread. */
  EventLoop netty() {
    return wait.netty();
  }

  TimerQueue timers() {
    return thread.loop().timers();
  }

  @Override
  public long nowNanos() {
    return thread.loop().nowNanos();
  }

  /** Has the thread do something soon; nothing if it ends or is lost. Callable from any thread. */
  @Override
  public void execute(Runnable step) {
    thread.execute(step);
  }

  /** Closes all connections, and ends the thread. */
  @Override
  public void close() {
    thread.close();
  }
}
