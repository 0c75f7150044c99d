package org.jkeepalived.time;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jkeepalived.dice.Dice;
import org.jkeepalived.dice.Trials;
import org.junit.jupiter.api.Test;

/** The timer queue against a dumb twin: a list that is sorted whenever something is asked. */
class TimerQueuePropertyTest {

  private static final int TIMERS = 12;

  /** One thing done to a queue. */
  record Step(Kind kind, int timer, int nanos) {}

  enum Kind {
    ARM,
    DISARM,
    DISCARD,
    /** The timer, when it fires, arms another one. */
    CHAIN,
    PASS_TIME,
    FIRE_ONE,
    FIRE_ALL
  }

  /** Each as often as it is to be drawn. */
  private static final List<Kind> KINDS =
      Stream.of(
              Collections.nCopies(8, Kind.ARM),
              Collections.nCopies(2, Kind.DISARM),
              Collections.nCopies(2, Kind.DISCARD),
              Collections.nCopies(1, Kind.CHAIN),
              Collections.nCopies(4, Kind.PASS_TIME),
              Collections.nCopies(4, Kind.FIRE_ONE),
              Collections.nCopies(1, Kind.FIRE_ALL))
          .flatMap(List::stream)
          .toList();

  /** The twin. Deadlines are kept relative to the clock's origin, so that it need not wrap. */
  private static final class Twin {
    private record Armed(int timer, long deadline, long order) {}

    private final List<Armed> armed = new ArrayList<>();
    private long order;

    void arm(int timer, long deadline) {
      disarm(timer);
      armed.add(new Armed(timer, deadline, order++));
    }

    void disarm(int timer) {
      armed.removeIf(one -> one.timer() == timer);
    }

    Optional<Armed> first() {
      return armed.stream()
          .min(Comparator.comparingLong(Armed::deadline).thenComparingLong(Armed::order));
    }

    Optional<Armed> fireNext(long now) {
      Optional<Armed> due = first().filter(one -> one.deadline() <= now);
      due.ifPresent(armed::remove);
      return due;
    }

    long untilNext(long now) {
      return first().map(one -> Math.max(0, one.deadline() - now)).orElse(Long.MAX_VALUE);
    }

    long late(long now) {
      return first().map(one -> now - one.deadline()).orElse(-1L);
    }
  }

  private static final class Pair {
    private final TimerQueue queue = new TimerQueue();
    private final Twin twin = new Twin();
    private final List<TimerQueue.Timer> timers = new ArrayList<>();
    private final int[] chain = new int[TIMERS];
    private final long origin;
    private final List<String> fired = new ArrayList<>();
    private final List<String> twinFired = new ArrayList<>();
    private long now;

    Pair(long origin) {
      this.origin = origin;
      for (int i = 0; i < TIMERS; i++) {
        int number = i;
        chain[i] = -1;
        timers.add(queue.timer((deadline, at) -> fired(number, deadline, at)));
      }
    }

    private void fired(int number, long deadline, long at) {
      fired.add(number + " due " + (deadline - origin) + " at " + (at - origin));
      if (chain[number] >= 0) {
        timers.get(chain[number]).arm(at + 1);
      }
    }

    void twinFires(Twin.Armed one) {
      twinFired.add(one.timer() + " due " + one.deadline() + " at " + now);
      if (chain[one.timer()] >= 0) {
        twin.arm(chain[one.timer()], now + 1);
      }
    }

    void apply(Step step) {
      switch (step.kind()) {
        case ARM -> {
          timers.get(step.timer()).arm(origin + now + step.nanos());
          twin.arm(step.timer(), now + step.nanos());
        }
        case DISARM -> {
          timers.get(step.timer()).disarm();
          twin.disarm(step.timer());
        }
        case DISCARD -> {
          timers.get(step.timer()).discard();
          twin.disarm(step.timer());
        }
        case CHAIN -> chain[step.timer()] = Math.floorMod(step.nanos(), TIMERS);
        case PASS_TIME -> now += Math.abs(step.nanos());
        case FIRE_ONE -> fireOne();
        case FIRE_ALL -> {
          for (int i = 0; i < 3 * TIMERS; i++) {
            fireOne();
          }
        }
      }
      compare();
    }

    private void fireOne() {
      Optional<Twin.Armed> due = twin.fireNext(now);
      due.ifPresent(this::twinFires);
      assertEquals(due.isPresent(), queue.fireNext(origin + now));
    }

    private void compare() {
      assertEquals(twinFired, fired);
      assertEquals(twin.untilNext(now), queue.nanosUntilNext(origin + now));
      long late = queue.nanosLate(origin + now);
      assertEquals(Math.max(-1, twin.late(now)), Math.max(-1, late));
      for (int i = 0; i < TIMERS; i++) {
        int number = i;
        Optional<Twin.Armed> armed =
            twin.armed.stream().filter(one -> one.timer() == number).findFirst();
        assertEquals(armed.isPresent(), timers.get(i).isArmed());
        armed.ifPresent(
            one -> assertEquals(one.deadline(), timers.get(number).deadlineNanos() - origin));
      }
    }
  }

  private static List<Step> steps(Dice dice, int most) {
    return dice.list(
        most, () -> new Step(dice.of(KINDS), dice.below(TIMERS), dice.between(-20, 100)));
  }

  @Test
  void doesWhatAListWouldDo() {
    Trials.run(1000, dice -> steps(dice, 120).forEach(new Pair(0)::apply));
  }

  @Test
  void theClockMayWrap() {
    Trials.run(300, dice -> steps(dice, 120).forEach(new Pair(Long.MAX_VALUE - 150)::apply));
  }

  @Test
  void anyOriginWillDo() {
    Trials.run(300, dice -> steps(dice, 60).forEach(new Pair(dice.anyLong())::apply));
  }
}
