package org.jkeepalived.host.vrrp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jkeepalived.log.LoggedLines;
import org.jkeepalived.loop.EventLoop;
import org.jkeepalived.loop.FakeWait;
import org.jkeepalived.status.Figures;
import org.jkeepalived.status.Sockets;
import org.jkeepalived.status.TrackerStatus;
import org.jkeepalived.status.Traffic;
import org.jkeepalived.status.VrrpSnapshot;
import org.jkeepalived.vrrp.IdleRouters;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What others know is waited for, but not for ever; on virtual time. */
class VrrpSnapshotsTest {

  private static final long SECOND_NANOS = 1_000_000_000L;
  private static final long PATIENCE_NANOS = 3 * SECOND_NANOS;

  private final LoggedLines log = new LoggedLines(VrrpSnapshots.class.getName());
  private final EventLoop loop = new EventLoop(new FakeWait(0));
  private final Counters counters = new Counters();
  private final VrrpSnapshots snapshots = new VrrpSnapshots(loop, IdleRouters.one(), counters);

  /** One number, which can be cleared. */
  private static final class Counters implements VrrpSnapshots.Insight {
    private long dropped = 7;

    @Override
    public Sockets sockets() {
      return new Sockets(Map.of(), Sockets.NONE);
    }

    @Override
    public Figures figures(boolean clear) {
      Figures now = new Figures(Map.of(), new Traffic(0, dropped, 0, 0), List.of());
      dropped = clear ? 0 : dropped;
      return now;
    }
  }

  @AfterEach
  void close() {
    log.close();
  }

  private static TrackerStatus files(String name, long value) {
    return new TrackerStatus(Map.of(), Map.of(name, value), Map.of(), Map.of(), Map.of());
  }

  private static CompletableFuture<TrackerStatus> known(String name, long value) {
    return CompletableFuture.completedFuture(files(name, value));
  }

  private CompletableFuture<VrrpSnapshot> take(List<CompletableFuture<TrackerStatus>> answers) {
    return snapshots.take(
        false,
        answers.stream()
            .<Supplier<CompletableFuture<TrackerStatus>>>map(answer -> () -> answer)
            .toList());
  }

  private VrrpSnapshot await(CompletableFuture<VrrpSnapshot> taken) throws Exception {
    while (!taken.isDone()) {
      loop.turn();
    }
    return taken.join();
  }

  @Test
  void whatAllKnowIsToldAtOnce() throws Exception {
    VrrpSnapshot whole = await(take(List.of(known("a", 1), known("b", 2))));
    assertEquals(0, loop.nowNanos());
    assertEquals(Map.of("a", 1L, "b", 2L), whole.trackerStatus().files());
    assertEquals(1, whole.routers().size());
    assertEquals(List.of(), log.all());
  }

  @Test
  void whoDoesNotAnswerIsLeftOutAfterThreeSeconds() throws Exception {
    CompletableFuture<TrackerStatus> silent = new CompletableFuture<>();
    CompletableFuture<VrrpSnapshot> taken = take(List.of(silent, known("b", 2)));
    VrrpSnapshot whole = await(taken);
    assertEquals(PATIENCE_NANOS, loop.nowNanos());
    assertEquals(Map.of("b", 2L), whole.trackerStatus().files());
    assertEquals(List.of("what is tracked is not told whole: no answer for 3 s"), log.all());

    // what comes too late is for nobody
    silent.complete(files("a", 1));
    loop.turn();
    assertSame(whole, taken.join());
    assertEquals(1, log.all().size());
  }

  @Test
  void whoAnswersInTimeIsNotLeftOut() throws Exception {
    CompletableFuture<TrackerStatus> slow = new CompletableFuture<>();
    loop.timers()
        .timer((deadline, now) -> slow.complete(files("a", 1)))
        .arm(PATIENCE_NANOS - SECOND_NANOS);
    VrrpSnapshot whole = await(take(List.of(slow)));
    assertEquals(PATIENCE_NANOS - SECOND_NANOS, loop.nowNanos());
    assertEquals(Map.of("a", 1L), whole.trackerStatus().files());
    assertEquals(List.of(), log.all());
  }

  @Test
  void whoFailsIsLeftOutAndSaid() throws Exception {
    CompletableFuture<TrackerStatus> failed =
        CompletableFuture.failedFuture(new IllegalStateException("for the test"));
    VrrpSnapshot whole = await(take(List.of(failed, known("b", 2))));
    assertEquals(0, loop.nowNanos());
    assertEquals(Map.of("b", 2L), whole.trackerStatus().files());
    assertEquals(List.of("what is tracked cannot be looked at"), log.all());
  }

  @Test
  void figuresAreToldBeforeTheyAreCleared() throws Exception {
    assertFalse(counters.dropped == 0);
    assertEquals(7, dropped(snapshots.take(true, List.of())));
    assertEquals(0, dropped(snapshots.take(false, List.of())));
    assertTrue(log.all().isEmpty());
  }

  private long dropped(CompletableFuture<VrrpSnapshot> taken) throws Exception {
    return await(taken).machine().figures().unicast().dropped();
  }
}
