package org.jkeepalived.host.script;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jkeepalived.host.script.Scripts.Started;
import org.jkeepalived.linux.NativeFunction;
import org.jkeepalived.linux.NativeMemory;
import org.jkeepalived.loop.OwnerState;
import org.jkeepalived.loop.TestOwners;
import org.jkeepalived.model.Account;
import org.jkeepalived.model.Command;
import org.jkeepalived.script.CommandRunner.Order;
import org.jkeepalived.script.Outcome;
import org.jkeepalived.script.Outcome.Kind;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Real processes; a wait that does not end fails by the time limit. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class ScriptThreadTest {

  private static final int SIGWINCH = 28;

  /** Time enough for a script to get going on a busy machine. */
  private static final OptionalLong SOON = OptionalLong.of(3_000_000_000L);

  @TempDir Path directory;
  private Scripts scripts;

  @BeforeEach
  void open() throws Exception {
    scripts = new Scripts(directory);
  }

  @AfterEach
  void close() {
    scripts.close();
  }

  @Test
  void exitStatusAndSignalAreToldApart() throws Exception {
    assertTrue(scripts.start(scripts.shell("well", "exit 0")).outcome().succeeded());
    Outcome failed = scripts.start(scripts.shell("ill", "exit 3")).outcome();
    assertEquals(new Outcome(Kind.EXITED, 3, "exited with status 3"), failed);
    Outcome killed = scripts.start(scripts.shell("killed", "kill -9 $$")).outcome();
    assertEquals(new Outcome(Kind.SIGNALLED, 9, "due to signal 9"), killed);
  }

  @Test
  void argumentsArriveAsTheyAre() throws Exception {
    Path script =
        scripts.shell("words", "for each; do echo \"<$each>\"; done > " + scripts.path("out"));
    Command command =
        new Command(List.of(script.toString(), "a b", "", "$HOME", "ü"), Scripts.me(), false);
    assertTrue(
        scripts.start(command, OptionalLong.empty(), "--", "MASTER 1").outcome().succeeded());
    assertEquals(
        List.of("<a b>", "<>", "<$HOME>", "<ü>", "<-->", "<MASTER 1>"),
        Files.readAllLines(scripts.path("out")));
  }

  @Test
  void childHasNoSignalBlockedOrIgnoredAndAGroupOfItsOwn() throws Exception {
    // as the launcher leaves them, and nohup
    CompletableFuture<Integer> blocked = new CompletableFuture<>();
    scripts.thread.execute(() -> blocked.complete(Signals.blockHere(36, 63, 64)));
    assertEquals(0, blocked.get());
    Signals.ignore(SIGWINCH);
    try {
      Path script =
          scripts.shell(
              "status", "exec cat /proc/self/status /proc/self/stat > " + scripts.path("out"));
      assertTrue(scripts.start(script).outcome().succeeded());
    } finally {
      Signals.restore(SIGWINCH);
    }
    List<String> lines = Files.readAllLines(scripts.path("out"));
    assertTrue(lines.contains("SigBlk:\t0000000000000000"), lines::toString);
    assertTrue(lines.contains("SigIgn:\t0000000000000000"), lines::toString);
    String[] stat = lines.get(lines.size() - 1).split(" ");
    assertEquals(stat[0], stat[4], "the process group is named after the process");
  }

  /**
   * An error, not only an exception: nobody would know any more whether what is checked is well.
   */
  @Test
  void anErrorOnTheThreadScriptsEndsTheProcess() throws Exception {
    TestOwners process = new TestOwners();
    ScriptThread failing = new ScriptThread(process.owners());
    assertTrue(failing.awaitIdle(20_000));
    assertFalse(process.haveEndedTheProcess());
    failing.execute(
        () -> {
          throw new StackOverflowError("for the test");
        });
    Scripts.await(process::haveEndedTheProcess);
    assertEquals("scripts", process.owners().states().get(0).name());
    assertEquals(OwnerState.Condition.LOST, process.owners().states().get(0).condition());
  }

  /** What libc does to this process's signals. */
  private static final class Signals {
    static int blockHere(int... signals) {
      NativeMemory set = NativeMemory.allocate(128);
      long bits = 0;
      for (int signal : signals) {
        bits |= 1L << (signal - 1);
      }
      set.bytes().putLong(0, bits);
      return set.lend(at -> NativeFunction.ofLibc("pthread_sigmask").call(0, at, 0));
    }

    static void ignore(int signal) {
      NativeFunction.ofLibc("signal").call(signal, 1);
    }

    static void restore(int signal) {
      NativeFunction.ofLibc("signal").call(signal, 0);
    }
  }

  @Test
  void childHasNoDescriptorButTheThree() throws Exception {
    // Java opens files that survive an exec
    try (var kept = Files.newByteChannel(Path.of("/proc/self/status"))) {
      assertTrue(kept.isOpen());
      Path script = scripts.shell("files", "exec ls -l /proc/self/fd > " + scripts.path("out"));
      assertTrue(scripts.start(script).outcome().succeeded());
    }
    List<String> links =
        Files.readAllLines(scripts.path("out")).stream()
            .filter(line -> line.contains(" -> "))
            .map(line -> line.replaceFirst(".* ([0-9]+ -> \\D+).*", "$1"))
            .toList();
    // the last one is the directory that ls reads
    assertEquals(4, links.size(), links::toString);
    assertEquals("0 -> /dev/null", links.get(0));
    assertTrue(links.get(1).startsWith("1 -> "), links::toString);
    assertEquals("2 -> pipe:[", links.get(2));
    assertTrue(links.get(3).startsWith("3 -> /proc/"), links::toString);
  }

  @Test
  void environmentIsTheDaemonsWithoutWhatIsForTheDaemonAlone() throws Exception {
    Path script =
        scripts.shell("env", "tr '\\0' '\\n' < /proc/$$/environ > " + scripts.path("out"));
    assertTrue(scripts.start(script).outcome().succeeded());
    List<String> lines = Files.readAllLines(scripts.path("out"));
    assertTrue(lines.contains("PATH=" + System.getenv("PATH")), lines::toString);
    assertFalse(lines.stream().anyMatch(line -> line.startsWith("_JAVA_SR_SIGNUM")));
  }

  @Test
  void whatTakesTooLongIsEndedWithItsChildren() throws Exception {
    Path script =
        scripts.shell(
            "hang",
            "trap '' TERM",
            "(trap '' TERM; exec sleep 1000) &",
            "echo $$ $! > " + scripts.path("pids"),
            "echo end >> " + scripts.path("pids"),
            "while :; do sleep 1; done");
    Started hanging = scripts.start(Scripts.command(script, Scripts.me()), SOON);
    String pids = scripts.written("pids").lines().findFirst().orElseThrow();
    assertEquals(Kind.TIMED_OUT, hanging.outcome().kind());
    for (String pid : pids.split(" ")) {
      Scripts.await(() -> !Scripts.isAlive(Long.parseLong(pid)));
    }
  }

  @Test
  void childrenThatOutliveTheirEndedLeaderAreKilled() throws Exception {
    Path script =
        scripts.shell(
            "leader",
            "(trap '' TERM; exec sleep 1000) &",
            "echo $! > " + scripts.path("pid"),
            "echo end >> " + scripts.path("pid"),
            "wait");
    Started hanging = scripts.start(Scripts.command(script, Scripts.me()), SOON);
    long straggler = Long.parseLong(scripts.written("pid").lines().findFirst().orElseThrow());
    assertEquals(Kind.TIMED_OUT, hanging.outcome().kind());
    Scripts.await(() -> !Scripts.isAlive(straggler));
  }

  @Test
  void whatAScriptLeavesRunningLivesOnAndMayGoOnWriting() throws Exception {
    Path background =
        scripts.shell(
            "background",
            "while [ ! -e " + scripts.path("go") + " ]; do sleep 0.1; done",
            "echo still there >&2 && echo end > " + scripts.path("wrote"));
    Path script = scripts.shell("starter", background + " &", "exit 0");
    assertTrue(scripts.start(script).outcome().succeeded());
    scripts.close();
    Files.createFile(scripts.path("go"));
    scripts.written("wrote");
  }

  @Test
  void runThatIsEndedEnds() throws Exception {
    Path script = scripts.shell("long", "echo end > " + scripts.path("up"), "exec sleep 1000");
    Started started = scripts.start(script);
    scripts.written("up");
    scripts.thread.execute(started.run().get()::end);
    assertEquals(new Outcome(Kind.SIGNALLED, 15, "due to signal 15"), started.outcome());
  }

  @Test
  void whatCannotRunSaysWhy() throws Exception {
    assertEquals(
        new Outcome(
            Kind.NOT_RUN, 0, "/no/such/script cannot be accessed - /no: No such file or directory"),
        scripts.start(Path.of("/no/such/script")).outcome());
    Path script = scripts.shell("well", "exit 0");
    Account nobody = new Account("no-such-user", Optional.empty(), false);
    assertEquals(
        new Outcome(Kind.NOT_RUN, 0, "Script user 'no-such-user' does not exist"),
        scripts.start(Scripts.command(script, nobody), OptionalLong.empty()).outcome());
    Account group = new Account(Scripts.me().user(), Optional.of("no-such-group"), false);
    assertEquals(
        new Outcome(Kind.NOT_RUN, 0, "Script group 'no-such-group' does not exist"),
        scripts.start(Scripts.command(script, group), OptionalLong.empty()).outcome());
    Outcome interpreter =
        scripts.start(scripts.file("orphan", "#!/no/such/shell", "exit 0")).outcome();
    assertEquals(Kind.NOT_RUN, interpreter.kind(), interpreter::toString);
    assertTrue(interpreter.reason().contains("No such file or directory"), interpreter::toString);
  }

  /** COMPAT: keepalived 2.2.7 does not run it, and takes that for a success. */
  @Test
  void scriptWithoutInterpreterLineIsForTheShell() throws Exception {
    assertEquals(7, scripts.start(scripts.file("bare", "exit 7")).outcome().number());
  }

  @Test
  void doneIsNeverCalledBeforeStartHasReturned() throws Exception {
    CompletableFuture<Boolean> returnedFirst = new CompletableFuture<>();
    Order order =
        new Order(
            "absent",
            Scripts.command(Path.of("/no/such"), Scripts.me()),
            List.of(),
            OptionalLong.empty());
    scripts.thread.execute(
        () -> {
          boolean[] returned = {false};
          scripts.thread.runner().start(order, outcome -> returnedFirst.complete(returned[0]));
          returned[0] = true;
        });
    assertTrue(returnedFirst.get());
  }

  @Test
  void nothingIsLeftOfAThousandRuns() throws Exception {
    Path script = scripts.shell("well", "echo something >&2");
    scripts.start(script).outcome();
    int before = descriptors();
    List<Started> all = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      all.add(scripts.start(script));
      if (i % 50 == 49) {
        all.get(i).outcome();
      }
    }
    for (Started each : all) {
      assertTrue(each.outcome().succeeded());
    }
    Scripts.await(() -> descriptors() <= before);
    assertEquals(0, ProcessHandle.current().children().filter(ScriptThreadTest::isZombie).count());
  }

  private static boolean isZombie(ProcessHandle child) {
    try {
      return Files.readString(Path.of("/proc/" + child.pid() + "/stat")).contains(") Z ");
    } catch (java.io.IOException gone) {
      return false;
    }
  }

  private static int descriptors() {
    String[] open = Path.of("/proc/self/fd").toFile().list();
    return open == null ? -1 : open.length;
  }

  @Test
  void scriptThatWritesMegabytesHarmsNobody() throws Exception {
    Path script = scripts.shell("loud", "head -c 30000000 /dev/zero | tr '\\0' 'x\\n' >&2");
    Started loud = scripts.start(script);
    assertTrue(scripts.start(scripts.shell("well", "exit 0")).outcome().succeeded());
    assertTrue(loud.outcome().succeeded());
  }

  @Test
  void closeEndsWhatRuns() throws Exception {
    Path script =
        scripts.shell(
            "stubborn",
            "trap '' TERM",
            "echo $$ > " + scripts.path("pid"),
            "echo end >> " + scripts.path("pid"),
            "while :; do sleep 1; done");
    Started stubborn = scripts.start(script);
    long pid = Long.parseLong(scripts.written("pid").lines().findFirst().orElseThrow());
    scripts.close();
    assertFalse(Scripts.isAlive(pid));
    assertEquals(9, stubborn.outcome().number());
  }

  @Test
  void idleIsWaitedForButNotForEver() throws Exception {
    assertTrue(scripts.thread.awaitIdle(1_000));
    scripts.start(scripts.shell("long", "exec sleep 1000")).run().get();
    assertFalse(scripts.thread.awaitIdle(50));
  }

  @Test
  void waitForOneCommandEndsWhenItIsGivenUp() throws Exception {
    Path script = scripts.shell("long", "echo end > " + scripts.path("up"), "exec sleep 1000");
    Order order =
        new Order(
            "startup", Scripts.command(script, Scripts.me()), List.of(), OptionalLong.empty());
    CompletableFuture<Void> stop = new CompletableFuture<>();
    CompletableFuture<Optional<Outcome>> result = new CompletableFuture<>();
    Thread waiting =
        new Thread(
            () -> {
              try {
                result.complete(scripts.thread.runAndWait(order, stop));
              } catch (InterruptedException e) {
                result.completeExceptionally(e);
              }
            });
    waiting.start();
    scripts.written("up");
    stop.complete(null);
    assertEquals(Optional.empty(), result.get());
    assertTrue(scripts.thread.awaitIdle(10_000));
  }
}
