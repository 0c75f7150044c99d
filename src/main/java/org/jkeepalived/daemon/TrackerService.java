package org.jkeepalived.daemon;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jkeepalived.model.Configuration;
import org.jkeepalived.status.Watched;

/**
 * Everything that finds out how the tracked things are, links apart: each on its own thread, each
 * telling the VRRP thread of changes alone.
 */
final class TrackerService implements AutoCloseable {

  private final Executor scriptThread;
  private final ScriptChecks scripts;
  private final FileWatches files;
  private final ProcessWatch processes;

  /**
   * @param vrrp hears how things are
   * @param scriptThread runs the scripts
   */
  TrackerService(VrrpService vrrp, ScriptThread scriptThread) {
    this.scriptThread = scriptThread;
    scripts =
        new ScriptChecks(
            scriptThread.loop().timers(),
            scriptThread.loop()::nowNanos,
            scriptThread.runner(),
            vrrp,
            vrrp::changed);
    files = new FileWatches(vrrp, vrrp::changed);
    processes = new ProcessWatch(vrrp, vrrp::changed);
  }

  /**
   * Tracks what this configuration names; what was tracked before goes on undisturbed. One thread
   * calls it.
   */
  void track(Configuration configuration) {
    scriptThread.execute(() -> scripts.run(configuration));
    files.reload(configuration.trackers().files());
    processes.reload(configuration.trackers().processes());
  }

  /** How all of it goes, told by each thread that knows. Callable from any thread. */
  List<CompletableFuture<Watched>> looks() {
    return List.of(CompletableFuture.supplyAsync(scripts::look, scriptThread), processes.look());
  }

  @Override
  public void close() {
    scriptThread.execute(scripts::end);
    files.close();
    processes.close();
  }
}
