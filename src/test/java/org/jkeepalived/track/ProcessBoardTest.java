package org.jkeepalived.track;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.jkeepalived.dice.Trials;
import org.jkeepalived.model.ProcessTracker;
import org.jkeepalived.model.ProcessTracker.Match;
import org.jkeepalived.model.ProcessTracker.ParameterMatch;
import org.jkeepalived.model.Weight;
import org.jkeepalived.time.TimerQueue;
import org.junit.jupiter.api.Test;

/** What keepalived 2.2.7 was seen to say to the same processes. Times are in milliseconds. */
class ProcessBoardTest {

  private static final int ANY = Integer.MAX_VALUE;

  private final TimerQueue timers = new TimerQueue();
  private final Map<Integer, ProcessFacts> processes = new HashMap<>();
  private final List<String> told = new ArrayList<>();
  private final ProcessBoard board =
      new ProcessBoard(
          timers,
          (process, bytes) -> Optional.ofNullable(processes.get(process)),
          (tracker, up, first) -> told.add((first ? "=" : up ? "+" : "-") + tracker.name()));
  private long nowMillis;

  private static ProcessTracker tracker(
      String name, int quorum, int quorumMax, int forkDelay, int terminateDelay) {
    return tracker(name, "nginx", quorum, quorumMax, forkDelay, terminateDelay);
  }

  private static ProcessTracker tracker(
      String name, String process, int quorum, int quorumMax, int forkDelay, int terminateDelay) {
    return new ProcessTracker(
        name,
        new Match(process, List.of(), ParameterMatch.NONE, false),
        Weight.FAULT,
        quorum,
        quorumMax,
        forkDelay * 1_000_000L,
        terminateDelay * 1_000_000L);
  }

  private void track(ProcessTracker... trackers) {
    board.become(List.of(trackers));
    scan();
  }

  private void scan() {
    board.scanned(List.copyOf(processes.values()), nowNanos());
  }

  private long nowNanos() {
    return nowMillis * 1_000_000L;
  }

  private void at(long millis) {
    nowMillis = millis;
    while (timers.fireNext(nowNanos())) {
      // all that matters happens in the condition
    }
  }

  private void runs(int process, String name) {
    processes.put(process, new ProcessFacts(process, name, List.of("/" + name)));
  }

  private void forks(int parent, int child) {
    runs(child, processes.get(parent).name());
    board.forked(parent, child, nowNanos());
  }

  private void executes(int process, String name) {
    runs(process, name);
    board.executed(process, nowNanos());
    board.settle(nowNanos());
  }

  private void ends(int process) {
    processes.remove(process);
    board.exited(process, nowNanos());
  }

  private void assertTold(String expected) {
    assertEquals(expected, String.join(" ", told));
    told.clear();
  }

  @Test
  void theQuorumIsThereOrNot() {
    track(tracker("q2", 2, ANY, 0, 0), tracker("max1", 1, 1, 0, 0), tracker("max0", 0, 0, 0, 0));
    assertTold("=q2 =max1 =max0");
    executes(10, "nginx");
    assertTold("+max1 -max0");
    executes(11, "nginx");
    assertTold("+q2 -max1");
    executes(12, "other");
    assertTold("");
    executes(11, "other");
    assertTold("-q2 +max1");
    ends(11);
    assertTold("");
    ends(10);
    assertTold("-max1 +max0");
  }

  @Test
  void aForkWaitsForItsDelayWhateverItChanges() {
    runs(10, "nginx");
    track(
        tracker("q2", 2, ANY, 0, 0),
        tracker("q2f", 2, ANY, 1000, 0),
        tracker("q2t", 2, ANY, 0, 1000),
        tracker("max", 1, 1, 0, 0),
        tracker("maxf", 1, 1, 1000, 0),
        tracker("maxt", 1, 1, 0, 1000));
    told.clear();

    forks(10, 11);
    assertTold("+q2 +q2t -max -maxt");
    at(300);
    ends(11);
    assertTold("-q2 +max");
    at(1299);
    assertTold("");
    at(1300);
    assertTold("-q2t +maxt");

    at(2000);
    forks(10, 12);
    assertTold("+q2 +q2t -max -maxt");
    at(3000);
    assertTold("+q2f -maxf");
    at(3500);
    ends(12);
    assertTold("-q2 -q2f +max +maxf");
    at(4500);
    assertTold("-q2t +maxt");
  }

  @Test
  void anotherProgramCountsAtOnce() {
    runs(10, "nginx");
    track(tracker("q2f", 2, ANY, 1000, 1000), tracker("q2t", 2, ANY, 0, 1000));
    told.clear();
    forks(10, 11);
    assertTold("+q2t");
    at(300);
    executes(11, "other");
    assertTold("-q2t");
    at(5000);
    assertTold("");
  }

  @Test
  void aDelayBeginsWithTheFirstForkAndEndsWhenAllIsAsBefore() {
    runs(10, "nginx");
    track(tracker("f", 2, ANY, 1000, 0));
    told.clear();
    forks(10, 11);
    at(600);
    forks(10, 12);
    at(1000);
    assertTold("+f");
    ends(12);
    ends(11);
    assertTold("-f");
    forks(10, 13);
    at(1500);
    ends(13);
    forks(10, 14);
    at(2000);
    assertTold("");
    at(2500);
    assertTold("+f");
  }

  @Test
  void aNewNameCountsButNotForACommandLine() {
    ProcessTracker byLine =
        new ProcessTracker(
            "line",
            new Match("/nginx", List.of(), ParameterMatch.NONE, true),
            Weight.FAULT,
            1,
            ANY,
            0,
            0);
    runs(10, "nginx");
    track(tracker("name", 1, ANY, 0, 0), byLine, tracker("foo", "foo", 1, ANY, 0, 0));
    told.clear();
    board.renamed(10, "foo", 0);
    assertTold("-name +foo");
    forks(10, 11);
    ends(10);
    ends(11);
    assertTold("-line -foo");
  }

  @Test
  void whatIsKnownAlreadyDoesNoHarm() {
    runs(10, "nginx");
    runs(11, "other");
    track(tracker("two", 2, ANY, 0, 0));
    told.clear();
    runs(12, "nginx");
    scan();
    assertTold("+two");
    board.forked(10, 12, 0);
    board.exited(99, 0);
    board.executed(12, 0);
    board.executed(11, 0);
    board.settle(0);
    ends(12);
    assertTold("-two");
  }

  @Test
  void whatWasLostIsFoundWithTheDelaysOfForkAndEnd() {
    runs(10, "nginx");
    track(tracker("now", 1, ANY, 0, 0), tracker("later", 1, ANY, 500, 1000));
    told.clear();
    processes.clear();
    scan();
    assertTold("-now");
    at(400);
    runs(11, "nginx");
    scan();
    assertTold("+now");
    processes.clear();
    scan();
    at(1400);
    assertTold("-now -later");
    runs(12, "nginx");
    scan();
    assertTold("+now");
    at(1900);
    assertTold("+later");
  }

  @Test
  void aReloadLeavesAloneWhatStays() {
    runs(10, "nginx");
    ProcessTracker kept = tracker("kept", 1, ANY, 0, 1000);
    track(kept, tracker("changed", 1, ANY, 0, 1000), tracker("gone", 1, ANY, 0, 1000));
    told.clear();
    ends(10);
    at(500);
    track(tracker("new", "other", 1, ANY, 0, 0), tracker("changed", 2, ANY, 0, 1000), kept);
    assertTold("=new =changed");
    at(1000);
    assertTold("-kept");
    executes(11, "nginx");
    executes(12, "other");
    assertTold("+kept +new");
    board.become(List.of());
    ends(11);
    at(9000);
    assertTold("");
  }

  @Test
  void whatHappensBetweenTwoLooksIsInOrder() {
    track(tracker("one", 1, ANY, 0, 0), tracker("two", 2, ANY, 0, 0));
    told.clear();
    runs(10, "nginx");
    board.executed(10, 0);
    assertTold("");
    forks(10, 11);
    assertTold("+one +two");
    board.executed(12, 0);
    board.exited(12, 0);
    processes.remove(10);
    board.executed(10, 0);
    board.settle(0);
    assertTold("-two");
    ends(10);
    assertTold("");
    ends(11);
    assertTold("-one");
  }

  /** Whatever happens, and however often all is looked at, the count is what runs. */
  @Test
  void theCountIsWhatRuns() {
    Trials.run(
        1000,
        dice -> new ProcessBoardTest().theCountIsWhatRuns(dice.list(255, () -> dice.below(5000))));
  }

  private void theCountIsWhatRuns(List<Integer> steps) {
    track(tracker("two", 2, ANY, 0, 0));
    told.clear();
    for (int step : steps) {
      int process = step / 5 % 8;
      int other = step / 40 % 8;
      boolean there = processes.containsKey(process);
      switch (step % 5) {
        case 0:
          runs(process, step / 320 % 2 == 0 ? "nginx" : "other");
          board.executed(process, 0);
          break;
        case 1:
          if (there && !processes.containsKey(other)) {
            forks(process, other);
          }
          break;
        case 2:
          ends(process);
          break;
        case 3:
          processes.remove(process);
          scan();
          break;
        default:
          scan();
      }
      if (step / 640 % 2 == 0) {
        board.settle(0);
      }
    }
    board.settle(0);
    boolean now =
        new TreeSet<>(processes.keySet())
                .stream().filter(id -> processes.get(id).name().equals("nginx")).count()
            >= 2;
    boolean up = !told.isEmpty() && told.get(told.size() - 1).equals("+two");
    assertEquals(now, up);
    for (int i = 1; i < told.size(); i++) {
      assertTrue(!told.get(i).equals(told.get(i - 1)));
    }
  }

  @Test
  void aLookTellsTheDelaysThatRun() {
    runs(10, "nginx");
    track(tracker("q2", 2, ANY, 1000, 2000));
    assertEquals(new ProcessBoard.Look(1, false, false, false), board.looks().get("q2"));
    forks(10, 11);
    assertEquals(new ProcessBoard.Look(2, false, true, false), board.looks().get("q2"));
    at(1000);
    assertEquals(new ProcessBoard.Look(2, true, false, false), board.looks().get("q2"));
    ends(11);
    assertEquals(new ProcessBoard.Look(1, true, false, true), board.looks().get("q2"));
    at(3000);
    assertEquals(new ProcessBoard.Look(1, false, false, false), board.looks().get("q2"));
  }
}
