package org.jkeepalived.host.lvs.ipvs;

import static org.jkeepalived.linux.netlink.ipvs.TestTable.plain;
import static org.jkeepalived.linux.netlink.ipvs.TestTable.tcp;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jkeepalived.kernel.KernelError;
import org.jkeepalived.linux.Errno;
import org.jkeepalived.loop.TestOwners;
import org.jkeepalived.lvs.sync.RunningSync;
import org.jkeepalived.lvs.sync.SyncDaemons;
import org.jkeepalived.lvs.sync.SyncRole;
import org.jkeepalived.lvs.table.IpvsTable;
import org.jkeepalived.lvs.table.ServiceKey;
import org.jkeepalived.lvs.table.TableAnswer;
import org.jkeepalived.lvs.table.TableAnswer.Outcome;
import org.jkeepalived.lvs.table.TableChange.AddService;
import org.jkeepalived.lvs.table.TableChange.RemoveService;
import org.jkeepalived.lvs.table.TableService;
import org.jkeepalived.model.lvs.SyncDaemon;
import org.jkeepalived.model.lvs.TableSettings.Timeouts;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class IpvsThreadTest {

  private static final long DEADLINE_SECONDS = 20;
  private static final long SOON_NANOS = 5_000_000L;
  private static final long NEVER_NANOS = 3_600_000_000_000L;
  private static final long CLOSE_MILLIS = 20_000;
  private static final ServiceKey WEB = tcp("10.9.0.101", 80);
  private static final ServiceKey MAIL = tcp("10.9.0.101", 25);

  @TempDir Path folder;
  private final TestOwners process = new TestOwners();
  private final FakeTable kernel = new FakeTable();
  private final FakeOpening opening = new FakeOpening(Optional.empty());
  private final CountDownLatch answered = new CountDownLatch(1);
  private Optional<IpvsThread> thread = Optional.empty();

  private Path file() {
    return folder.resolve("run/pid.services");
  }

  private IpvsThread start(long lookAgainNanos) throws Exception {
    IpvsThread made =
        new IpvsThread(
            process.owners(),
            opening,
            ServiceJournal.open(file()),
            FakeMarks.owner(file()),
            lookAgainNanos);
    thread = Optional.of(made);
    return made;
  }

  private IpvsThread startWithIpvs() throws Exception {
    opening.comes(kernel);
    return start(NEVER_NANOS);
  }

  @AfterEach
  void close() {
    answered.countDown();
    thread.ifPresent(each -> each.close(CLOSE_MILLIS));
  }

  private static AddService add(ServiceKey service) {
    return new AddService(service, plain("rr"));
  }

  private static List<TableAnswer> change(IpvsTable table, AddService... changes) throws Exception {
    CompletableFuture<List<TableAnswer>> answer = new CompletableFuture<>();
    table.change(List.of(changes), answer::complete);
    return answer.get(DEADLINE_SECONDS, TimeUnit.SECONDS);
  }

  private static void await(BooleanSupplier condition) {
    long start = System.nanoTime();
    while (!condition.getAsBoolean()) {
      assertTrue(System.nanoTime() - start < TimeUnit.SECONDS.toNanos(DEADLINE_SECONDS));
      Thread.onSpinWait();
    }
  }

  @Test
  void whatIsAskedIsDoneAndAnsweredInItsOrder() throws Exception {
    IpvsTable table = startWithIpvs().table(Runnable::run);
    BlockingQueue<String> answers = new LinkedBlockingQueue<>();
    table.setTimeouts(Timeouts.KERNEL, error -> answers.add("timeouts"));
    table.flush(error -> answers.add("flush"));
    table.change(List.of(add(WEB)), all -> answers.add("change"));
    table.read(reading -> answers.add("read"));
    table.change(List.of(new RemoveService(WEB)), all -> answers.add("change"));
    List<String> heard = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      heard.add(Optional.ofNullable(answers.poll(DEADLINE_SECONDS, TimeUnit.SECONDS)).orElse("-"));
    }
    assertEquals(List.of("timeouts", "flush", "change", "read", "change"), heard);
    assertEquals(
        List.of("timeouts", "flush", "AddService " + WEB, "read", "RemoveService " + WEB),
        List.copyOf(kernel.asked));
  }

  @Test
  void answersComeToTheThreadOfWhoAsked() throws Exception {
    BlockingQueue<Runnable> home = new LinkedBlockingQueue<>();
    IpvsTable table = startWithIpvs().table(home::add);
    List<TableAnswer> answers = new ArrayList<>();
    table.change(List.of(add(WEB)), answers::addAll);
    Runnable step =
        Optional.ofNullable(home.poll(DEADLINE_SECONDS, TimeUnit.SECONDS)).orElseThrow();
    assertEquals(List.of(), answers);
    step.run();
    assertEquals(1, answers.size());
  }

  @Test
  void withoutIpvsItIsToldWhenItComes() throws Exception {
    IpvsThread ipvs = start(SOON_NANOS);
    BlockingQueue<String> steps = new LinkedBlockingQueue<>();
    Executor home =
        step -> {
          steps.add("handed over");
          step.run();
        };
    ipvs.whenItComes(home, () -> steps.add("it is there"));
    IpvsTable table = ipvs.table(Runnable::run);
    TableAnswer refused = change(table, add(WEB)).get(0);
    assertEquals(Outcome.REFUSED, refused.outcome());
    assertEquals(FakeOpening.MISSING, refused.error().orElseThrow().text());
    assertEquals(Optional.of(FakeOpening.MISSING), ipvs.figures().missing());
    int looks = opening.looks.get();
    await(() -> opening.looks.get() > looks + 1);
    assertTrue(steps.isEmpty());

    opening.comes(kernel);
    assertEquals("handed over", steps.poll(DEADLINE_SECONDS, TimeUnit.SECONDS));
    assertEquals("it is there", steps.poll(DEADLINE_SECONDS, TimeUnit.SECONDS));
    assertEquals(Outcome.DONE, change(table, add(WEB)).get(0).outcome());
    assertEquals(Optional.empty(), ipvs.figures().missing());
  }

  @Test
  void aTableThatWasUnloadedAndLoadedAgainIsAnnounced() throws Exception {
    IpvsThread ipvs = startWithIpvs();
    BlockingQueue<String> steps = new LinkedBlockingQueue<>();
    ipvs.whenItComes(Runnable::run, () -> steps.add("it is there"));
    IpvsTable table = ipvs.table(Runnable::run);
    change(table, add(WEB));
    assertTrue(steps.isEmpty());

    kernel.isThere = false;
    kernel.answer = change -> FakeTable.answer(change, Outcome.REFUSED, Errno.ENOENT);
    opening.comes(new FakeTable());
    assertEquals(Outcome.DONE, change(table, add(MAIL)).get(0).outcome());
    assertEquals("it is there", steps.poll(DEADLINE_SECONDS, TimeUnit.SECONDS));
    change(table, add(WEB));
    assertTrue(steps.isEmpty());
  }

  @Test
  void whoIsThereFromTheBeginningIsNotAnnounced() throws Exception {
    IpvsThread ipvs = startWithIpvs();
    BlockingQueue<String> steps = new LinkedBlockingQueue<>();
    ipvs.whenItComes(Runnable::run, () -> steps.add("it is there"));
    change(ipvs.table(Runnable::run), add(WEB));
    assertEquals(1, opening.looks.get());
    assertTrue(steps.isEmpty());
  }

  @Test
  void knowsWhatAKilledRunLeftBehindAndForgetsWhatIsGone() throws Exception {
    IpvsThread killed = startWithIpvs();
    change(killed.table(Runnable::run), add(WEB), add(MAIL));
    // it does not close; the next one reads what it wrote
    IpvsThread next =
        new IpvsThread(
            process.owners(),
            opening,
            ServiceJournal.open(file()),
            FakeMarks.owner(file()),
            NEVER_NANOS);
    assertEquals(List.of(WEB, MAIL), List.copyOf(next.leftBehind()));
    // somebody has removed WEB meanwhile; should it come back, it is not this daemon's
    kernel.present = List.of(new TableService(MAIL, plain("rr"), Map.of()));
    CompletableFuture<IpvsTable.Reading> reading = new CompletableFuture<>();
    next.table(Runnable::run).read(reading::complete);
    assertEquals(1, reading.get(DEADLINE_SECONDS, TimeUnit.SECONDS).services().size());
    next.close(CLOSE_MILLIS);
    assertEquals(Set.of(MAIL), ServiceJournal.open(file()).services());
    assertEquals(Set.of(WEB, MAIL), next.leftBehind());
  }

  @Test
  void closeWaitsForWhatWasHandedOver() throws Exception {
    IpvsThread ipvs = startWithIpvs();
    IpvsTable table = ipvs.table(Runnable::run);
    table.change(List.of(add(WEB)), all -> {});
    table.change(List.of(new RemoveService(WEB)), all -> {});
    ipvs.close(CLOSE_MILLIS);
    assertEquals(List.of("AddService " + WEB, "RemoveService " + WEB), List.copyOf(kernel.asked));
    assertTrue(kernel.closed);
    assertFalse(Files.exists(file()), "the journal is empty, and gone");
  }

  @Test
  void closeDoesNotWaitForAKernelThatDoesNotAnswer() throws Exception {
    IpvsThread ipvs = startWithIpvs();
    CountDownLatch asking = new CountDownLatch(1);
    kernel.before =
        () -> {
          asking.countDown();
          try {
            answered.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        };
    ipvs.table(Runnable::run).change(List.of(add(WEB)), all -> {});
    assertTrue(asking.await(DEADLINE_SECONDS, TimeUnit.SECONDS));
    ipvs.close(1);
    assertFalse(kernel.closed, "it is still being asked");
    assertEquals(Set.of(WEB), ServiceJournal.open(file()).services());
  }

  @Test
  void ourOwnBugIsARefusalAndNotTheEnd() throws Exception {
    IpvsTable table = startWithIpvs().table(Runnable::run);
    kernel.answer =
        change -> {
          throw new IllegalStateException("for the test");
        };
    TableAnswer refused = change(table, add(WEB)).get(0);
    assertEquals(Outcome.REFUSED, refused.outcome());
    assertEquals(
        "internal error: java.lang.IllegalStateException: for the test",
        refused.error().orElseThrow().text());
    kernel.answer = change -> FakeTable.answer(change, Outcome.DONE, 0);
    assertEquals(Outcome.DONE, change(table, add(WEB)).get(0).outcome());
    assertFalse(process.haveEndedTheProcess());
  }

  @Test
  void withoutAPlaceForTheJournalTheTableIsWrittenAllTheSame() throws Exception {
    Path run = Files.createDirectory(folder.resolve("run"));
    Files.setPosixFilePermissions(run, PosixFilePermissions.fromString("rwxrwxrwx"));
    IpvsTable table = startWithIpvs().table(Runnable::run);
    assertEquals(Outcome.DONE, change(table, add(WEB)).get(0).outcome());
    assertFalse(Files.exists(file()), "nothing is written where others can write");
    Files.setPosixFilePermissions(run, PosixFilePermissions.fromString("rwxr-xr-x"));
    assertEquals(Outcome.DONE, change(table, add(MAIL)).get(0).outcome());
    assertEquals(Set.of(WEB, MAIL), ServiceJournal.open(file()).services());
  }

  private static final RunningSync SYNC =
      new RunningSync(SyncRole.MASTER, "eth0", 51, SyncDaemon.Transport.KERNEL);

  private static <T> T answer(Consumer<Consumer<T>> question) throws Exception {
    CompletableFuture<T> answer = new CompletableFuture<>();
    question.accept(answer::complete);
    return answer.get(DEADLINE_SECONDS, TimeUnit.SECONDS);
  }

  /** The last line. */
  private String journal() {
    try {
      List<String> lines = Files.readAllLines(file());
      return lines.isEmpty() ? "" : lines.get(lines.size() - 1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void syncDaemonsAreInTheJournalWhileTheyRun() throws Exception {
    SyncDaemons daemons = startWithIpvs().syncDaemons(Runnable::run).orElseThrow();
    List<String> written = Collections.synchronizedList(new ArrayList<>());
    kernel.before = () -> written.add(journal());
    assertEquals(
        Optional.empty(),
        IpvsThreadTest.<Optional<KernelError>>answer(done -> daemons.start(SYNC, done)));
    kernel.running = List.of(SYNC);
    assertEquals(
        List.of(SYNC), IpvsThreadTest.<SyncDaemons.Reading>answer(daemons::read).running());
    assertEquals(
        Optional.empty(),
        IpvsThreadTest.<Optional<KernelError>>answer(done -> daemons.stop(SyncRole.MASTER, done)));
    assertEquals(List.of("+ sync master", "+ sync master", "+ sync master"), written);
    assertEquals("- sync master", journal());
    assertEquals(
        List.of("start master on eth0", "read daemons", "stop master"), List.copyOf(kernel.asked));
  }

  @Test
  void whatDidNotStartOrIsGoneIsNotInTheJournal() throws Exception {
    SyncDaemons daemons = startWithIpvs().syncDaemons(Runnable::run).orElseThrow();
    kernel.error = Optional.of(new KernelError(Errno.ENODEV, "No such device"));
    IpvsThreadTest.<Optional<KernelError>>answer(done -> daemons.start(SYNC, done));
    assertEquals("- sync master", journal());
    kernel.error = Optional.empty();
    IpvsThreadTest.<Optional<KernelError>>answer(done -> daemons.start(SYNC, done));
    assertEquals("+ sync master", journal());
    IpvsThreadTest.<SyncDaemons.Reading>answer(daemons::read);
    assertEquals("- sync master", journal());
  }

  @Test
  void withoutIpvsNoSyncDaemonStarts() throws Exception {
    SyncDaemons daemons = start(NEVER_NANOS).syncDaemons(Runnable::run).orElseThrow();
    assertEquals(
        0,
        IpvsThreadTest.<Optional<KernelError>>answer(done -> daemons.start(SYNC, done))
            .orElseThrow()
            .number());
    assertEquals(
        0,
        IpvsThreadTest.<SyncDaemons.Reading>answer(daemons::read).error().orElseThrow().number());
    assertEquals("", journal(), "nothing was tried");
  }

  @Test
  void theNextRunKnowsWhichSyncDaemonsWereLeft() throws Exception {
    ServiceJournal.open(file()).starting(SyncRole.BACKUP);
    assertEquals(Set.of(SyncRole.BACKUP), startWithIpvs().syncLeftBehind());
  }
}
