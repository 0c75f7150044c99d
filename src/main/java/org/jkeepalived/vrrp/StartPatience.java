package org.jkeepalived.vrrp;

import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import org.jkeepalived.model.TrackKind;
import org.jkeepalived.model.TrackTarget;
import org.jkeepalived.model.VrrpInstance;
import org.jkeepalived.time.TimerQueue;
import org.jkeepalived.track.Condition;
import org.jkeepalived.vrrp.Effects.Level;

/**
 * Bounds how long virtual routers wait in INIT for what they track: the kernel may refuse to watch
 * files or processes, a disk may hang. Says after a moment what is waited for, and in the end has
 * it count as what it is without being looked at.
 *
 * <p>COMPAT: as keepalived has it from the start: a file that cannot be watched says 0, a process
 * that cannot be watched does not run.
 */
final class StartPatience {

  private static final long TELL_NANOS = 2_000_000_000L;
  private static final long BOUND_NANOS = 10_000_000_000L;
  private static final long SECOND_NANOS = 1_000_000_000L;

  private final VrrpContext context;
  private final Supplier<Collection<RunningRouter>> waiting;
  private final Function<VrrpInstance, List<TrackTarget>> awaited;
  private final ToLongFunction<TrackTarget> runNanos;
  private final BiConsumer<TrackTarget, Condition> presume;
  private final TimerQueue.Timer timer;
  private final Set<RunningRouter> told = new HashSet<>();
  private long sinceNanos;

  /**
   * @param waiting those that wait in INIT
   * @param awaited what an instance waits for
   * @param runNanos how long looking at a target may take by its configuration: a script's timeout
   * @param presume hears how a target counts that nobody has looked at
   */
  StartPatience(
      VrrpContext context,
      Supplier<Collection<RunningRouter>> waiting,
      Function<VrrpInstance, List<TrackTarget>> awaited,
      ToLongFunction<TrackTarget> runNanos,
      BiConsumer<TrackTarget, Condition> presume) {
    this.context = context;
    this.waiting = waiting;
    this.awaited = awaited;
    this.runNanos = runNanos;
    this.presume = presume;
    timer = context.timers().timer((deadline, now) -> look(now));
  }

  /** Somebody may have to wait from now on. */
  void begin(long nowNanos) {
    if (!timer.isArmed() && !waiting.get().isEmpty()) {
      sinceNanos = nowNanos;
      timer.arm(nowNanos + TELL_NANOS);
    }
  }

  /** Nobody waits any more. */
  void end() {
    timer.disarm();
    told.clear();
  }

  private void look(long nowNanos) {
    long waitedNanos = nowNanos - sinceNanos;
    Set<TrackTarget> overdue = new LinkedHashSet<>();
    for (RunningRouter router : waiting.get()) {
      List<TrackTarget> targets = awaited.apply(router.router().instance());
      if (!targets.isEmpty() && told.add(router)) {
        router.log(Level.INFO, "does not start yet: " + unknown(targets.get(0)));
      }
      targets.stream().filter(target -> waitedNanos >= boundNanos(target)).forEach(overdue::add);
    }
    overdue.forEach(target -> giveUp(target, waitedNanos));
    told.retainAll(waiting.get());
    if (!waiting.get().isEmpty()) {
      timer.arm(nowNanos + TELL_NANOS);
    }
  }

  private long boundNanos(TrackTarget target) {
    return BOUND_NANOS + runNanos.applyAsLong(target);
  }

  private void giveUp(TrackTarget target, long waitedNanos) {
    boolean number = target.kind().has(TrackKind.Trait.NUMBER);
    context
        .listener()
        .log(
            Level.WARNING,
            unknown(target)
                + " for "
                + waitedNanos / SECOND_NANOS
                + " s: it counts as "
                + (number ? "saying 0" : "failed")
                + " until it is");
    presume.accept(target, number ? Condition.of(0) : Condition.DOWN);
  }

  private static String unknown(TrackTarget target) {
    return "tracked " + target.kind().noun() + " " + target.name() + " has not been looked at";
  }
}
