package org.jkeepalived.notify.mail;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jkeepalived.dice.Trials;
import org.jkeepalived.notify.mail.Outbox.Waiting;
import org.junit.jupiter.api.Test;

class OutboxTest {

  private static final long START = Long.MAX_VALUE - 500; // the clock wraps on the way
  private static final RetryPolicy PATIENCE = new RetryPolicy(3, 1000, 10, 35);

  private final Outbox outbox = new Outbox(PATIENCE);

  private String take(long nowNanos) {
    return outbox.take(nowNanos).map(each -> each.mail().subject()).orElse("none");
  }

  private void add(String subject, long nowNanos) {
    outbox.add(MailSample.mail(subject), nowNanos);
  }

  @Test
  void waitsDoubleUpToALimit() {
    List<Long> waits =
        IntStream.of(1, 2, 3, 4, 40, Integer.MAX_VALUE).mapToObj(PATIENCE::waitNanos).toList();
    assertEquals(List.of(10L, 20L, 35L, 35L, 35L, 35L), waits);
    assertEquals(5_000_000_000L, RetryPolicy.USUAL.waitNanos(1));
    assertEquals(120_000_000_000L, RetryPolicy.USUAL.waitNanos(1000));
  }

  @Test
  void givesTheOldestFirst() {
    add("1", START);
    add("2", START);
    assertEquals("1", take(START));
    assertEquals("2", take(START));
    assertEquals("none", take(START));
    assertEquals(Optional.empty(), outbox.idleNanos(START));
  }

  @Test
  void theOldestMakeRoom() {
    for (String each : List.of("1", "2", "3")) {
      assertEquals(0, outbox.add(MailSample.mail(each), START));
    }
    assertEquals(1, outbox.add(MailSample.mail("4"), START));
    assertEquals("2", take(START));
  }

  @Test
  void afterAFailureOfTheServerNothingIsDue() {
    add("1", START);
    outbox.serverFailed(outbox.take(START).orElseThrow(), false, START);
    add("2", START + 1);
    assertFalse(outbox.serverIsDue(START + 9));
    assertEquals("none", take(START + 9));
    assertEquals(Optional.of(1L), outbox.idleNanos(START + 9));
    assertEquals("1", take(START + 10));
    outbox.serverFailed(outbox.take(START + 10).orElseThrow(), false, START + 10);
    assertEquals("none", take(START + 29));
    assertEquals("2", take(START + 30));
  }

  @Test
  void aLastingFailureWaitsTheLongest() {
    add("1", START);
    outbox.serverFailed(outbox.take(START).orElseThrow(), true, START);
    assertEquals(Optional.of(35L), outbox.idleNanos(START));
    assertEquals("none", take(START + 34));
  }

  @Test
  void anotherServerIsTriedAtOnce() {
    add("1", START);
    outbox.serverFailed(outbox.take(START).orElseThrow(), true, START);
    outbox.serverChanged();
    assertEquals("1", take(START));
  }

  @Test
  void aMailThatIsPutOffKeepsNobodyWaiting() {
    add("1", START);
    add("2", START);
    Waiting first = outbox.take(START).orElseThrow();
    outbox.putOff(first, first.mail(), START);
    assertEquals("2", take(START));
    assertEquals("none", take(START));
    assertEquals("1", take(START + 10));
  }

  @Test
  void ageCountsFromTheBeginning() {
    add("1", START);
    Waiting first = outbox.take(START).orElseThrow();
    outbox.putOff(first, first.mail(), START + 990);
    assertEquals(Optional.of(10L), outbox.idleNanos(START + 990));
    assertEquals(0, outbox.removeOld(START + 999));
    assertEquals(1, outbox.removeOld(START + 1000));
    assertEquals(0, outbox.size());
  }

  /** Whatever happens, each mail is taken, lost and counted, or still there. */
  @Test
  void noMailVanishes() {
    Trials.run(1000, dice -> noMailVanishes(dice.list(60, () -> dice.below(100))));
  }

  private static void noMailVanishes(List<Integer> steps) {
    Outbox box = new Outbox(PATIENCE);
    List<Waiting> taken = new ArrayList<>();
    long now = START;
    int added = 0;
    int ended = 0;
    for (int step : steps) {
      switch (step % 6) {
        case 0, 1 -> {
          ended += box.add(MailSample.mail("" + added++), now);
        }
        case 2 -> box.take(now).ifPresent(taken::add);
        case 3 -> now += step * 7L;
        case 4 -> ended += box.removeOld(now);
        default -> {
          if (!taken.isEmpty()) {
            Waiting one = taken.remove(0);
            ended +=
                step % 2 == 0
                    ? box.serverFailed(one, step > 50, now)
                    : box.putOff(one, one.mail(), now);
          }
        }
      }
      assertEquals(added, ended + box.size() + taken.size());
      assertTrue(box.size() <= PATIENCE.mails());
      assertTrue(box.idleNanos(now).orElse(0L) >= 0);
    }
  }
}
