package org.jkeepalived.notify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jkeepalived.dice.Dice;
import org.jkeepalived.dice.Trials;
import org.jkeepalived.model.Command;
import org.jkeepalived.model.Reporting;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who hears of virtual servers, in which order. Time stands in seconds. */
class LvsNotifierTest {

  private static final String ALL = "/run/all";
  private static final String VRRP = "/run/vrrp";
  private static final String LVS = "/run/lvs";
  private static final String WEB = "[10.0.0.100]:tcp:80";
  private static final String MAIL = "[10.0.0.100]:tcp:25";

  private final Stage stage = new Stage();

  @BeforeEach
  void configure() {
    stage.configure(
        new Reporting(
            Optional.of(Stage.fifo(ALL)),
            Optional.of(Stage.fifo(VRRP)),
            Optional.of(Stage.fifo(LVS)),
            true,
            Optional.empty()));
  }

  private static LvsEvent server(int number, boolean up) {
    return server(WEB, number, up);
  }

  private static LvsEvent server(String service, int number, boolean up) {
    String server = "[10.0.0." + number + "]:tcp:80";
    Command script = Stage.command("server " + number + (up ? " up" : " down"));
    return new LvsEvent.ServerState(server, service, up, Optional.of(script), true, "why");
  }

  private static LvsEvent quorum(boolean up) {
    Command script = Stage.command("quorum " + (up ? "up" : "down"));
    return new LvsEvent.QuorumState(WEB, up, Optional.of(script), true, "why");
  }

  private void happen(LvsEvent... events) {
    List.of(events).forEach(stage.notifier::happened);
  }

  @Test
  void theFifoOfAllAndTheirOwnHearOfThem() {
    happen(server(11, false), quorum(false));
    stage.happens("VI_1", What.MASTER);
    List<String> lines =
        List.of("RS [10.0.0.11]:tcp:80 [10.0.0.100]:tcp:80 DOWN", "VS [10.0.0.100]:tcp:80 DOWN");
    assertEquals(lines, stage.folder.at(LVS).read());
    String master = "INSTANCE \"VI_1\" MASTER 100";
    assertEquals(List.of(master), stage.folder.at(VRRP).read());
    assertEquals(List.of(lines.get(0), lines.get(1), master), stage.folder.at(ALL).read());
  }

  @Test
  void aReloadTellsTheirFifoOfNoPresentStates() {
    happen(quorum(true));
    stage.happens("VI_1", What.MASTER);
    stage.folder.at(LVS).read();
    stage.folder.at(VRRP).read();
    configure();
    assertEquals(List.of("INSTANCE \"VI_1\" MASTER 100"), stage.folder.at(VRRP).read());
    assertEquals(List.of(), stage.folder.at(LVS).read());
  }

  @Test
  void aFifoThatIsFullKeepsTheLastStateOfEachServer() {
    stage.folder.at(LVS).room = 0;
    happen(quorum(true));
    for (int i = 0; i < Backlog.MOST; i++) {
      happen(server(11, i % 2 == 0), server(12, i % 2 != 0));
    }
    happen(server(11, true), server(12, false));
    stage.folder.at(LVS).room = 2 * Backlog.MOST;
    stage.passSeconds(1);
    List<String> lines = stage.folder.at(LVS).read();
    assertTrue(lines.size() <= Backlog.MOST, "too many: " + lines.size());
    assertTrue(lines.contains("VS [10.0.0.100]:tcp:80 UP"));
    assertEquals(
        List.of(
            "RS [10.0.0.11]:tcp:80 [10.0.0.100]:tcp:80 UP",
            "RS [10.0.0.12]:tcp:80 [10.0.0.100]:tcp:80 DOWN"),
        lines.subList(lines.size() - 2, lines.size()));
  }

  @Test
  void theScriptsOfOneServerRunOneAfterTheOther() {
    happen(server(11, false), server(11, true), server(11, false));
    List<String> expected = List.of("server 11 down", "server 11 up", "server 11 down");
    for (int started = 1; started <= expected.size(); started++) {
      assertEquals(expected.subList(0, started), stage.runner.history());
      stage.runner.only().ends(FakeRunner.SUCCESS);
    }
    assertTrue(stage.runner.running.isEmpty());
  }

  @Test
  void aServerDoesNotWaitForAnotherNorForTheQuorum() {
    happen(quorum(true), server(WEB, 11, false), server(WEB, 12, false), server(MAIL, 11, false));
    assertEquals(
        List.of("quorum up", "server 11 down", "server 12 down", "server 11 down"),
        stage.runner.history());
    assertEquals(4, stage.runner.running.size());
  }

  @Test
  void theQuorumsScriptComesAfterThoseOfTheServersThatMadeIt() {
    happen(server(11, false), server(12, false), quorum(false), server(13, false));
    List<String> servers = List.of("server 11 down", "server 12 down", "server 13 down");
    assertEquals(servers, stage.runner.history());
    stage.runner.running.get(0).ends(FakeRunner.SUCCESS);
    assertEquals(servers, stage.runner.history());
    stage.runner.running.get(0).ends(FakeRunner.SUCCESS);
    assertEquals("quorum down", stage.runner.history().get(3), "server 13 failed later");
  }

  @Test
  void theQuorumsScriptWaitsForAServersThatHangsOneSecond() {
    happen(server(MAIL, 12, false), server(11, false), quorum(false));
    stage.passes(Precedence.MOST_NANOS - 1);
    assertEquals(List.of("server 12 down", "server 11 down"), stage.runner.history());
    stage.passes(1);
    assertEquals("quorum down", stage.runner.history().get(2));
    stage.allEnd();
    assertEquals(3, stage.runner.history().size());
  }

  @Test
  void aScriptThatHangsIsEndedHalfAMinuteAfterSomethingNewerAndOnlyWhatIsStillTrueIsTold() {
    happen(server(11, false));
    stage.passSeconds(300);
    happen(server(11, true), server(11, false), server(11, true));
    stage.passSeconds(29);
    assertFalse(stage.runner.only().isToldToEnd());
    stage.passSeconds(1);
    assertTrue(stage.runner.only().isToldToEnd());
    stage.runner.only().ends(FakeRunner.TERMINATED);
    stage.allEnd();
    assertEquals(List.of("server 11 down", "server 11 up"), stage.runner.history());
  }

  @Test
  void ofManyServersThatFailAtOnceSomeScriptsRunAtATimeAndAllRun() {
    List<String> expected = new ArrayList<>();
    IntStream.range(0, 1_000)
        .forEach(
            number -> {
              happen(server(number, false), server(number, true), server(number, false));
              expected.addAll(
                  List.of(
                      "server " + number + " down",
                      "server " + number + " up",
                      "server " + number + " down"));
            });
    while (!stage.runner.running.isEmpty()) {
      assertTrue(stage.runner.running.size() <= ScriptQueues.MOST_AT_ONCE);
      stage.runner.running.get(0).ends(FakeRunner.SUCCESS);
    }
    List<String> history = new ArrayList<>(stage.runner.history());
    assertTrue(history.indexOf("server 999 down") < history.lastIndexOf("server 0 down"), "a turn");
    Collections.sort(expected);
    Collections.sort(history);
    assertEquals(expected, history);
  }

  @Test
  void whereAllPlacesAreTakenByScriptsThatHangTheyAreEnded() {
    IntStream.range(0, ScriptQueues.MOST_AT_ONCE).forEach(number -> happen(server(number, false)));
    stage.passSeconds(3_600);
    happen(server(900, false), quorum(false));
    stage.passSeconds(29);
    assertEquals("quorum down", stage.runner.history().get(ScriptQueues.MOST_AT_ONCE));
    assertTrue(stage.runner.running.stream().noneMatch(FakeRunner.Started::isToldToEnd));
    stage.passSeconds(1);
    FakeRunner.Started first = stage.runner.running.get(0);
    assertTrue(first.isToldToEnd());
    first.ends(FakeRunner.TERMINATED);
    assertEquals("server 900 down", stage.runner.all.get(stage.runner.all.size() - 1).toString());
  }

  @Test
  void aPlaceThatNobodyWaitsForAnyMoreEndsNoScript() {
    IntStream.rangeClosed(0, ScriptQueues.MOST_AT_ONCE)
        .forEach(number -> happen(server(number, false)));
    stage.passSeconds(1);
    stage.runner.running.get(0).ends(FakeRunner.SUCCESS);
    stage.passSeconds(3_600);
    assertEquals(ScriptQueues.MOST_AT_ONCE, stage.runner.running.size());
    assertTrue(stage.runner.running.stream().noneMatch(FakeRunner.Started::isToldToEnd));
  }

  @Test
  void whatWaitsForScriptsThatNeverEndIsBounded() {
    for (int i = 0; i < 200_000; i++) {
      happen(server(i % 200, i / 200 % 2 == 0));
    }
    IntStream.range(0, 200).forEach(number -> happen(server(number, true)));
    stage.allEnd();
    List<String> history = stage.runner.history();
    int most = ScriptQueues.MOST_WAITING_AT_ALL + ScriptQueues.MOST_AT_ONCE + 200;
    assertTrue(history.size() <= most, history.size() + " ran");
    IntStream.range(0, 200)
        .forEach(
            number ->
                assertTrue(
                    history.lastIndexOf("server " + number + " up")
                        > history.lastIndexOf("server " + number + " down")));
  }

  @Test
  void whereTheDaemonStopsTheLastStatesAreTold() {
    happen(server(11, false), server(11, true), server(11, false), quorum(false));
    stage.stops();
    assertEquals(List.of("server 11 down"), stage.runner.history());
    stage.allEnd();
    assertEquals(
        List.of("server 11 down", "server 11 down", "quorum down"), stage.runner.history());
    assertEquals(1, stage.stopped);
  }

  @Test
  void whereTheDaemonStopsNobodyWaitsForeverForAPlace() {
    IntStream.range(0, 200).forEach(number -> happen(server(number, false)));
    stage.stops();
    stage.passSeconds(3);
    assertEquals(1, stage.stopped);
    stage.allEnd();
    assertEquals(ScriptQueues.MOST_AT_ONCE, stage.runner.history().size(), "nothing new starts");
  }

  @Test
  void eachObjectsScriptsRunInOrderHoweverLongTheyTake() {
    Trials.run(100, LvsNotifierTest::oneLife);
  }

  private static void oneLife(Dice dice) {
    Stage stage = new Stage();
    Map<Subject, String> last = new LinkedHashMap<>();
    for (int step = 0; step < 300; step++) {
      LvsEvent event = dice.below(3) == 0 ? quorum(dice.below(2) == 0) : random(dice);
      switch (dice.below(3)) {
        case 0 -> {
          stage.notifier.happened(event);
          last.put(event.subject(), String.join(" ", event.scripts().get(0).command().words()));
        }
        case 1 -> stage.passes(dice.below(20 * Stage.SECOND_NANOS));
        default -> stage.runner.running.stream().findFirst().ifPresent(one -> end(one));
      }
      stage.runner.running.stream()
          .filter(FakeRunner.Started::isToldToEnd)
          .toList()
          .forEach(LvsNotifierTest::end);
      long objects =
          stage.runner.running.stream().map(one -> object(one.toString())).distinct().count();
      assertEquals(stage.runner.running.size(), objects, "two of one at once");
    }
    stage.allEnd();
    List<String> history = stage.runner.history();
    for (String told : last.values()) {
      int ofObject =
          IntStream.range(0, history.size())
              .filter(index -> object(history.get(index)).equals(object(told)))
              .max()
              .orElseThrow();
      assertEquals(told, history.get(ofObject));
    }
  }

  private static String object(String script) {
    return script.substring(0, script.lastIndexOf(' '));
  }

  private static LvsEvent random(Dice dice) {
    return server(dice.below(4), dice.below(2) == 0);
  }

  private static void end(FakeRunner.Started one) {
    one.ends(FakeRunner.SUCCESS);
  }
}
