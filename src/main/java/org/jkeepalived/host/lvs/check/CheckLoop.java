package org.jkeepalived.host.lvs.check;

import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.util.ResourceLeakDetector;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jkeepalived.linux.SystemCallException;
import org.jkeepalived.loop.FailureRule;
import org.jkeepalived.loop.OwnerThread;
import org.jkeepalived.loop.Owners;

/**
 * Netty's event loop, which for all its life is the one step of an owner's thread.
 *
 * <p>Netty is loaded on that thread, too: whoever makes this waits for nothing.
 */
final class CheckLoop implements Executor, AutoCloseable {

  private static final String LOSS = "the checks thread cannot go on";

  private static final long ENDING_MILLIS = 200;

  private final Owners owners;
  private final OwnerThread thread;
  private final Queue<Runnable> steps = new ConcurrentLinkedQueue<>();
  private volatile Optional<MultiThreadIoEventLoopGroup> group = Optional.empty();
  private volatile boolean closed;

  CheckLoop(Owners owners) throws SystemCallException {
    this.owners = owners;
    // without it nobody would know whether the servers are well
    thread = owners.make("checks", FailureRule.endProcess(LOSS));
    thread.execute(this::load);
    thread.start();
  }

  private void load() {
    prepareNetty();
    MultiThreadIoEventLoopGroup made =
        new MultiThreadIoEventLoopGroup(1, this::runToItsEnd, EpollIoHandler.newFactory());
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
            owners.endProcess(LOSS, new IllegalStateException("Netty's event loop has ended"));
          }
        });
  }

  /** Netty's loop; to be used by what runs on it. */
  EventLoop netty() {
    return group.orElseThrow().next();
  }

  /** Has the thread do something soon; nothing if it ends. Callable from any thread. */
  @Override
  public void execute(Runnable step) {
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
