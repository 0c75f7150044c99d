package org.jkeepalived.host.track;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jkeepalived.host.script.Scripts;
import org.jkeepalived.linux.LabNamespace;
import org.jkeepalived.loop.OwnerState;
import org.jkeepalived.loop.TestOwners;
import org.jkeepalived.model.ProcessTracker;
import org.jkeepalived.model.ProcessTracker.Match;
import org.jkeepalived.model.ProcessTracker.ParameterMatch;
import org.jkeepalived.model.ReceiveBuffer;
import org.jkeepalived.model.TrackKind;
import org.jkeepalived.model.TrackTarget;
import org.jkeepalived.model.Weight;
import org.jkeepalived.track.Condition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real processes, and the kernel's own reports of them. */
@Tag("lab")
class ProcessWatchLabTest {

  private static final long PATIENCE_SECONDS = 60;

  /** A name that no other process has, of at most 15 characters. */
  private final String name = "jkp" + System.nanoTime() % 1_000_000_000L;

  @TempDir Path directory;

  private final BlockingQueue<String> told = new LinkedBlockingQueue<>();
  private final List<Process> started = new ArrayList<>();
  private Path program;

  @BeforeEach
  void copySleep() throws Exception {
    program = Files.copy(Path.of("/bin/sleep"), directory.resolve(name));
  }

  @AfterEach
  void endAll() {
    started.forEach(Process::destroyForcibly);
  }

  private ProcessTracker tracker(String tracker, int quorum, int quorumMax, String... parameters) {
    String process = parameters.length == 0 ? name : program.toString();
    return new ProcessTracker(
        tracker,
        new Match(process, List.of(parameters), ParameterMatch.NONE, false),
        Weight.FAULT,
        quorum,
        quorumMax,
        0,
        0);
  }

  private ProcessWatch watch(List<ProcessTracker> trackers) throws Exception {
    ProcessWatch watch =
        new ProcessWatch(
            TestOwners.make(),
            Runnable::run,
            (thing, condition) -> told.add((condition.up() ? "+" : "-") + thing.name()));
    watch.reload(trackers, ReceiveBuffer.STANDARD).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    return watch;
  }

  private Process start(String parameter) throws Exception {
    Process process = new ProcessBuilder(program.toString(), parameter).start();
    started.add(process);
    return process;
  }

  private void assertTold(String... expected) throws Exception {
    for (String one : expected) {
      assertEquals(one, told.poll(PATIENCE_SECONDS, TimeUnit.SECONDS));
    }
  }

  private void playWith(ProcessWatch watch) throws Exception {
    assertTold("-one", "-two", "-line", "+most");
    Process first = start("1000");
    assertTold("+one", "-most");
    Process second = start("1001");
    assertTold("+two", "+line");
    first.destroyForcibly().waitFor();
    assertTold("-two");
    second.destroyForcibly().waitFor();
    assertTold("-one", "-line", "+most");
    assertEquals(
        Map.of(
            thing("one"), Condition.DOWN,
            thing("two"), Condition.DOWN,
            thing("line"), Condition.DOWN,
            thing("most"), Condition.UP),
        watch.conditions());
  }

  private static TrackTarget thing(String name) {
    return new TrackTarget(TrackKind.PROCESS, name);
  }

  private List<ProcessTracker> trackers() {
    return List.of(
        tracker("one", 1, Integer.MAX_VALUE),
        tracker("two", 2, Integer.MAX_VALUE),
        tracker("line", 1, Integer.MAX_VALUE, "1001"),
        tracker("most", 0, 0));
  }

  @Test
  void processesComeAndGo() throws Exception {
    try (ProcessWatch watch = watch(trackers())) {
      playWith(watch);
    }
  }

  /** keepalived 2.2.7 tracks no process there. */
  @Test
  void inANetworkNamespaceToo() throws Exception {
    try (LabNamespace namespace = new LabNamespace();
        ProcessWatch watch = namespace.call(() -> watch(trackers()))) {
      playWith(watch);
    }
  }

  @Test
  void processesThatRunAtTheStartAndAfterAReload() throws Exception {
    start("1000");
    start("1001");
    try (ProcessWatch watch = watch(trackers())) {
      assertTold("+one", "+two", "+line", "-most");
      watch
          .reload(
              List.of(tracker("two", 2, Integer.MAX_VALUE), tracker("new", 3, 3)),
              ReceiveBuffer.STANDARD)
          .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
      assertTold("-new");
      assertEquals(2, watch.conditions().size());
      start("1002");
      assertTold("+new");
      watch.reload(List.of(), ReceiveBuffer.STANDARD).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
      assertEquals(Map.of(), watch.conditions());
      watch
          .reload(List.of(tracker("again", 4, 4)), ReceiveBuffer.STANDARD)
          .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
      assertTold("-again");
      start("1003");
      assertTold("+again");
    }
  }

  @Test
  void aProcessThatBecomesAnotherProgramIsNoMore() throws Exception {
    Process shell =
        new ProcessBuilder("/bin/sh", "-c", "read line; exec " + program + " 1000").start();
    started.add(shell);
    try (ProcessWatch watch = watch(List.of(tracker("one", 1, Integer.MAX_VALUE)))) {
      assertTold("-one");
      shell.getOutputStream().write('\n');
      shell.getOutputStream().flush();
      assertTold("+one");
      shell.destroyForcibly();
      assertTold("-one");
      assertTrue(watch.conditions().containsKey(thing("one")));
    }
  }

  /** An error, not only an exception: all processes are looked at again, and tracked on. */
  @Test
  void theThreadProcessesOutlivesAnError() throws Exception {
    TestOwners process = new TestOwners();
    AtomicBoolean failing = new AtomicBoolean();
    Executor vrrp =
        step -> {
          if (failing.getAndSet(false)) {
            throw new StackOverflowError("for the test");
          }
          step.run();
        };
    try (ProcessWatch watch =
        new ProcessWatch(
            process.owners(),
            vrrp,
            (thing, condition) -> told.add((condition.up() ? "+" : "-") + thing.name()))) {
      watch
          .reload(
              List.of(tracker("one", 1, Integer.MAX_VALUE), tracker("two", 2, Integer.MAX_VALUE)),
              ReceiveBuffer.STANDARD)
          .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
      assertTold("-one", "-two");
      failing.set(true);
      start("1000");
      Scripts.await(() -> process.owners().states().get(0).failures() == 1);
      start("1001");
      assertTold("+two");
      assertEquals("processes", process.owners().states().get(0).name());
      assertEquals(OwnerState.Condition.RUNNING, process.owners().states().get(0).condition());
    }
    assertFalse(process.haveEndedTheProcess());
  }

  @Test
  void whatWasLostIsMadeUpFor() throws Exception {
    CountDownLatch blocked = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    try (ProcessWatch watch =
        new ProcessWatch(
            TestOwners.make(),
            Runnable::run,
            (thing, condition) -> {
              told.add((condition.up() ? "+" : "-") + thing.name());
              if (condition.up()) {
                blocked.countDown();
                awaitQuietly(goOn);
              }
            })) {
      watch
          .reload(List.of(tracker("one", 1, Integer.MAX_VALUE)), ReceiveBuffer.STANDARD)
          .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
      assertTold("-one");
      Process first = start("1000");
      try {
        blocked.await();
        // more than the kernel keeps for who does not read
        LabNamespace.run("sh", "-c", "i=0; while [ $i -lt 8000 ]; do (:); i=$((i+1)); done");
        first.destroyForcibly().waitFor();
      } finally {
        goOn.countDown();
      }
      assertTold("+one", "-one");
      start("1000");
      assertTold("+one");
    }
  }

  /** However long that takes: eight thousand processes are many on a machine that is busy. */
  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
