package org.jkeepalived.host.track;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jkeepalived.model.Account;
import org.jkeepalived.model.Command;
import org.jkeepalived.model.Configuration;
import org.jkeepalived.model.GlobalDefinitions;
import org.jkeepalived.model.LifeScripts;
import org.jkeepalived.model.LinkWatch;
import org.jkeepalived.model.Notifications;
import org.jkeepalived.model.Reporting;
import org.jkeepalived.model.ScriptTracker;
import org.jkeepalived.model.SyncGroup;
import org.jkeepalived.model.TrackTarget;
import org.jkeepalived.model.Tracked;
import org.jkeepalived.model.Trackers;
import org.jkeepalived.model.VrrpInstance;
import org.jkeepalived.model.Weight;
import org.jkeepalived.script.CommandRunner;
import org.jkeepalived.script.Outcome;
import org.jkeepalived.time.TimerQueue;
import org.junit.jupiter.api.Test;

class ScriptChecksTest {

  private static final long SECOND = 1_000_000_000L;
  private static final long MILLI = 1_000_000L;

  private final TimerQueue timers = new TimerQueue();
  private final Map<String, Consumer<Outcome>> running = new LinkedHashMap<>();
  private final List<String> seen = new ArrayList<>();
  private long nowNanos = SECOND;
  private boolean broken;

  private final CommandRunner runner =
      (order, done) -> {
        if (broken) {
          throw new IllegalStateException("for the test");
        }
        String what = order.command() + " at " + (nowNanos - SECOND) / MILLI;
        seen.add(what);
        running.put(order.label(), done);
        return () -> seen.add("end of " + what);
      };

  private final ScriptChecks checks =
      new ScriptChecks(
          timers,
          () -> nowNanos,
          runner,
          Runnable::run,
          (thing, condition) -> seen.add(thing.name() + (condition.up() ? " UP" : " DOWN")));

  private static ScriptTracker script(String name, String program, long intervalNanos) {
    return new ScriptTracker(
        name,
        new Command(List.of(program), new Account("root", Optional.empty(), false), false),
        intervalNanos,
        10 * SECOND,
        Weight.FAULT,
        1,
        1,
        false);
  }

  /** The scripts, and a sync group that tracks some of them. */
  private static Configuration file(List<String> tracked, ScriptTracker... scripts) {
    List<Tracked> things =
        tracked.stream().map(name -> new Tracked(TrackTarget.script(name), Weight.FAULT)).toList();
    VrrpInstance member =
        new VrrpInstance("A", new VrrpInstance.Key("eth0", InetAddress.getLoopbackAddress(), 1));
    return new Configuration(
        new GlobalDefinitions("test", Optional.empty(), Optional.empty(), false, 0, 0, false),
        List.of(member),
        List.of(new SyncGroup("G", List.of("A"), things, Notifications.NONE)),
        new Trackers(List.of(scripts), List.of(), List.of()),
        LinkWatch.KERNEL,
        Reporting.NONE,
        LifeScripts.NONE);
  }

  private void advance(long nanos) {
    long end = nowNanos + nanos;
    while (timers.nanosUntilNext(nowNanos) <= end - nowNanos) {
      nowNanos += timers.nanosUntilNext(nowNanos);
      timers.fireNext(nowNanos);
    }
    nowNanos = end;
  }

  private void exit(String script, int status) {
    running
        .remove("VRRP_Script(" + script + ")")
        .accept(new Outcome(Outcome.Kind.EXITED, status, ""));
  }

  private void assertSeen(String... expected) {
    assertEquals(List.of(expected), seen);
    seen.clear();
  }

  @Test
  void scriptThatNobodyTracksIsNotRun() {
    checks.run(file(List.of("a"), script("a", "/a", SECOND), script("b", "/b", SECOND)));
    advance(SECOND / 2);
    assertSeen("/a at 0");
    exit("a", 0);
    assertSeen("a UP");
  }

  @Test
  void scriptsOfOneIntervalDoNotAllStartAtOnce() {
    List<String> names = IntStream.range(0, 500).mapToObj(i -> "s" + i).toList();
    checks.run(
        file(
            names,
            names.stream()
                .map(name -> script(name, "/" + name, SECOND))
                .toArray(ScriptTracker[]::new)));
    advance(SECOND - 1);
    assertEquals(500, seen.stream().map(line -> line.replaceAll(".* at ", "")).distinct().count());
    names.forEach(name -> exit(name, 0));
    seen.clear();
    advance(SECOND);
    Stream<String> moments = seen.stream().map(line -> line.replaceAll(".* at ", ""));
    assertEquals(500, moments.distinct().count());
  }

  @Test
  void thousandsHaveAllRunAfterASecond() {
    List<String> names = IntStream.range(0, 3000).mapToObj(i -> "s" + i).toList();
    checks.run(
        file(
            names,
            names.stream()
                .map(name -> script(name, "/" + name, 100 * SECOND))
                .toArray(ScriptTracker[]::new)));
    advance(SECOND);
    assertEquals(3000, seen.size());
  }

  @Test
  void reloadLeavesAloneWhatDidNotChange() {
    Configuration file = file(List.of("a"), script("a", "/a", SECOND));
    checks.run(file);
    advance(SECOND / 4);
    seen.clear();
    checks.run(file);
    advance(SECOND / 4);
    assertSeen();
    exit("a", 1);
    assertSeen("a DOWN");
    checks.run(file);
    advance(SECOND);
    assertSeen("/a at 1000");
    exit("a", 1);
    assertSeen();
  }

  @Test
  void reloadEndsWhatIsGone() {
    checks.run(file(List.of("a", "b"), script("a", "/a", SECOND), script("b", "/b", SECOND)));
    advance(SECOND / 4);
    seen.clear();
    checks.run(file(List.of("b"), script("a", "/a", SECOND), script("b", "/b", SECOND)));
    assertSeen("end of /a at 0");
    exit("a", 1);
    exit("b", 0);
    assertSeen("b UP");
    advance(SECOND);
    assertSeen("/b at 1001");
  }

  @Test
  void whatComesBackRunsAnew() {
    Configuration with = file(List.of("a"), script("a", "/a", SECOND));
    checks.run(with);
    advance(SECOND / 4);
    exit("a", 0);
    checks.run(file(List.of()));
    seen.clear();
    checks.run(with);
    advance(SECOND / 4);
    assertSeen("/a at 250");
    exit("a", 0);
    assertSeen("a UP");
  }

  @Test
  void changedCommandRunsAtOnce() {
    checks.run(file(List.of("a"), script("a", "/a", 10 * SECOND)));
    advance(SECOND);
    exit("a", 0);
    seen.clear();
    checks.run(file(List.of("a"), script("a", "/other", 10 * SECOND)));
    advance(SECOND);
    assertSeen("/other at 1000");
  }

  @Test
  void afterTheEndNothingRuns() {
    checks.run(file(List.of("a"), script("a", "/a", SECOND)));
    advance(SECOND / 4);
    checks.end();
    assertSeen("/a at 0", "end of /a at 0");
    advance(10 * SECOND);
    assertSeen();
  }

  @Test
  void failureOfOurOwnCodeIsAFailedCheck() {
    broken = true;
    checks.run(file(List.of("a"), script("a", "/a", SECOND)));
    advance(SECOND / 4);
    assertTrue(seen.contains("a DOWN"), seen::toString);
  }
}
