package org.jkeepalived.host.vrrp;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jkeepalived.loop.EventLoop;
import org.jkeepalived.loop.WallClock;
import org.jkeepalived.status.Figures;
import org.jkeepalived.status.SnapshotInParts;
import org.jkeepalived.status.Sockets;
import org.jkeepalived.status.TrackerStatus;
import org.jkeepalived.status.VrrpSnapshot;
import org.jkeepalived.time.TimerQueue.Timer;
import org.jkeepalived.vrrp.VirtualRouters;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes snapshots of the virtual routers on their thread, a part of one at a time, and adds what
 * other threads know of what they track. A thread that does not answer is left out: what VRRP knows
 * is worth telling without it.
 */
final class VrrpSnapshots {

  private static final Logger LOG = LoggerFactory.getLogger(VrrpSnapshots.class);

  private static final long PAUSE_NANOS = 1_000_000L;
  private static final long PATIENCE_NANOS = 3_000_000_000L;

  private final EventLoop loop;
  private final VirtualRouters routers;
  private final Insight insight;
  private final WallClock wallClock;

  /** What virtual routers do not know of themselves; asked on the loop. */
  interface Insight {

    /** The descriptors that VRRP is sent and heard on. */
    Sockets sockets();

    /**
     * How the daemon itself does.
     *
     * @param clear count from zero afterwards
     */
    Figures figures(boolean clear);
  }

  /**
   * @param loop the virtual routers'
   */
  VrrpSnapshots(EventLoop loop, VirtualRouters routers, Insight insight) {
    this.loop = loop;
    wallClock = new WallClock(loop);
    this.routers = routers;
    this.insight = insight;
  }

  /**
   * Takes one. Callable from any thread.
   *
   * @param clear set the statistics to zero once they are copied
   * @param watchers those who know more of what is tracked, each on a thread of its own
   */
  CompletableFuture<VrrpSnapshot> take(
      boolean clear, List<Supplier<CompletableFuture<TrackerStatus>>> watchers) {
    CompletableFuture<VrrpSnapshot> taken = new CompletableFuture<>();
    loop.execute(() -> new Taking(clear, taken).begin(watchers));
    return taken;
  }

  /** One that is being taken. */
  private final class Taking {

    private final SnapshotInParts parts;
    private final boolean clear;
    private final CompletableFuture<VrrpSnapshot> taken;
    private final Timer patience;
    private Optional<VrrpSnapshot> whole = Optional.empty();
    private TrackerStatus known = TrackerStatus.UNKNOWN;
    private int unanswered;

    Taking(boolean clear, CompletableFuture<VrrpSnapshot> taken) {
      this.taken = taken;
      this.clear = clear;
      parts = new SnapshotInParts(routers, clear);
      patience = loop.timers().timer((deadline, now) -> giveUp());
    }

    void begin(List<Supplier<CompletableFuture<TrackerStatus>>> watchers) {
      unanswered = watchers.size();
      patience.arm(loop.nowNanos() + PATIENCE_NANOS);
      for (Supplier<CompletableFuture<TrackerStatus>> watcher : watchers) {
        watcher
            .get()
            .whenComplete((status, failure) -> loop.execute(() -> answered(status, failure)));
      }
      takePart();
    }

    private void takePart() {
      try {
        if (parts.takePart()) {
          loop.timers().timer((deadline, now) -> takePart()).arm(loop.nowNanos() + PAUSE_NANOS);
        } else {
          whole =
              Optional.of(parts.whole(insight.sockets(), insight.figures(clear), wallClock.now()));
          endIfComplete();
        }
      } catch (RuntimeException bug) {
        // whoever only looks must not end what it looks at
        patience.disarm();
        taken.completeExceptionally(bug);
      }
    }

    /** Exactly one of the two is there; the library says so with {@code null}. */
    private void answered(TrackerStatus status, Throwable failure) {
      unanswered--;
      if (failure == null) {
        known = known.with(status);
      } else {
        LOG.error("what is tracked cannot be looked at", failure);
      }
      endIfComplete();
    }

    private void giveUp() {
      if (unanswered > 0) {
        LOG.warn(
            "what is tracked is not told whole: no answer for {} s",
            PATIENCE_NANOS / 1_000_000_000L);
        unanswered = 0;
      }
      endIfComplete();
    }

    private void endIfComplete() {
      if (whole.isPresent() && unanswered <= 0) {
        patience.disarm();
        taken.complete(whole.get().watching(known));
      }
    }
  }
}
