package org.jkeepalived.daemon;

import java.util.concurrent.CompletableFuture;
import org.jkeepalived.config.LoadedConfiguration;
import org.jkeepalived.linux.SystemCallException;
import org.jkeepalived.loop.FailureRule;
import org.jkeepalived.loop.OwnerThread;
import org.jkeepalived.loop.Owners;

/**
 * Reads the configuration again while services run, on a thread of its own: a file system that does
 * not answer keeps that thread, and nobody else. Whoever wants the result no more leaves it there.
 *
 * <p>The thread is there before anybody counts on the daemon: at the limit of processes or of
 * memory none could be made. It is one, because a reload begins after the one before it is over;
 * one whose files do not answer is over when they do, or at the stop.
 */
final class ReloadReading implements AutoCloseable {

  private static final FailureRule RULE = FailureRule.goOnOrHang("no reload takes place any more");

  private final OwnerThread thread;
  private final ConfigurationSource source;
  private final DaemonOptions options;

  /**
   * Makes the thread, which lives in the network namespace of the calling one.
   *
   * @throws SystemCallException there is no thread to be had
   */
  ReloadReading(Owners owners, ConfigurationSource source, DaemonOptions options)
      throws SystemCallException {
    this.source = source;
    this.options = options;
    thread = owners.make("reload", RULE).start();
  }

  /**
   * Begins to read; not before the reading that was begun last is over.
   *
   * @return what was read; completed on the thread that read it
   */
  CompletableFuture<LoadedConfiguration> begin() {
    CompletableFuture<LoadedConfiguration> result = new CompletableFuture<>();
    thread.execute(
        () -> {
          try {
            result.complete(source.read(options));
          } catch (Throwable bug) {
            result.completeExceptionally(bug);
          }
        });
    return result;
  }

  /** Ends the thread, but for one that waits for a file. */
  @Override
  public void close() {
    thread.close();
  }
}
