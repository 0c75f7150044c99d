package org.jkeepalived.control;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jkeepalived.status.Snapshot;
import org.jkeepalived.status.SnapshotSource;
import org.jkeepalived.time.TimerQueue.Timer;

/**
 * One look at all parts of the daemon, for all that ask before it begins; one is under way at most.
 * A hundred who ask at once cost two. Lives on the owner's thread.
 */
final class WholeLook {

  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(10);

  private final List<? extends SnapshotSource> sources;
  private final StatusReports.Owner owner;
  private List<CompletableFuture<List<Snapshot>>> waiting = new ArrayList<>();
  private boolean underWay;

  WholeLook(List<? extends SnapshotSource> sources, StatusReports.Owner owner) {
    this.sources = List.copyOf(sources);
    this.owner = owner;
  }

  /** Looks soon; completed on the owner's thread, exceptionally where a part does not answer. */
  CompletableFuture<List<Snapshot>> ask() {
    CompletableFuture<List<Snapshot>> answer = new CompletableFuture<>();
    waiting.add(answer);
    beginIfFree();
    return answer;
  }

  private void beginIfFree() {
    if (underWay || waiting.isEmpty()) {
      return;
    }
    underWay = true;
    List<CompletableFuture<List<Snapshot>>> asked = waiting;
    waiting = new ArrayList<>();
    List<CompletableFuture<Snapshot>> parts = new ArrayList<>();
    CompletableFuture<Void> all = new CompletableFuture<>();
    Timer patience =
        owner
            .timers()
            .timer(
                (deadline, now) ->
                    all.completeExceptionally(new TimeoutException("no answer for 10 s")));
    all.whenComplete(
        (nothing, failure) -> {
          patience.discard();
          underWay = false;
          asked.forEach(
              one -> {
                if (failure == null) {
                  one.complete(parts.stream().map(CompletableFuture::join).toList());
                } else {
                  one.completeExceptionally(failure);
                }
              });
          beginIfFree();
        });
    patience.arm(owner.clock().nowNanos() + PATIENCE_NANOS);
    try {
      sources.stream()
          .filter(SnapshotSource::isRunning)
          .forEach(source -> parts.add(source.snapshot(false)));
    } catch (RuntimeException bug) {
      all.completeExceptionally(bug);
      return;
    }
    CompletableFuture.allOf(parts.toArray(CompletableFuture[]::new))
        .whenComplete(
            (nothing, failure) ->
                owner
                    .executor()
                    .execute(
                        () -> {
                          if (failure == null) {
                            all.complete(null);
                          } else {
                            all.completeExceptionally(failure);
                          }
                        }));
  }
}
