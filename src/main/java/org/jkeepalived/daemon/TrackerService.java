package org.jkeepalived.daemon;

import java.util.concurrent.CompletableFuture;
import org.jkeepalived.model.Configuration;
import org.jkeepalived.model.Trackers;

/**
 * Everything that finds out how the tracked things are: each on its own thread, each telling the
 * VRRP thread of changes alone.
 */
final class TrackerService implements AutoCloseable {

  private final FileWatches files;
  private final ProcessWatch processes;
  private final LinkPolling links;

  /**
   * @param vrrp hears how things are
   */
  TrackerService(VrrpService vrrp) {
    files = new FileWatches(vrrp, vrrp::changed);
    processes = new ProcessWatch(vrrp, vrrp::changed);
    links = new LinkPolling(vrrp, vrrp.beats());
  }

  /**
   * Tracks what this configuration names; what was tracked before goes on undisturbed. One thread
   * calls it.
   *
   * @return done when the VRRP thread is told of each file and process; a file on a disk that hangs
   *     keeps it from being done
   */
  CompletableFuture<Void> track(Configuration configuration) {
    Trackers trackers = configuration.trackers();
    links.reload(configuration.links());
    return CompletableFuture.allOf(
        files.reload(trackers.files()),
        processes.reload(trackers.processes(), trackers.processBuffer()));
  }

  @Override
  public void close() {
    files.close();
    processes.close();
    links.close();
  }
}
