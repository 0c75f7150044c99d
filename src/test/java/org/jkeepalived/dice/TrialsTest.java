package org.jkeepalived.dice;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.jkeepalived.dice.Trials.Choice;
import org.junit.jupiter.api.Test;

class TrialsTest {

  private static final LocalDate TODAY = LocalDate.of(2026, 11, 29);
  private static final Choice USUAL = new Choice(Optional.empty(), 1, TODAY);

  private static List<Long> seeds(Choice choice, int tries) {
    return choice.seeds(tries).boxed().toList();
  }

  @Test
  void mostSeedsAreTheSameAndSomeChangeWithTheDay() {
    Choice tomorrow = new Choice(Optional.empty(), 1, TODAY.plusDays(1));
    List<Long> today = seeds(USUAL, 20);
    assertEquals(22, today.size());
    assertEquals(LongStream.rangeClosed(1, 20).boxed().toList(), today.subList(0, 20));
    assertEquals(List.of(20786000000L, 20786000001L), today.subList(20, 22));
    assertEquals(today.subList(0, 20), seeds(tomorrow, 20).subList(0, 20));
    assertEquals(List.of(20787000000L, 20787000001L), seeds(tomorrow, 20).subList(20, 22));
  }

  @Test
  void moreTriesGoOnWhereTheUsualOnesEnd() {
    List<Long> more = seeds(new Choice(Optional.empty(), 3, TODAY), 20);
    assertEquals(66, more.size());
    assertTrue(more.containsAll(seeds(USUAL, 20)));
  }

  @Test
  void oneSeedIsRunAgainAlone() {
    assertEquals(List.of(4711L), seeds(new Choice(Optional.of(4711L), 3, TODAY), 20));
  }

  @Test
  void whatFailsTellsItsSeedAndWhatItDrew() {
    AssertionError error =
        assertThrows(
            AssertionError.class,
            () ->
                Trials.run(
                    USUAL,
                    "SomeTest#some",
                    100,
                    dice -> {
                      String text = dice.of("fine", "fine", "fine", "wrong \0\u00e9\"");
                      assertEquals("fine", text);
                    }));
    String message = error.getMessage();
    assertTrue(message.contains("expected: <fine> but was: <wrong"), message);
    String seed = message.replaceAll("(?s).*\nagain: .* -Ddice.seed=", "");
    assertTrue(message.contains("\nseed " + seed + ", drawn: wrong \\u0000\\u00e9\"\n"), message);
    assertTrue(message.contains("again: mvn test -Dtest='SomeTest#some' "), message);
    assertEquals("wrong \0\u00e9\"", dice(seed).of("fine", "fine", "fine", "wrong \0\u00e9\""));
  }

  private static Dice dice(String seed) {
    return Dice.of(Long.parseLong(seed));
  }

  @Test
  void theTestIsNamedByItself() {
    AssertionError error =
        assertThrows(AssertionError.class, () -> Trials.run(1, TrialsTest::throwUp));
    assertTrue(error.getMessage().contains("-Dtest='TrialsTest#"), error.getMessage());
    assertTrue(error.getCause() instanceof IllegalStateException);
  }

  private static void throwUp(Dice dice) {
    throw new IllegalStateException("it broke");
  }

  @Test
  void whatFailsOnlyOnceSaysSo() {
    int[] runs = {0};
    AssertionError error =
        assertThrows(
            AssertionError.class,
            () -> Trials.run(USUAL, "a#b", 1, dice -> assertEquals(1, runs[0]++)));
    assertTrue(error.getMessage().contains("but not when it is run again"), error.getMessage());
  }

  /** Everything that a trial may draw, so that two of them can be compared. */
  private static List<String> drawn(Dice dice) {
    return List.of(
        "" + dice.anyInt() + dice.anyLong() + dice.between(1, 1000) + dice.below(1000),
        dice.text(100) + dice.list(9, dice::anyByte));
  }

  @Test
  void theSameSeedDrawsTheSame() {
    for (long seed = 1; seed <= 100; seed++) {
      assertEquals(drawn(Dice.of(seed)), drawn(Dice.of(seed)));
      assertEquals(drawn(Dice.of(seed)), drawn(Dice.of(seed, new Journal(1000))));
      assertNotEquals(drawn(Dice.of(seed)), drawn(Dice.of(seed + 1)));
    }
  }

  @Test
  void diceOfTheirOwnChangeNothing() {
    Dice one = Dice.of(7);
    Dice other = Dice.of(7);
    one.split().text(100);
    other.split();
    assertEquals(drawn(one), drawn(other));
  }

  private static Set<Integer> manyTimes(java.util.function.ToIntFunction<Dice> draw) {
    Dice dice = Dice.of(1);
    return IntStream.range(0, 2000)
        .mapToObj(i -> draw.applyAsInt(dice))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  @Test
  void rangesAreWholeAndNotLeft() {
    assertEquals(Set.of(0, 1, 2), manyTimes(dice -> dice.below(3)));
    assertEquals(Set.of(-1, 0, 1), manyTimes(dice -> dice.between(-1, 1)));
    assertEquals(Set.of(5), manyTimes(dice -> dice.between(5, 5)));
    assertEquals(Set.of(0, 1, 2, 3), manyTimes(dice -> dice.bytes(3).length));
    assertEquals(Set.of(2, 3), manyTimes(dice -> dice.list(2, 3, () -> 0).size()));
    assertEquals(Set.of(0, 1, 2), manyTimes(dice -> dice.text(2).length()));
    assertEquals(Set.of((int) 'a', (int) 'b'), manyTimes(dice -> letter(dice)));
    assertTrue(manyTimes(Dice::anyInt).containsAll(Set.of(Integer.MAX_VALUE, 0, -1)));
    assertTrue(manyTimes(dice -> dice.between(0, 1_000_000)).containsAll(Set.of(0, 1_000_000)));
    assertTrue(manyTimes(dice -> dice.bytes(1_000).length).containsAll(Set.of(0, 1_000)));
    Dice dice = Dice.of(1);
    for (int i = 0; i < 1000; i++) {
      assertTrue(dice.between(Long.MAX_VALUE - 1, Long.MAX_VALUE) >= Long.MAX_VALUE - 1);
    }
  }

  private static int letter(Dice dice) {
    String text = dice.text(5, 'a', 'b');
    return text.isEmpty() ? 'a' : text.charAt(0);
  }
}
