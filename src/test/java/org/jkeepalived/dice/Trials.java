package org.jkeepalived.dice;

import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.stream.LongStream;

/**
 * Shows that something holds whatever the dice show: {@code Trials.run(1000, dice -> …)} in a test.
 * A trial that fails tells its seed, what it drew, and how to run it again; see the package's
 * description.
 */
public final class Trials {

  /** Of ten seeds that are always the same there is one that changes with the day. */
  private static final int FIXED_FOR_EACH_OF_TODAY = 10;

  private static final int MOST_JOURNAL_CHARACTERS = 4_000;

  /** One trial; it fails by throwing. */
  @FunctionalInterface
  public interface Trial {
    void run(Dice dice) throws Exception;
  }

  /**
   * What to try.
   *
   * @param only the one seed to run again
   * @param times how many times the usual number
   */
  record Choice(Optional<Long> only, int times, LocalDate today) {

    static Choice ofSystem() {
      return new Choice(
          Optional.ofNullable(Long.getLong("dice.seed")),
          Integer.getInteger("dice.times", 1),
          LocalDate.now(ZoneOffset.UTC));
    }

    LongStream seeds(int tries) {
      int fixed = tries * times;
      return only.map(LongStream::of)
          .orElseGet(
              () ->
                  LongStream.concat(
                      LongStream.rangeClosed(1, fixed),
                      Seeds.of(today, fixed / FIXED_FOR_EACH_OF_TODAY)));
    }
  }

  private Trials() {}

  /**
   * Runs a trial many times.
   *
   * @param tries how many seeds that are always the same; a tenth of that changes with the day
   */
  public static void run(int tries, Trial trial) {
    String test =
        StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE)
            .walk(frames -> frames.skip(1).findFirst())
            .map(frame -> frame.getDeclaringClass().getSimpleName() + "#" + frame.getMethodName())
            .orElseThrow();
    run(Choice.ofSystem(), test, tries, trial);
  }

  static void run(Choice choice, String test, int tries, Trial trial) {
    choice
        .seeds(tries)
        .forEach(
            seed -> {
              try {
                trial.run(Dice.of(seed));
              } catch (Exception | Error failure) {
                throw new AssertionError(report(seed, test, failure, trial), failure);
              }
            });
  }

  private static String report(long seed, String test, Throwable failure, Trial trial) {
    return Journal.visible(failure.toString())
        + "\nseed "
        + seed
        + again(seed, trial)
        + "\nagain: mvn test -Dtest='"
        + test
        + "' -Ddice.seed="
        + seed;
  }

  private static String again(long seed, Trial trial) {
    Journal journal = new Journal(MOST_JOURNAL_CHARACTERS);
    try {
      trial.run(Dice.of(seed, journal));
    } catch (Exception | Error same) {
      return ", drawn: " + journal;
    }
    return ", but not when it is run again; drawn: " + journal;
  }
}
