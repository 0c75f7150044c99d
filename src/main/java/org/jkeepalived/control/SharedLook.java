package org.jkeepalived.control;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jkeepalived.status.Snapshot;
import org.jkeepalived.status.SnapshotSource;
import org.jkeepalived.time.TimerQueue.Timer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One kind of look at one part of the daemon, for whoever asks and as often as they do. One look is
 * under way at most, and one more waits, which answers all that ask meanwhile: a snapshot of 10,000
 * instances is large, and thousands of them would be more than there is memory.
 */
final class SharedLook {

  /** Looks are logged as what writes all reports. */
  private static final Logger LOG = LoggerFactory.getLogger(StatusReports.class);

  private static final long ANSWER_SECONDS = 30;

  private final SnapshotSource source;
  private final boolean clear;
  private final Consumer<Snapshot> use;
  private final StatusReports.Owner owner;

  /** Somebody has asked, and no look has begun since. */
  private final AtomicBoolean asked = new AtomicBoolean();

  // the owner's thread's
  private boolean underWay;

  /**
   * @param clear set the statistics to zero once they are copied
   * @param use is given each snapshot, on the owner's thread
   */
  SharedLook(
      SnapshotSource source, boolean clear, Consumer<Snapshot> use, StatusReports.Owner owner) {
    this.source = source;
    this.clear = clear;
    this.use = use;
    this.owner = owner;
  }

  SnapshotSource source() {
    return source;
  }

  /**
   * Looks soon. Callable from any thread.
   *
   * @return false if a look that waits already answers this, too
   */
  boolean ask() {
    boolean first = asked.compareAndSet(false, true);
    if (first) {
      owner.executor().execute(this::beginIfFree);
    }
    return first;
  }

  private void beginIfFree() {
    if (!underWay && asked.compareAndSet(true, false)) {
      underWay = true;
      new Look().begin();
    }
  }

  /** A snapshot that is waited for, but not for ever. Lives on the owner's thread. */
  private final class Look {

    private final Timer patience = owner.timers().timer((deadline, now) -> giveUp());
    private boolean over;

    void begin() {
      patience.arm(owner.clock().nowNanos() + TimeUnit.SECONDS.toNanos(ANSWER_SECONDS));
      boolean begun = false;
      try {
        source
            .snapshot(clear)
            .whenComplete(
                (taken, failure) -> owner.executor().execute(() -> answered(taken, failure)));
        begun = true;
      } finally {
        if (!begun) {
          end();
        }
      }
    }

    /** The next one may begin. */
    private void end() {
      over = true;
      patience.disarm();
      underWay = false;
      owner.executor().execute(SharedLook.this::beginIfFree);
    }

    private void giveUp() {
      LOG.error("the {} thread has not answered for {} s", source.title(), ANSWER_SECONDS);
      end();
    }

    /** Exactly one of the two is there; the library says so with {@code null}. */
    private void answered(Snapshot taken, Throwable failure) {
      if (over) {
        return;
      }
      try {
        show(taken, failure);
      } finally {
        end();
      }
    }

    private void show(Snapshot taken, Throwable failure) {
      if (failure != null) {
        LOG.error("{} cannot be looked at", source.title(), failure);
        return;
      }
      try {
        use.accept(taken);
      } catch (RuntimeException bug) {
        LOG.error("what was found out cannot be shown", bug);
      }
    }
  }
}
