package org.jkeepalived.loop;

import java.util.function.Consumer;
import org.jkeepalived.linux.Poller;
import org.jkeepalived.linux.SystemCallException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A thread of its own with an event loop, for what may wait for something and must not keep anybody
 * else waiting. Without it virtual routers go on, only without what it tells them.
 */
public final class LoopThread implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(LoopThread.class);

  /** The name service may load libraries that want some. */
  private static final long STACK_BYTES = 1024 * 1024L;

  private static final long CLOSE_MILLIS = 500;

  /** After as many it is plain that the next turn fails as well. */
  private static final int MOST_FAILURES = 100;

  private final String name;
  private final Poller poller;
  private final EventLoop loop;
  private final Thread thread;
  private final Consumer<Throwable> whenFailed;

  /**
   * Makes it and starts it.
   *
   * @param name the thread's
   */
  public static LoopThread start(String name) throws SystemCallException {
    return start(name, failure -> LOG.error("thread {} ends", name, failure));
  }

  /**
   * Makes it and starts it.
   *
   * @param name the thread's
   * @param whenFailed what is done, on the thread, when it cannot go on
   */
  public static LoopThread start(String name, Consumer<Throwable> whenFailed)
      throws SystemCallException {
    LoopThread made = new LoopThread(name, whenFailed);
    made.thread.start();
    return made;
  }

  private LoopThread(String name, Consumer<Throwable> whenFailed) throws SystemCallException {
    this.name = name;
    this.whenFailed = whenFailed;
    poller = new Poller();
    loop = new EventLoop(name, poller);
    thread = new Thread(null, this::run, name, STACK_BYTES);
    thread.setDaemon(true);
  }

  public EventLoop loop() {
    return loop;
  }

  private void run() {
    try {
      for (int failures = 0; failures < MOST_FAILURES; failures++) {
        if (runUntilFailure()) {
          poller.close();
          return;
        }
      }
      whenFailed.accept(new IllegalStateException("too many internal errors"));
    } catch (Throwable failure) {
      whenFailed.accept(failure);
    }
  }

  /**
   * @return whether it was told to stop
   */
  private boolean runUntilFailure() throws SystemCallException {
    try {
      loop.run();
      return true;
    } catch (RuntimeException bug) {
      LOG.error("internal error in thread {}, please report it", name, bug);
      return false;
    }
  }

  /** Ends the thread after its turn; waits for that, but not for ever. */
  @Override
  public void close() {
    loop.execute(loop::stop);
    try {
      thread.join(CLOSE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (thread.isAlive()) {
      LOG.warn("Thread {} does not end: what it waits for does not answer", name);
    }
  }
}
