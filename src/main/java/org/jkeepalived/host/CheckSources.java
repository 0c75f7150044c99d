package org.jkeepalived.host;

import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.jkeepalived.host.lvs.check.ServerChecks;
import org.jkeepalived.host.script.ScriptThread;
import org.jkeepalived.host.track.FileWatches;
import org.jkeepalived.loop.EventLoop;
import org.jkeepalived.loop.Owners;
import org.jkeepalived.model.Configuration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What checks of real servers find things out by: threads of their own, and those of others. */
final class CheckSources {

  private static final Logger LOG = LoggerFactory.getLogger(CheckSources.class);

  /** How long files are waited for. */
  private static final long MOST_NANOS = 1_000_000_000L;

  private final Owners owners;
  private final ScriptThread scripts;
  private final FileWatches files;
  private Optional<ServerChecks> checks = Optional.empty();

  /**
   * @param owners makes the threads of the checks' own
   * @param files reads the files, for virtual routers, too
   */
  CheckSources(Owners owners, ScriptThread scripts, FileWatches files) {
    this.owners = owners;
    this.scripts = scripts;
    this.files = files;
  }

  /** Makes what checks are made with, once, on the thread of a loop. */
  ServerChecks on(EventLoop loop) {
    ServerChecks made = new ServerChecks(owners, loop, scripts, new Random());
    files.listen(loop, (target, condition) -> made.fileSays(target.name(), condition.number()));
    checks = Optional.of(made);
    return made;
  }

  /**
   * Has the files read that this configuration's checks go by.
   *
   * @param loop of the thread that the checks live on
   * @return done when that loop knows what they say, or when it need not wait any more: servers are
   *     judged by their files from the first moment, unless a disk hangs
   */
  CompletableFuture<Void> read(Configuration configuration, EventLoop loop) {
    CompletableFuture<Void> known = files.reload(configuration.trackedFiles());
    checks.ifPresent(made -> loop.execute(() -> made.forgetFilesBut(configuration.trackedFiles())));
    if (configuration.director().checkedFiles().isEmpty()) {
      return CompletableFuture.completedFuture(null);
    }
    loop.execute(
        () ->
            loop.timers().timer((deadline, now) -> goOn(known)).arm(loop.nowNanos() + MOST_NANOS));
    return known;
  }

  private static void goOn(CompletableFuture<Void> known) {
    if (known.complete(null)) {
      LOG.warn("Not all files that checks go by could be read, not waiting for them");
    }
  }
}
