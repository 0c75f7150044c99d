package org.jkeepalived.lvs;

import static org.junit.jupiter.api.Assertions.fail;

import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.LongStream;
import org.jkeepalived.dice.Seeds;
import org.jkeepalived.sim.Violation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Directors by the thousand. One again: {@code mvn test -Dtest=PoolSimulationTest -Dsim.seed=N};
 * more of them: {@code -Dsim.first=A -Dpool.seeds=K}.
 */
class PoolSimulationTest {

  private static final long FIRST = Long.getLong("sim.first", 1);
  private static final long SEEDS = Long.getLong("pool.seeds", 600);
  private static final int SEEDS_OF_TODAY = 60;
  private static final int STEPS = 150;

  @Test
  void keepsEveryRuleWhateverHappens() {
    long began = System.nanoTime();
    long steps = 0;
    for (long seed : seeds()) {
      PoolSimulation simulation = new PoolSimulation(seed, PoolSabotage.NONE);
      try {
        simulation.run(STEPS);
      } catch (Violation | RuntimeException violation) {
        fail(
            violation
                + "\n"
                + simulation.trace()
                + "\nseed "
                + seed
                + "\nagain: mvn test -Dtest=PoolSimulationTest -Dsim.seed="
                + seed,
            violation);
      }
      steps += simulation.steps();
    }
    System.out.printf(
        "simulated %,d steps of directors in %.1f s%n", steps, (System.nanoTime() - began) / 1e9);
  }

  /** Some that are always the same, and some that change with the day; or the one to run again. */
  private static long[] seeds() {
    Long replay = Long.getLong("sim.seed");
    return replay == null
        ? LongStream.concat(LongStream.range(FIRST, FIRST + SEEDS), Seeds.ofToday(SEEDS_OF_TODAY))
            .toArray()
        : new long[] {replay};
  }

  @ParameterizedTest
  @EnumSource(value = PoolSabotage.class, mode = EnumSource.Mode.EXCLUDE, names = "NONE")
  void noticesSabotage(PoolSabotage sabotage) {
    Set<String> noticed = new LinkedHashSet<>();
    for (long seed = 1; seed <= 300; seed++) {
      run(seed, sabotage).ifPresent(noticed::add);
      if (noticed.stream().anyMatch(message -> message.contains(sabotage.noticedAs()))) {
        return;
      }
    }
    fail(sabotage + " goes unnoticed, but for " + noticed);
  }

  private static Optional<String> run(long seed, PoolSabotage sabotage) {
    try {
      new PoolSimulation(seed, sabotage).run(STEPS);
      return Optional.empty();
    } catch (Violation violation) {
      return Optional.of(violation.getMessage());
    }
  }
}
