package org.jkeepalived.host.vrrp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import org.jkeepalived.log.LoggedLines;
import org.jkeepalived.loop.EventLoop;
import org.jkeepalived.loop.FakeWait;
import org.jkeepalived.vrrp.IdleRouters;
import org.jkeepalived.vrrp.MaintenanceOrder;
import org.jkeepalived.vrrp.VirtualRouters;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is said at the desk, and what stands in its file when the next run reads it. */
class MaintenanceDeskTest {

  private static final OptionalLong FOR_EVER = OptionalLong.empty();

  @TempDir private Path directory;
  private final LoggedLines fileLog = new LoggedLines(MaintenanceFile.class.getName());
  private final LoggedLines log = new LoggedLines(MaintenanceDesk.class.getName());
  private Path configuration = Path.of("/etc/keepalived/keepalived.conf");
  private Run run;

  /** One run of the daemon; its virtual router has not started. */
  private final class Run {
    private final EventLoop loop = new EventLoop(new FakeWait(0));
    private final VirtualRouters routers = IdleRouters.one();
    private final String instance = routers.maintenance().everybody().get(0);
    private final MaintenanceDesk desk =
        new MaintenanceDesk(
            loop, routers, Runnable::run, new MaintenanceFile(file(), configuration));

    private MaintenanceDesk.Answer await(CompletableFuture<MaintenanceDesk.Answer> answer)
        throws Exception {
      while (!answer.isDone()) {
        loop.turn();
      }
      return answer.join();
    }

    private Optional<MaintenanceOrder> order() {
      return Optional.ofNullable(routers.maintenance().orders().get(instance));
    }
  }

  private Path file() {
    return directory.resolve("state/run-lab.pid.maintenance");
  }

  private Run restarted() {
    run = new Run();
    run.desk.restore();
    return run;
  }

  @AfterEach
  void close() {
    log.close();
    fileLog.close();
  }

  @Test
  void saysWhatHasBecomeOfEach() throws Exception {
    run = new Run();
    MaintenanceDesk.Answer answer =
        run.await(run.desk.begin(Optional.of(run.instance), FOR_EVER, false, "user 0"));
    assertEquals(
        List.of(run.instance + ": INIT, maintenance, asked for by user 0"), answer.lines());
    assertEquals(Optional.empty(), answer.trouble());
    assertFalse(Files.exists(file()), "nobody wants it kept");
    assertEquals(
        List.of(run.instance + ": INIT, no maintenance any more"),
        run.await(run.desk.end(Optional.of(run.instance), "user 0")).lines());
    assertEquals(
        List.of(run.instance + " is not in maintenance"),
        run.await(run.desk.end(Optional.of(run.instance), "user 0")).lines());
  }

  @Test
  void tellsTheNamesToWhoeverKnowsNone() throws Exception {
    run = new Run();
    assertEquals(
        Optional.of("No instance or sync group is called X; there are " + run.instance),
        run.await(run.desk.begin(Optional.of("X"), FOR_EVER, false, "user 0")).trouble());
    assertEquals(
        Optional.of(
            "No instance or sync group is called X Y; there are "
                + run.instance
                + "; name one at a time"),
        run.await(run.desk.begin(Optional.of("X Y"), FOR_EVER, false, "user 0")).trouble());
    assertEquals(Optional.empty(), run.order());
  }

  @Test
  void whatIsKeptHoldsInTheNextRunUntilItIsEnded() throws Exception {
    run = new Run();
    run.await(run.desk.begin(Optional.of(run.instance), FOR_EVER, true, "user 0"));
    assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file())));
    restarted();
    assertEquals(
        Optional.of("maintenance, asked for by user 0, kept over a restart"),
        run.order().map(MaintenanceOrder::text));
    run.await(run.desk.end(Optional.empty(), "user 0"));
    assertFalse(Files.exists(file()));
    assertEquals(Optional.empty(), restarted().order());
  }

  /** Whoever says nothing of a restart does not mean that what somebody has kept be forgotten. */
  @Test
  void anotherOrderOfWhatIsKeptIsKeptToo() throws Exception {
    for (Optional<String> name : List.of(Optional.<String>empty(), Optional.of("own"))) {
      run = new Run();
      Optional<String> one = Optional.of(run.instance);
      run.await(run.desk.begin(one, FOR_EVER, true, "user 0"));
      MaintenanceDesk.Answer answer =
          run.await(run.desk.begin(name.flatMap(own -> one), OptionalLong.of(60), false, "user 1"));
      assertTrue(
          answer.lines().get(0).endsWith("by user 1, kept over a restart"), answer::toString);
      restarted();
      assertTrue(run.order().orElseThrow().end().isPresent());
      assertEquals(
          List.of(run.instance + ": INIT, no maintenance any more, after a restart neither"),
          run.await(run.desk.end(one, "user 0")).lines());
      assertEquals(Optional.empty(), restarted().order());
    }
  }

  @Test
  void anOrderForAllIsKeptAsOne() throws Exception {
    run = new Run();
    run.await(run.desk.begin(Optional.empty(), FOR_EVER, true, "user 0"));
    restarted();
    assertTrue(run.routers.maintenance().forAll().isPresent());
    assertTrue(run.order().isPresent());
  }

  /** Whoever tries another file with the same pid file has said nothing of its instances. */
  @Test
  void anOrderForAllIsOfOneConfiguration() throws Exception {
    run = new Run();
    run.await(run.desk.begin(Optional.empty(), FOR_EVER, true, "root"));
    configuration = Path.of("/tmp/another.conf");
    assertEquals(Optional.empty(), restarted().order());
    fileLog.await(
        "all instances of /etc/keepalived/keepalived.conf are in maintenance, which says");
    configuration = Path.of("/etc/keepalived/keepalived.conf");
    assertTrue(restarted().order().isPresent(), "nobody has ended it");
  }

  @Test
  void saysThatNobodyIsInMaintenance() throws Exception {
    run = new Run();
    assertEquals(
        List.of("No instance is in maintenance"),
        run.await(run.desk.end(Optional.empty(), "user 0")).lines());
  }

  /** What is answered, and what the next run makes of the file, are one. */
  @Test
  void anEndOfOneHoldsInTheNextRunThoughAllAreKeptOut() throws Exception {
    run = new Run();
    run.await(run.desk.begin(Optional.empty(), FOR_EVER, true, "user 0"));
    MaintenanceDesk.Answer answer =
        run.await(run.desk.begin(Optional.of(run.instance), OptionalLong.of(60), false, "user 0"));
    assertTrue(answer.lines().get(0).contains(" until "), answer::toString);
    assertTrue(answer.lines().get(0).endsWith(", kept over a restart"), answer::toString);
    restarted();
    assertTrue(run.order().orElseThrow().end().isPresent());
    assertTrue(run.routers.maintenance().forAll().isPresent());
  }

  @Test
  void whatWasOverBeforeTheOrderForAllStaysOver() throws Exception {
    run = new Run();
    write("*\t-\tuser 0\n" + run.instance + "\t1000000000\tuser 0\n");
    restarted();
    assertEquals(Optional.empty(), run.order());
    run.await(run.desk.begin(Optional.of("X"), FOR_EVER, false, "user 0"));
    run.await(run.desk.begin(Optional.empty(), FOR_EVER, true, "user 1"));
    assertTrue(run.order().isPresent(), "all once more");
    write("*\t-\tuser 0\n" + run.instance + "\t0\tits time\n");
    assertEquals(Optional.empty(), restarted().order());
    assertEquals(1, log.count("was over at"), "said once");
    run.await(run.desk.end(Optional.empty(), "user 0"));
    assertFalse(Files.exists(file()));
  }

  @Test
  void anEndIsATimeOfDayForTheNextRun() throws Exception {
    run = new Run();
    run.await(run.desk.begin(Optional.of(run.instance), OptionalLong.of(3600), true, "user 0"));
    long end = run.order().orElseThrow().end().orElseThrow().wall().getEpochSecond();
    restarted();
    assertEquals(end, run.order().orElseThrow().end().orElseThrow().wall().getEpochSecond());
    assertTrue(run.order().orElseThrow().text().startsWith("maintenance until "));
  }

  @Test
  void theLatestEndThatAFileCanNameIsStillToCome() throws Exception {
    run = new Run();
    write(run.instance + "\t9999999999\tuser 0\n");
    assertTrue(restarted().order().isPresent());
    run.loop.execute(() -> {});
    run.loop.turn();
    assertTrue(run.order().isPresent());
  }

  @Test
  void whatWasOverWhileNothingRanIsOver() throws Exception {
    run = new Run();
    write(run.instance + "\t1000000000\tuser 0\n");
    assertEquals(Optional.empty(), restarted().order());
    log.await("The maintenance of " + run.instance + " was over at Sep");
  }

  @Test
  void aBrokenFileIsComplainedOfAndWhatCanBeReadHolds() throws Exception {
    run = new Run();
    write("nonsense\n" + run.instance + "\t-\tuser 0\nGONE\t-\tuser 0\n" + "X\t1x\tuser 0\n");
    assertTrue(restarted().order().isPresent());
    fileLog.await("left out what is not understood: nonsense");
    fileLog.await("left out what is not understood: X\t1x");
    log.await("GONE was in maintenance, and is not there any more");
  }

  @Test
  void saysWhenItCannotBeWritten() throws Exception {
    run = new Run();
    Files.createDirectories(file());
    MaintenanceDesk.Answer answer =
        run.await(run.desk.begin(Optional.of(run.instance), FOR_EVER, true, "user 0"));
    assertEquals(
        Optional.of("It is done, but a restart may not know: " + file() + ": Not a regular file"),
        answer.trouble());
    assertTrue(run.order().isPresent());
    Files.delete(file());
    run.await(run.desk.begin(Optional.of(run.instance), FOR_EVER, true, "user 0"));
    assertTrue(Files.isRegularFile(file()), "tried again");
  }

  private void write(String text) throws IOException {
    Files.createDirectories(file().getParent());
    Files.writeString(file(), text);
  }
}
