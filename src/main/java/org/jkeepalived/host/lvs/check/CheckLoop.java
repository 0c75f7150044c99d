package org.jkeepalived.host.lvs.check;

import io.netty.channel.EventLoop;
import io.netty.channel.IoHandle;
import io.netty.channel.IoRegistration;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.util.ResourceLeakDetector;
import io.netty.util.concurrent.Future;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jkeepalived.linux.SystemCallException;
import org.jkeepalived.loop.CannotGoOnException;
import org.jkeepalived.loop.FailureRule;
import org.jkeepalived.loop.OwnerThread;
import org.jkeepalived.loop.Owners;

/**
 * Netty's event loop, which for all its life is the one step of an owner's thread.
 *
 * <p>Netty is loaded on that thread, too: whoever makes this waits for nothing.
 */
final class CheckLoop implements Executor, AutoCloseable {

  // VRRP and the table of the kernel live on: nobody takes a server out whom nobody has asked
  private static final String LOSS =
      "real servers are not asked over the network any more, and stay as they are";

  /** Patterns such as (.|\\n)* look at a body by recursion. */
  private static final long STACK_BYTES = 16 * 1024 * 1024L;

  private static final long ENDING_MILLIS = 200;

  private final OwnerThread thread;
  private final SocketBudget sockets = SocketBudget.ofThisProcess();
  private final Queue<Runnable> steps = new ConcurrentLinkedQueue<>();
  private volatile Optional<MultiThreadIoEventLoopGroup> group = Optional.empty();
  private volatile boolean closed;
  private volatile boolean lost;

  CheckLoop(Owners owners) throws SystemCallException {
    thread = owners.make("checks", FailureRule.goOn(LOSS), STACK_BYTES);
    thread.execute(this::load);
    thread.start();
  }

  private void load() {
    MultiThreadIoEventLoopGroup made;
    try {
      prepareNetty();
      made = new MultiThreadIoEventLoopGroup(1, this::runToItsEnd, EpollIoHandler.newFactory());
    } catch (Exception | LinkageError e) {
      lost = true;
      steps.clear();
      throw new CannotGoOnException("Netty's event loop cannot be made", e);
    }
    group = Optional.of(made);
    if (closed) {
      endNetty(made);
    } else {
      made.next().execute(this::runSteps);
    }
  }

  /** What Netty reads once, when its classes are loaded. */
  private static void prepareNetty() {
    ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.DISABLED);
    // nobody looks at its channels' identities, for which it would ask all links for their
    // addresses
    setUnlessSet("io.netty.machineId", "00:00:00:00:00:00:00:00");
    setUnlessSet("io.netty.processId", "1");
  }

  private static void setUnlessSet(String property, String value) {
    if (System.getProperty(property) == null) {
      System.setProperty(property, value);
    }
  }

  /** Netty's loop is one step of the thread; it does not throw, it returns when it cannot go on. */
  private void runToItsEnd(Runnable nettysLoop) {
    thread.execute(
        () -> {
          nettysLoop.run();
          if (!closed) {
            lost = true;
            steps.clear();
            throw new CannotGoOnException("Netty's event loop has ended");
          }
        });
  }

  /** How many sockets there may be; to be used on Netty's loop. */
  SocketBudget sockets() {
    return sockets;
  }

  /** Netty's loop; to be used by what runs on it. */
  EventLoop netty() {
    return group.orElseThrow().next();
  }

  /** Has Netty watch what is no channel of its own; to be used on its loop. */
  Future<IoRegistration> watch(IoHandle handle) {
    return group.orElseThrow().next().register(handle);
  }

  /** Has the thread do something soon; nothing if it ends or is lost. Callable from any thread. */
  @Override
  public void execute(Runnable step) {
    if (lost) {
      return;
    }
    steps.add(step);
    group.ifPresent(
        there -> {
          try {
            there.next().execute(this::runSteps);
          } catch (RejectedExecutionException ending) {
            steps.clear();
          }
        });
  }

  private void runSteps() {
    Runnable step = steps.poll();
    while (step != null) {
      step.run();
      step = steps.poll();
    }
  }

  private static void endNetty(MultiThreadIoEventLoopGroup group) {
    group.shutdownGracefully(0, ENDING_MILLIS, TimeUnit.MILLISECONDS);
  }

  /** Closes all sockets, and ends the thread. */
  @Override
  public void close() {
    closed = true;
    group.ifPresent(CheckLoop::endNetty);
    thread.close();
  }
}
