package org.jkeepalived.host.lvs.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jkeepalived.loop.TestOwners;
import org.jkeepalived.lvs.check.Answer;
import org.jkeepalived.lvs.check.Asking;
import org.jkeepalived.lvs.check.Checker;
import org.jkeepalived.lvs.check.RunningCheck;
import org.jkeepalived.lvs.check.ScheduledCheck;
import org.jkeepalived.model.lvs.CheckSchedule;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** News of a check that cross what its listener has asked for meanwhile. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class DistantCheckTest {

  private static final long MILLI = 1_000_000L;

  private final CheckLoop loop = new CheckLoop(TestOwners.make());
  private final Queue<Runnable> home = new ArrayDeque<>();
  private final List<String> heard = new ArrayList<>();
  private final Answers server = new Answers();
  private final SharedCheck shared =
      new SharedCheck(
          loop,
          hearing ->
              new ScheduledCheck(
                  server,
                  new CheckSchedule(MILLI, MILLI, 0, MILLI, false, false),
                  true,
                  hearing,
                  new ScheduledCheck.Surroundings(loop.timers(), loop, new Random(1), line -> {})));
  private final DistantCheck check = part("", true);

  private DistantCheck part(String name, boolean up) {
    shared.add();
    return new DistantCheck(
        loop,
        this::atHome,
        shared,
        up,
        new Heard(name),
        () -> {
          shared.remove();
          heard.add(name + "ended");
        });
  }

  @AfterEach
  void close() {
    loop.close();
  }

  private synchronized void atHome(Runnable step) {
    home.add(step);
    notifyAll();
  }

  /** Waits for the next piece of news, and does not take it yet. */
  private synchronized Runnable nextNews() throws InterruptedException {
    while (home.isEmpty()) {
      wait();
    }
    return home.remove();
  }

  /** Waits until the checks' thread has done all that it was asked for. */
  private void settle() throws Exception {
    CompletableFuture<Void> done = new CompletableFuture<>();
    loop.execute(() -> done.complete(null));
    done.get(30, TimeUnit.SECONDS);
  }

  @Test
  void itIsWhatItsListenerHasHeard() throws Exception {
    server.isWell = false;
    check.start(0);
    Runnable news = nextNews();
    assertTrue(check.isUp());
    assertTrue(check.look().up());
    news.run();
    assertEquals(List.of("failed ill"), heard);
    assertFalse(check.isUp());
    assertFalse(check.look().last().orElseThrow().succeeded());
  }

  @Test
  void newsFromBeforeASuspensionDoNotCountAndComeAgain() throws Exception {
    server.isWell = false;
    check.start(0);
    Runnable old = nextNews();
    check.suspend();
    old.run();
    assertEquals(List.of(), heard);
    assertTrue(check.isUp());
    settle();
    check.resume(0);
    nextNews().run();
    assertEquals(List.of("failed ill"), heard);
    server.isWell = true;
    nextNews().run();
    assertEquals(List.of("failed ill", "succeeded well"), heard);
  }

  @Test
  void nothingIsHeardAfterTheEnd() throws Exception {
    server.isWell = false;
    check.start(0);
    Runnable last = nextNews();
    check.end();
    last.run();
    settle();
    check.end();
    check.resume(0);
    settle();
    assertEquals(List.of("ended"), heard);
    assertTrue(home.isEmpty());
  }

  /** One that comes later is told what the others know already, once it has been asked for anew. */
  @Test
  void aPartThatJoinsLaterIsToldWhatDiffersFromWhatItBelieves() throws Exception {
    server.isWell = false;
    check.start(0);
    nextNews().run();
    DistantCheck well = part("second ", true);
    DistantCheck ill = part("third ", false);
    assertEquals(3, well.look().sharers());
    well.start(0);
    ill.start(0);
    nextNews().run();
    assertEquals(List.of("failed ill", "second failed ill"), heard);
    well.suspend();
    server.isWell = true;
    nextNews().run();
    nextNews().run();
    assertEquals(
        List.of("failed ill", "second failed ill", "succeeded well", "third succeeded well"),
        heard);
    well.resume(0);
    nextNews().run();
    assertEquals("second succeeded well", heard.get(4));
    check.end();
    ill.end();
    assertEquals(1, well.look().sharers());
  }

  /** A server that answers at once. */
  private final class Answers implements Checker {
    private volatile boolean isWell = true;

    @Override
    public String kind() {
      return "TCP_CHECK";
    }

    @Override
    public String wellLine() {
      return "";
    }

    @Override
    public String wellMail() {
      return "well";
    }

    @Override
    public Asking ask(int question, Consumer<Answer> done) {
      Answer answer =
          isWell
              ? Answer.Success.PLAIN
              : new Answer.Failure((stage, all) -> List.of(), "ill", "ill", false);
      loop.execute(() -> done.accept(answer));
      return () -> {};
    }
  }

  private final class Heard implements RunningCheck.Listener {
    private final String name;

    Heard(String name) {
      this.name = name;
    }

    @Override
    public void succeeded(String reason) {
      heard.add(name + "succeeded " + reason);
    }

    @Override
    public void failed(String reason) {
      heard.add(name + "failed " + reason);
    }

    @Override
    public void weighs(OptionalLong weight) {
      heard.add(name + "weighs " + weight);
    }
  }
}
