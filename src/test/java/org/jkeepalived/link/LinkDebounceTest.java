package org.jkeepalived.link;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.jkeepalived.dice.Dice;
import org.jkeepalived.dice.Trials;
import org.jkeepalived.model.LinkWatch;
import org.jkeepalived.time.TimerQueue;
import org.junit.jupiter.api.Test;

class LinkDebounceTest {

  private static final long SECOND = 1_000_000_000L;

  private final TimerQueue timers = new TimerQueue();
  private final List<String> changed = new ArrayList<>();
  private LinkDebounce belief = make(Map.of(), Map.of());
  private long now;

  private LinkDebounce make(
      Map<String, LinkWatch.Delays> delays, Map<String, LinkWatch.Polling> polled) {
    return new LinkDebounce(new LinkWatch(delays, polled), timers, changed::add);
  }

  private static LinkState link(boolean adminUp, boolean running) {
    return new LinkState(
        7,
        "eth0",
        new byte[6],
        adminUp,
        running,
        true,
        true,
        1500,
        LinkState.ETHERNET,
        Optional.empty(),
        OptionalInt.empty(),
        OptionalInt.empty());
  }

  private boolean observe(boolean up) {
    return belief.observe(link(true, up), now).usable();
  }

  private void goTo(long seconds) {
    while (timers.nanosUntilNext(now) <= seconds * SECOND - now) {
      now += timers.nanosUntilNext(now);
      timers.fireNext(now);
    }
    now = seconds * SECOND;
  }

  @Test
  void withoutDelaysTheKernelIsBelieved() {
    for (boolean up : List.of(true, false, true)) {
      LinkState told = link(true, up);
      assertEquals(told, belief.observe(told, now));
    }
    assertEquals(link(false, false), belief.observe(link(false, false), now));
  }

  @Test
  void linkThatComesBackInTimeWasNeverGone() {
    belief = make(Map.of("eth0", new LinkWatch.Delays(2 * SECOND, 5 * SECOND)), Map.of());
    assertTrue(observe(true));
    assertTrue(observe(false));
    goTo(1);
    assertTrue(observe(true));
    goTo(10);
    assertEquals(List.of(), changed);
    assertTrue(observe(true));
  }

  @Test
  void linkThatStaysAwayIsGoneAfterItsDelayAndBackAfterTheOther() {
    belief = make(Map.of("eth0", new LinkWatch.Delays(2 * SECOND, 5 * SECOND)), Map.of());
    observe(true);
    goTo(1);
    observe(false);
    goTo(2);
    assertTrue(observe(false), "a second message is no second beginning");
    goTo(3);
    assertEquals(List.of("eth0"), changed);
    assertFalse(observe(false));
    assertFalse(observe(true));
    goTo(7);
    assertFalse(observe(true));
    goTo(8);
    assertEquals(List.of("eth0", "eth0"), changed);
    assertTrue(observe(true));
  }

  @Test
  void howItIsWhenFirstSeenIsBelievedAtOnce() {
    belief = make(Map.of("eth0", new LinkWatch.Delays(2 * SECOND, 5 * SECOND)), Map.of());
    assertFalse(observe(false));
  }

  @Test
  void linkThatIsMadeAgainHasToLast() {
    belief = make(Map.of("eth0", new LinkWatch.Delays(0, 5 * SECOND)), Map.of());
    observe(true);
    belief.gone("eth0");
    assertFalse(observe(true));
    goTo(5);
    assertTrue(observe(true));
  }

  @Test
  void delayOfNothingIsNone() {
    belief = make(Map.of("eth0", new LinkWatch.Delays(0, 0)), Map.of());
    assertTrue(observe(true));
    assertFalse(observe(false));
    assertTrue(observe(true));
  }

  @Test
  void reloadThatDropsTheDelayBelievesTheKernelAgain() {
    belief = make(Map.of("eth0", new LinkWatch.Delays(9 * SECOND, 0)), Map.of());
    observe(true);
    assertTrue(observe(false));
    belief.reconfigure(LinkWatch.KERNEL);
    assertFalse(observe(false));
    goTo(20);
    assertEquals(List.of(), changed);
  }

  @Test
  void pollingStandsInForTheKernelsWord() {
    belief = make(Map.of(), Map.of("eth0", LinkWatch.Polling.MII));
    assertTrue(observe(true), "before the first answer the kernel is believed");
    belief.beat("eth0", false);
    assertEquals(List.of("eth0"), changed);
    assertFalse(observe(true));
    belief.beat("eth0", false);
    belief.beat("eth1", false);
    assertEquals(List.of("eth0"), changed);
    belief.beat("eth0", true);
    assertTrue(observe(false));
    assertFalse(belief.observe(link(false, false), now).usable(), "the operator set it down");
    belief.reconfigure(LinkWatch.KERNEL);
    assertFalse(observe(false));
  }

  /** In the end what has lasted is believed, and a flapping link settles on one of both. */
  @Test
  void endsWithTheTruth() {
    Trials.run(1000, dice -> new LinkDebounceTest().endsWithTheTruth(dice));
  }

  private void endsWithTheTruth(Dice dice) {
    int down = dice.between(0, 3);
    int up = dice.between(0, 3);
    belief = make(Map.of("eth0", new LinkWatch.Delays(down * SECOND, up * SECOND)), Map.of());
    boolean truth = true;
    for (int step : dice.list(40, () -> dice.below(4))) {
      truth = step % 2 == 0;
      observe(truth);
      goTo(now / SECOND + step / 2);
    }
    goTo(now / SECOND + 4);
    assertEquals(truth, observe(truth));
  }

  @Test
  void whatIsShownIsWhatCounts() {
    belief = make(Map.of("eth0", new LinkWatch.Delays(3 * SECOND, 0)), Map.of());
    assertEquals(link(true, true), belief.shown(link(true, true)));
    observe(true);
    assertFalse(belief.isDelayed("eth0"));
    observe(false);
    assertTrue(belief.isDelayed("eth0"));
    assertEquals(link(true, true), belief.shown(link(false, false)));
    goTo(3);
    assertFalse(belief.isDelayed("eth0"));
    assertEquals(link(false, false), belief.shown(link(false, false)));
  }
}
