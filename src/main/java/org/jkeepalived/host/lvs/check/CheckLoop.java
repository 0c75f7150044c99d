package org.jkeepalived.host.lvs.check;

import io.netty.channel.EventLoop;
import io.netty.channel.IoHandle;
import io.netty.channel.IoRegistration;
import io.netty.util.concurrent.Future;
import java.util.concurrent.Executor;
import org.jkeepalived.loop.FailureRule;
import org.jkeepalived.loop.OwnerThread;
import org.jkeepalived.loop.Owners;
import org.jkeepalived.time.NanoClock;
import org.jkeepalived.time.TimerQueue;

/** The thread that checks live on which ask over the network, and their sockets. */
final class CheckLoop implements Executor, NanoClock, AutoCloseable {

  // VRRP and the table of the kernel live on: nobody takes a server out whom nobody has asked
  private static final String LOSS =
      "real servers are not asked over the network any more, and stay as they are";

  /** Patterns such as (.|\\n)* look at a body by recursion. */
  private static final long STACK_BYTES = 16 * 1024 * 1024L;

  private final NettyWait wait = new NettyWait();
  private final OwnerThread thread;
  private final SocketBudget sockets = SocketBudget.ofThisProcess();

  CheckLoop(Owners owners) {
    thread = owners.make("checks", FailureRule.goOn(LOSS), wait, STACK_BYTES);
    thread.start();
  }

  /** How many sockets there may be; to be used on the thread. */
  SocketBudget sockets() {
    return sockets;
  }

  TimerQueue timers() {
    return thread.loop().timers();
  }

  @Override
  public long nowNanos() {
    return thread.loop().nowNanos();
  }

  /** Netty's loop; to be used on the thread. */
  EventLoop netty() {
    return wait.netty();
  }

  /** Whether the calling thread is this one. */
  boolean isCurrent() {
    return wait.isCurrent();
  }

  /** Has Netty watch what is no channel of its own; to be used on the thread. */
  Future<IoRegistration> watch(IoHandle handle) {
    return wait.netty().register(handle);
  }

  /** Has the thread do something soon; nothing if it ends or is lost. Callable from any thread. */
  @Override
  public void execute(Runnable step) {
    thread.execute(step);
  }

  /** Closes all sockets, and ends the thread. */
  @Override
  public void close() {
    thread.close();
  }
}
