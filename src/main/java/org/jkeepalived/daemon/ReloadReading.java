package org.jkeepalived.daemon;

import java.util.concurrent.CompletableFuture;
import org.jkeepalived.config.LoadedConfiguration;
import org.jkeepalived.linux.SystemCallException;
import org.jkeepalived.loop.FailureRule;
import org.jkeepalived.loop.OwnerThread;
import org.jkeepalived.loop.Owners;

/**
 * Reads the configuration again while services run, on a thread made for this one reading: a file
 * system that does not answer keeps that thread for ever, and nobody else. Whoever wants the result
 * no more leaves it there.
 */
final class ReloadReading {

  private static final FailureRule RULE = FailureRule.goOnOrHang("this reload does not take place");

  private final Owners owners;
  private final ConfigurationSource source;
  private final DaemonOptions options;

  ReloadReading(Owners owners, ConfigurationSource source, DaemonOptions options) {
    this.owners = owners;
    this.source = source;
    this.options = options;
  }

  /**
   * Begins to read; not before the reading that was begun last is over. The thread lives in the
   * network namespace of the calling one.
   *
   * @return what was read; completed on the thread that read it
   * @throws SystemCallException there is no thread to be had
   */
  CompletableFuture<LoadedConfiguration> begin() throws SystemCallException {
    CompletableFuture<LoadedConfiguration> result = new CompletableFuture<>();
    OwnerThread thread = owners.make("reload", RULE);
    thread.execute(
        () -> {
          thread.loop().stop();
          try {
            result.complete(source.read(options));
          } catch (Throwable bug) {
            result.completeExceptionally(bug);
          }
        });
    thread.start();
    return result;
  }
}
