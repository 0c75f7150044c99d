package org.jkeepalived.daemon;

import org.jkeepalived.model.Configuration;

/**
 * Everything that finds out how the tracked things are, links apart: each on its own thread, each
 * telling the VRRP thread of changes alone.
 */
final class TrackerService implements AutoCloseable {

  private final FileWatches files;
  private final ProcessWatch processes;

  /**
   * @param vrrp hears how things are
   */
  TrackerService(VrrpService vrrp) {
    files = new FileWatches(vrrp, vrrp::changed);
    processes = new ProcessWatch(vrrp, vrrp::changed);
  }

  /**
   * Tracks what this configuration names; what was tracked before goes on undisturbed. One thread
   * calls it.
   */
  void track(Configuration configuration) {
    files.reload(configuration.trackers().files());
    processes.reload(configuration.trackers().processes());
  }

  @Override
  public void close() {
    files.close();
    processes.close();
  }
}
