package org.jkeepalived.vrrp;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The table of edges, and that the state machine keeps to it. */
class TransitionsTest {

  /** yes: always; owner: with priority 255 only; no: never. */
  private static final List<List<String>> TABLE =
      List.of(
          List.of("from", "INIT", "BACKUP", "MASTER", "FAULT"),
          List.of("INIT", "no", "yes", "owner", "yes"),
          List.of("BACKUP", "yes", "no", "yes", "yes"),
          List.of("MASTER", "yes", "yes", "no", "yes"),
          List.of("FAULT", "yes", "yes", "owner", "no"));

  private record Edge(State from, State to, String allowed) {}

  private static Stream<Edge> edges() {
    List<State> columns = TABLE.get(0).stream().skip(1).map(State::valueOf).toList();
    return TABLE.stream()
        .skip(1)
        .flatMap(
            row ->
                columns.stream()
                    .map(
                        to ->
                            new Edge(
                                State.valueOf(row.get(0)), to, row.get(1 + columns.indexOf(to)))));
  }

  @Test
  void tableIsWhole() {
    assertEquals(
        Arrays.stream(State.values()).flatMap(TransitionsTest::pairs).toList().size(),
        (int) edges().distinct().count());
  }

  private static Stream<String> pairs(State from) {
    return Arrays.stream(State.values()).map(to -> from + " " + to);
  }

  @ParameterizedTest
  @MethodSource("edges")
  void edgeThatIsNotInTheTableThrows(Edge edge) {
    check(edge, true, !edge.allowed().equals("no"));
    check(edge, false, edge.allowed().equals("yes"));
  }

  private static void check(Edge edge, boolean owner, boolean allowed) {
    assertEquals(allowed, Transitions.allow(edge.from(), edge.to(), owner), edge::toString);
    if (allowed) {
      assertDoesNotThrow(() -> Transitions.require(edge.from(), edge.to(), owner, "A"));
    } else {
      IllegalStateException thrown =
          assertThrows(
              IllegalStateException.class,
              () -> Transitions.require(edge.from(), edge.to(), owner, "A"));
      assertEquals(
          "A: "
              + edge.from()
              + " to "
              + edge.to()
              + (owner ? "" : " below priority 255")
              + " is no transition",
          thrown.getMessage());
    }
  }

  /** A bug elsewhere that asks for a master without an election changes nothing. */
  @Test
  void stateMachineIsHeldToTheTable() {
    RouterState backup = state("priority=100");
    assertThrows(IllegalStateException.class, () -> backup.takeOver(() -> "for the test", 0));
    assertEquals(State.INIT, backup.get());
    backup.enterInitially("started", "", 0);
    backup.takeOver(() -> "for the test", 0);
    assertEquals(State.MASTER, backup.get());
    assertThrows(IllegalStateException.class, () -> backup.followPeers(0));

    RouterState owner = state("priority=255", "state=MASTER");
    owner.enterInitially("started", "", 0);
    assertEquals(State.MASTER, owner.get());
  }

  private static RouterState state(String... words) {
    Effects effects = new RecordingEffects();
    RouterParameters parameters = new RouterParameters(TestInstance.of(words));
    MasterWatch watch = new MasterWatch(parameters.instance());
    PeerNews news = new PeerNews();
    return new RouterState(
        parameters,
        effects,
        watch,
        new MasterRole(parameters, effects, new Statistics(), new AddressClaim(effects)),
        new BackupRole(parameters, effects, watch, news),
        news);
  }
}
