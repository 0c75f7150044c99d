package org.jkeepalived.daemon;

import java.nio.file.Path;
import java.util.Optional;
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
 * one whose files do not answer is given up after a while, and another thread reads from then on.
 */
final class ReloadReading implements AutoCloseable {

  private static final FailureRule RULE = FailureRule.goOnOrHang("no reload takes place any more");

  private final Owners owners;
  private final ConfigurationSource source;
  private final ConfigurationSource plain;
  private final DaemonOptions options;
  private final Patience patience;
  private OwnerThread thread;

  /**
   * How long a reading may take.
   *
   * @param slowMillis from when on it is worth a line
   * @param mostMillis after how long from then it is given up
   */
  record Patience(long slowMillis, long mostMillis) {
    /** 65,024 instances in a slow machine's reach, and less than who asks for it waits. */
    static final Patience STANDARD = new Patience(10_000, 105_000);
  }

  /**
   * Makes the thread, which lives in the network namespace of the calling one.
   *
   * @throws SystemCallException there is no thread to be had
   */
  ReloadReading(Owners owners, AttendedReading source, DaemonOptions options)
      throws SystemCallException {
    this(owners, source, source.unattended(), options, Patience.STANDARD);
  }

  /**
   * @param plain reads without telling others
   */
  ReloadReading(
      Owners owners,
      ConfigurationSource source,
      ConfigurationSource plain,
      DaemonOptions options,
      Patience patience)
      throws SystemCallException {
    this.plain = plain;
    this.owners = owners;
    this.source = source;
    this.options = options;
    this.patience = patience;
    thread = owners.make("reload", RULE).start();
  }

  /**
   * Begins to read; not before the reading that was begun last is over.
   *
   * @return what was read; completed on the thread that read it
   */
  CompletableFuture<LoadedConfiguration> begin() {
    return begin(source, options);
  }

  /**
   * The same for somebody who only wants to know: no file tells others of it.
   *
   * @param instead another file, absolute
   */
  CompletableFuture<LoadedConfiguration> look(Optional<Path> instead) {
    return begin(plain, instead.map(options::withFile).orElse(options));
  }

  private CompletableFuture<LoadedConfiguration> begin(
      ConfigurationSource from, DaemonOptions which) {
    CompletableFuture<LoadedConfiguration> result = new CompletableFuture<>();
    thread.execute(
        () -> {
          try {
            result.complete(from.read(which));
          } catch (Throwable bug) {
            result.completeExceptionally(bug);
          }
        });
    return result;
  }

  /** Has something else done on the thread, which has nothing to do before somebody reloads. */
  void meanwhile(Runnable step) {
    thread.execute(step);
  }

  Patience patience() {
    return patience;
  }

  /**
   * Leaves the reading that was begun last where it hangs: another thread reads from now on.
   *
   * @throws SystemCallException there is none to be had: the next reading waits for that one
   */
  void giveUp() throws SystemCallException {
    OwnerThread hanging = thread;
    thread = owners.make("reload", RULE).start();
    // should the file ever answer
    hanging.execute(() -> hanging.loop().stop());
  }

  /** Ends the thread, but for one that waits for a file. */
  @Override
  public void close() {
    thread.close();
  }
}
