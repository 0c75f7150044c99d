package org.jkeepalived.host.notify;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jkeepalived.linux.file.NamedPipe;
import org.jkeepalived.loop.EventLoop;
import org.jkeepalived.model.Configuration;
import org.jkeepalived.notify.Deliveries;
import org.jkeepalived.notify.Event;
import org.jkeepalived.notify.Notifier;
import org.jkeepalived.notify.NotifyContext;
import org.jkeepalived.script.CommandRunner;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hands events over to the notifier, which lives on the thread of the scripts. */
public final class NotifyService implements Event.Listener {

  /**
   * How long the daemon's end waits for the scripts that tell of it. COMPAT: keepalived kills them
   * after one second, but has started them all at once; here they run one after the other.
   */
  static final long STOP_NANOS = 5_000_000_000L;

  private static final Logger LOG = LoggerFactory.getLogger(NotifyService.class);

  private final EventLoop scripts;
  private final Notifier notifier;

  /**
   * @param scripts the loop that {@code runner} answers on
   * @param others hear, on that loop, of what FIFOs and scripts hear of
   * @param deliveries counts what FIFOs are told
   */
  public NotifyService(
      EventLoop scripts, CommandRunner runner, List<Event.Listener> others, Deliveries deliveries) {
    this.scripts = scripts;
    this.notifier =
        new Notifier(
            new NotifyContext(scripts.timers(), scripts::nowNanos, runner, deliveries),
            NamedPipe::open,
            others);
  }

  /**
   * Has the FIFOs as they are configured: call it when a reload is done. Callable from any thread.
   */
  public void configure(Configuration configuration) {
    run(() -> notifier.configure(configuration));
  }

  /** Callable from any thread. */
  @Override
  public void happened(Event event) {
    run(() -> notifier.happened(event));
  }

  private void run(Runnable step) {
    scripts.execute(
        () -> {
          try {
            step.run();
          } catch (RuntimeException bug) {
            // what else runs on that thread has nothing to do with it
            LOG.error("A notification failed", bug);
          }
        });
  }

  /**
   * Waits until what has happened is told and the FIFOs are gone, at most {@link #STOP_NANOS} and a
   * little. Callable from any thread but that of the scripts.
   */
  public void stop() throws InterruptedException {
    CountDownLatch stopped = new CountDownLatch(1);
    run(() -> notifier.stop(scripts.nowNanos() + STOP_NANOS, stopped::countDown));
    if (!stopped.await(2 * STOP_NANOS, TimeUnit.NANOSECONDS)) {
      LOG.warn("The thread of the scripts does not answer: it may be stuck");
    }
  }
}
