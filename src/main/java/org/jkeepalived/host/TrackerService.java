package org.jkeepalived.host;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.jkeepalived.host.link.LinkPolling;
import org.jkeepalived.host.script.ScriptThread;
import org.jkeepalived.host.track.FileWatches;
import org.jkeepalived.host.track.ProcessWatch;
import org.jkeepalived.host.track.ScriptChecks;
import org.jkeepalived.host.vrrp.VrrpService;
import org.jkeepalived.loop.Owners;
import org.jkeepalived.model.Configuration;
import org.jkeepalived.model.Trackers;
import org.jkeepalived.status.TrackerStatus;

/**
 * Everything that finds out how the tracked things are, but for what netlink tells: each on its own
 * thread, each telling the VRRP thread of changes alone.
 */
public final class TrackerService implements AutoCloseable {

  private final Executor scriptThread;
  private final ScriptChecks scripts;
  private final FileWatches files;
  private final ProcessWatch processes;
  private final LinkPolling links;

  /**
   * @param owners makes the threads
   * @param vrrp hears how things are
   * @param scriptThread runs the scripts
   * @param files reads the files, for others, too
   */
  public TrackerService(
      Owners owners, VrrpService vrrp, ScriptThread scriptThread, FileWatches files) {
    this.scriptThread = scriptThread;
    scripts =
        new ScriptChecks(
            scriptThread.loop().timers(),
            scriptThread.loop()::nowNanos,
            scriptThread.runner(),
            vrrp,
            vrrp::changed);
    this.files = files;
    files.listen(vrrp, vrrp::changed);
    processes = new ProcessWatch(owners, vrrp, vrrp::changed);
    links = new LinkPolling(owners, vrrp, vrrp.beats());
  }

  /**
   * Tracks what this configuration names; what was tracked before goes on undisturbed. One thread
   * calls it.
   *
   * @return done when the VRRP thread is told of each file and process; a file on a disk that hangs
   *     keeps it from being done
   */
  public CompletableFuture<Void> track(Configuration configuration) {
    Trackers trackers = configuration.trackers();
    scriptThread.execute(() -> scripts.run(configuration));
    links.reload(configuration.links());
    return CompletableFuture.allOf(
        files.reload(configuration.trackedFiles()),
        processes.reload(trackers.processes(), trackers.processBuffer()));
  }

  /** Those who know more of what is tracked than the VRRP thread, each on its own thread. */
  public List<Supplier<CompletableFuture<TrackerStatus>>> watchers() {
    return List.of(
        () -> CompletableFuture.supplyAsync(scripts::look, scriptThread),
        processes::look,
        links::look);
  }

  @Override
  public void close() {
    scriptThread.execute(scripts::end);
    processes.close();
    links.close();
  }
}
