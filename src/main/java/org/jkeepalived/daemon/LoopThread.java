package org.jkeepalived.daemon;

import org.jkeepalived.linux.Poller;
import org.jkeepalived.linux.SystemCallException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A thread of its own with an event loop, for what may wait for something and must not keep anybody
 * else waiting. Without it virtual routers go on, only without what it tells them.
 */
final class LoopThread implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger("org.jkeepalived.vrrp.LoopThread");

  private static final long STACK_BYTES = 512 * 1024L;
  private static final long CLOSE_MILLIS = 500;

  /** After as many it is plain that the next turn fails as well. */
  private static final int MOST_FAILURES = 100;

  private final String name;
  private final Poller poller;
  private final EventLoop loop;
  private final Thread thread;

  /**
   * Makes it and starts it.
   *
   * @param name the thread's
   */
  static LoopThread start(String name) throws SystemCallException {
    LoopThread made = new LoopThread(name);
    made.thread.start();
    return made;
  }

  private LoopThread(String name) throws SystemCallException {
    this.name = name;
    poller = new Poller();
    loop = new EventLoop(name, poller);
    thread = new Thread(null, this::run, name, STACK_BYTES);
    thread.setDaemon(true);
  }

  EventLoop loop() {
    return loop;
  }

  private void run() {
    for (int failures = 0; failures < MOST_FAILURES; failures++) {
      try {
        loop.run();
        poller.close();
        return;
      } catch (RuntimeException bug) {
        LOG.error("internal error in thread {}, please report it", name, bug);
      } catch (SystemCallException e) {
        LOG.error("{}: thread {} ends", e.error(), name);
        return;
      }
    }
    LOG.error("Too many internal errors: thread {} ends", name);
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
