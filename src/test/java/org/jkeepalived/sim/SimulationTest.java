package org.jkeepalived.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.fail;

import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.LongStream;
import org.jkeepalived.dice.Seeds;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Clusters by the thousand; see the package's description for how to run more, or one again. */
class SimulationTest {

  private static final long FIRST = Long.getLong("sim.first", 1);
  private static final long SEEDS = Long.getLong("sim.seeds", 120);
  private static final int SEEDS_OF_TODAY = Integer.getInteger("sim.today", 12);
  private static final long SECONDS = Long.getLong("sim.seconds", 1000);
  private static final int TRACE_LINES = Integer.getInteger("sim.trace", 150);

  @Test
  void keepsEveryPromiseWhateverHappens() {
    long[] seeds = seeds();
    long began = System.nanoTime();
    long events = 0;
    for (long seed : seeds) {
      Simulation simulation = new Simulation(seed, Sabotage.NONE, 0);
      try {
        simulation.run(SECONDS * Scenario.SECONDS);
      } catch (Violation | RuntimeException violation) {
        fail(report(seed, Sabotage.NONE, violation), violation);
      }
      events += simulation.events();
    }
    double took = (System.nanoTime() - began) / 1e9;
    System.out.printf(
        "simulated %,d s of clusters of 5 to 7 nodes (%,d events) in %.1f s: %,.0f s/s%n",
        seeds.length * SECONDS, events, took, seeds.length * SECONDS / took);
  }

  /** Some that are always the same, and some that change with the day; or the one to run again. */
  private static long[] seeds() {
    Long replay = Long.getLong("sim.seed");
    return replay == null
        ? LongStream.concat(LongStream.range(FIRST, FIRST + SEEDS), Seeds.ofToday(SEEDS_OF_TODAY))
            .toArray()
        : new long[] {replay};
  }

  @Test
  void theSameSeedIsTheSameLife() {
    assertEquals(fingerprint(7, 0), fingerprint(7, TRACE_LINES));
    assertNotEquals(fingerprint(7, 0), fingerprint(8, 0));
  }

  private static long fingerprint(long seed, int traceLines) {
    Simulation simulation = new Simulation(seed, Sabotage.NONE, traceLines);
    simulation.run(300 * Scenario.SECONDS);
    return simulation.fingerprint();
  }

  @ParameterizedTest
  @EnumSource(value = Sabotage.class, mode = EnumSource.Mode.EXCLUDE, names = "NONE")
  void noticesSabotage(Sabotage sabotage) {
    Set<String> noticed = new LinkedHashSet<>();
    for (long seed = 1; seed <= 200; seed++) {
      run(seed, sabotage).map(Violation::getMessage).ifPresent(noticed::add);
      if (noticed.stream().anyMatch(message -> message.contains(sabotage.noticedAs()))) {
        return;
      }
    }
    fail(sabotage + " goes unnoticed, but for " + noticed);
  }

  private static Optional<Violation> run(long seed, Sabotage sabotage) {
    try {
      new Simulation(seed, sabotage, 0).run(1000 * Scenario.SECONDS);
      return Optional.empty();
    } catch (Violation violation) {
      return Optional.of(violation);
    }
  }

  // ---- a failure, for people ----

  private static String report(long seed, Sabotage sabotage, Throwable violation) {
    Simulation again = new Simulation(seed, sabotage, TRACE_LINES);
    try {
      again.run(SECONDS * Scenario.SECONDS);
    } catch (Violation | RuntimeException same) {
      return violation.getMessage()
          + "\n"
          + again.trace()
          + "\n"
          + again.scenario()
          + "\nseed "
          + seed
          + ": "
          + same.getMessage()
          + "\nagain: mvn test -Dtest=SimulationTest -Dsim.seed="
          + seed;
    }
    return violation.getMessage() + "\nseed " + seed + ", and not when it is run again";
  }
}
