package org.jkeepalived.link;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jkeepalived.dice.Dice;
import org.jkeepalived.dice.Trials;
import org.jkeepalived.model.LinkWatch;
import org.jkeepalived.time.TimerQueue;
import org.junit.jupiter.api.Test;

class LinkDebounceTest {

  private static final long SECOND = 1_000_000_000L;
  private static final int PROMISCUOUS = 0x100;

  private final TimerQueue timers = new TimerQueue();
  private final List<String> changed = new ArrayList<>();
  private final List<String> told = new ArrayList<>();
  private LinkDebounce debounce = make(Map.of(), Map.of());
  private long now;

  private LinkDebounce make(
      Map<String, LinkWatch.Delays> delays, Map<String, LinkWatch.Polling> polled) {
    return new LinkDebounce(new LinkWatch(delays, polled), timers, new Recorder());
  }

  private final class Recorder implements LinkDebounce.Listener {
    @Override
    public void changed(String link) {
      changed.add(link);
    }

    @Override
    public void heldBack(String link, int from, int to, long delayNanos) {
      told.add(String.format("%s from %x to %x in %d s", link, from, to, delayNanos / SECOND));
    }

    @Override
    public void undone(String link) {
      told.add(link + " undone");
    }
  }

  private static LinkState link(boolean adminUp, boolean running) {
    return TestLinks.flags(7, "eth0", flags(adminUp, running));
  }

  private static int flags(boolean adminUp, boolean running) {
    return running ? TestLinks.UP : adminUp ? TestLinks.NO_CARRIER : TestLinks.DOWN;
  }

  private boolean update(int flags) {
    return debounce.update(TestLinks.flags(7, "eth0", flags), now).usable();
  }

  private boolean update(boolean up) {
    return debounce.update(link(true, up), now).usable();
  }

  private void goTo(long seconds) {
    while (timers.nanosUntilNext(now) <= seconds * SECOND - now) {
      now += timers.nanosUntilNext(now);
      timers.fireNext(now);
    }
    now = seconds * SECOND;
  }

  @Test
  void withoutDelaysWhatTheKernelSaysCounts() {
    for (boolean up : List.of(true, false, true)) {
      LinkState told = link(true, up);
      assertEquals(told, debounce.update(told, now));
    }
    assertEquals(link(false, false), debounce.update(link(false, false), now));
  }

  @Test
  void linkThatComesBackInTimeWasNeverGone() {
    debounce = make(Map.of("eth0", new LinkWatch.Delays(2 * SECOND, 5 * SECOND)), Map.of());
    assertTrue(update(true));
    assertTrue(update(false));
    goTo(1);
    assertTrue(update(true));
    goTo(10);
    assertEquals(List.of(), changed);
    assertTrue(update(true));
    assertEquals(List.of("eth0 from 11043 to 1003 in 2 s"), told);
  }

  /** As keepalived tells of it: what other flags become meanwhile is not what is compared with. */
  @Test
  void oneThatComesBackWithOtherFlagsIsToldOf() {
    debounce = make(Map.of("eth0", new LinkWatch.Delays(2 * SECOND, 5 * SECOND)), Map.of());
    update(TestLinks.UP);
    update(TestLinks.NO_CARRIER);
    update(TestLinks.NO_CARRIER | PROMISCUOUS);
    assertTrue(update(TestLinks.UP | PROMISCUOUS));
    assertTrue(update(TestLinks.UP | PROMISCUOUS));
    assertEquals(List.of("eth0 from 11043 to 1003 in 2 s", "eth0 undone"), told);
    told.clear();
    update(TestLinks.DOWN | PROMISCUOUS);
    assertTrue(update(TestLinks.NO_CARRIER));
    goTo(2);
    assertEquals(List.of("eth0"), changed);
    assertFalse(update(TestLinks.NO_CARRIER));
    update(TestLinks.DOWN);
    assertFalse(update(TestLinks.UP));
    assertEquals(List.of("eth0 from 11043 to 1102 in 2 s", "eth0 from 1003 to 11043 in 5 s"), told);
  }

  @Test
  void linkThatStaysAwayIsGoneAfterItsDelayAndBackAfterTheOther() {
    debounce = make(Map.of("eth0", new LinkWatch.Delays(2 * SECOND, 5 * SECOND)), Map.of());
    update(true);
    goTo(1);
    update(false);
    goTo(2);
    assertTrue(update(false), "a second message is no second beginning");
    goTo(3);
    assertEquals(List.of("eth0"), changed);
    assertFalse(update(false));
    assertFalse(update(true));
    goTo(7);
    assertFalse(update(true));
    goTo(8);
    assertEquals(List.of("eth0", "eth0"), changed);
    assertTrue(update(true));
    assertEquals(List.of("eth0 from 11043 to 1003 in 2 s", "eth0 from 1003 to 11043 in 5 s"), told);
  }

  @Test
  void howItIsWhenFirstSeenCountsAtOnce() {
    debounce = make(Map.of("eth0", new LinkWatch.Delays(2 * SECOND, 5 * SECOND)), Map.of());
    assertFalse(update(false));
  }

  @Test
  void linkThatIsMadeAgainHasToLast() {
    debounce = make(Map.of("eth0", new LinkWatch.Delays(0, 5 * SECOND)), Map.of());
    update(true);
    debounce.remove("eth0");
    assertFalse(update(true));
    assertEquals(List.of("eth0 from 0 to 11043 in 5 s"), told);
    goTo(5);
    assertTrue(update(true));
  }

  @Test
  void delayOfNothingIsNone() {
    debounce = make(Map.of("eth0", new LinkWatch.Delays(0, 0)), Map.of());
    assertTrue(update(true));
    assertFalse(update(false));
    assertTrue(update(true));
  }

  @Test
  void reloadThatDropsTheDelayGoesByTheKernelAgain() {
    debounce = make(Map.of("eth0", new LinkWatch.Delays(9 * SECOND, 0)), Map.of());
    update(true);
    assertTrue(update(false));
    debounce.reconfigure(LinkWatch.KERNEL);
    assertFalse(update(false));
    goTo(20);
    assertEquals(List.of(), changed);
  }

  @Test
  void pollingStandsInForTheKernelsWord() {
    debounce = make(Map.of(), Map.of("eth0", LinkWatch.Polling.MII));
    assertTrue(update(true), "before the first answer the kernel counts");
    debounce.beat("eth0", false);
    assertEquals(List.of("eth0"), changed);
    assertFalse(update(true));
    debounce.beat("eth0", false);
    debounce.beat("eth1", false);
    assertEquals(List.of("eth0"), changed);
    debounce.beat("eth0", true);
    assertTrue(update(false));
    assertFalse(debounce.update(link(false, false), now).usable(), "the operator set it down");
    debounce.reconfigure(LinkWatch.KERNEL);
    assertFalse(update(false));
  }

  /** In the end what has lasted counts, and a flapping link settles on one of both. */
  @Test
  void endsWithTheTruth() {
    Trials.run(1000, dice -> new LinkDebounceTest().endsWithTheTruth(dice));
  }

  private void endsWithTheTruth(Dice dice) {
    int down = dice.between(0, 3);
    int up = dice.between(0, 3);
    debounce = make(Map.of("eth0", new LinkWatch.Delays(down * SECOND, up * SECOND)), Map.of());
    boolean truth = true;
    for (int step : dice.list(40, () -> dice.below(4))) {
      truth = step % 2 == 0;
      update(truth);
      goTo(now / SECOND + step / 2);
    }
    goTo(now / SECOND + 4);
    assertEquals(truth, update(truth));
  }

  @Test
  void whatIsShownIsWhatCounts() {
    debounce = make(Map.of("eth0", new LinkWatch.Delays(3 * SECOND, 0)), Map.of());
    assertEquals(link(true, true), debounce.shown(link(true, true)));
    update(true);
    assertFalse(debounce.isDelayed("eth0"));
    update(false);
    assertTrue(debounce.isDelayed("eth0"));
    assertEquals(link(true, true), debounce.shown(link(false, false)));
    goTo(3);
    assertFalse(debounce.isDelayed("eth0"));
    assertEquals(link(false, false), debounce.shown(link(false, false)));
  }
}
