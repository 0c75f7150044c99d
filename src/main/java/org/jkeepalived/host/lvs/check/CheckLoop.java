package org.jkeepalived.host.lvs.check;

import java.util.concurrent.Executor;
import java.util.function.IntConsumer;
import org.jkeepalived.linux.Readiness;
import org.jkeepalived.linux.SystemCallException;
import org.jkeepalived.linux.socket.PeerSocket;
import org.jkeepalived.loop.EpollWait;
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
  static final long STACK_BYTES = 16 * 1024 * 1024L;

  private static final long CLOSE_MILLIS = 500;

  private final OwnerThread thread;
  private final SocketBudget sockets = SocketBudget.ofThisProcess();
  private final PartingSockets parting;

  CheckLoop(Owners owners) {
    thread =
        owners.make("checks", FailureRule.goOn(LOSS), EpollWait.openedLater(), STACK_BYTES).start();
    parting = new PartingSockets(timers(), this, this::close);
  }

  /** How many sockets there may be, of this thread and of that of TLS. */
  SocketBudget sockets() {
    return sockets;
  }

  /** Those that wait for their peer's end; to be used on the thread. */
  PartingSockets parting() {
    return parting;
  }

  TimerQueue timers() {
    return thread.loop().timers();
  }

  @Override
  public long nowNanos() {
    return thread.loop().nowNanos();
  }

  /** Whether the calling thread is this one. */
  boolean isCurrent() {
    return thread.isCurrent();
  }

  /** Has a socket watched until it is closed; to be used on the thread. */
  void watch(PeerSocket socket, Readiness readiness, IntConsumer whenReady)
      throws SystemCallException {
    thread.loop().watch(socket.fd(), readiness, whenReady);
  }

  /** Closes a socket that counted as open; to be used on the thread. */
  void close(PeerSocket socket) {
    thread.loop().drop(socket.fd());
    socket.close();
    sockets.giveBack();
  }

  /** Has the thread do something soon; nothing if it ends or is lost. Callable from any thread. */
  @Override
  public void execute(Runnable step) {
    thread.execute(step);
  }

  /** Ends the thread; end what asks before. */
  @Override
  public void close() {
    thread.endWithin(CLOSE_MILLIS, parting::close);
  }
}
