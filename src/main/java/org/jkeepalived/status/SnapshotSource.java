package org.jkeepalived.status;

import java.util.concurrent.CompletableFuture;

/** A part of the daemon that can be looked at. Where keepalived has processes, these are they. */
public interface SnapshotSource {

  /** keepalived's word for it in log lines, such as {@code VRRP}. */
  String title();

  /** What the names of its files have behind {@code keepalived}: nothing for VRRP. */
  String fileInfix();

  /**
   * Whether there is something to look at: keepalived has no process for what is not configured.
   */
  default boolean isRunning() {
    return true;
  }

  /**
   * Looks at everything. Callable from any thread.
   *
   * @param clear set the statistics to zero once they are copied
   * @return completed on whatever thread has the answer; whoever waits there keeps it from working
   */
  CompletableFuture<Snapshot> snapshot(boolean clear);
}
