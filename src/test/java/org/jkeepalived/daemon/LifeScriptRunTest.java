package org.jkeepalived.daemon;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jkeepalived.host.script.Scripts;
import org.jkeepalived.model.Command;
import org.jkeepalived.model.LifeScripts;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class LifeScriptRunTest {

  private static final long LONG_NANOS = 1_000_000_000_000L;
  private static final long SHORT_NANOS = 100_000_000L;

  @TempDir Path directory;
  private Scripts scripts;
  private LifeScriptRun run;

  @BeforeEach
  void open() throws Exception {
    scripts = new Scripts(directory);
    run = new LifeScriptRun(scripts.thread);
  }

  @AfterEach
  void close() {
    scripts.close();
  }

  private LifeScripts life(Path script, long timeoutNanos) {
    Optional<Command> command = Optional.of(Scripts.command(script, Scripts.me()));
    return new LifeScripts(command, timeoutNanos, command, timeoutNanos);
  }

  @Test
  void bothAreWaitedFor() throws Exception {
    Path script = scripts.shell("life", "sleep 0.1", "echo x >> " + scripts.path("out"), "exit 3");
    run.startup(life(script, LONG_NANOS), new CompletableFuture<>());
    assertEquals(1, Files.readAllLines(scripts.path("out")).size());
    run.shutdown(life(script, LONG_NANOS));
    assertEquals(2, Files.readAllLines(scripts.path("out")).size());
  }

  @Test
  void noneIsNoWait() throws Exception {
    run.startup(LifeScripts.NONE, new CompletableFuture<>());
    run.shutdown(LifeScripts.NONE);
    assertEquals(0, LifeScriptRun.mostShutdownMillis(LifeScripts.NONE));
  }

  @Test
  void waitEndsAtTheTimeLimitAndWithWhatCannotRun() throws Exception {
    LifeScripts hanging = life(scripts.shell("hang", "exec sleep 1000"), SHORT_NANOS);
    run.startup(hanging, new CompletableFuture<>());
    run.shutdown(hanging);
    assertEquals(4_100, LifeScriptRun.mostShutdownMillis(hanging));
    run.startup(life(Path.of("/no/such"), LONG_NANOS), new CompletableFuture<>());
  }

  @Test
  void stopEndsTheWaitAndTheStartupScript() throws Exception {
    Path script =
        scripts.shell(
            "hang",
            "echo $$ > " + scripts.path("pid"),
            "echo end >> " + scripts.path("pid"),
            "exec sleep 1000");
    CompletableFuture<Void> stop = new CompletableFuture<>();
    CompletableFuture<Long> pid =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return Long.parseLong(scripts.written("pid").lines().findFirst().orElseThrow());
              } catch (Exception e) {
                throw new IllegalStateException(e);
              } finally {
                stop.complete(null);
              }
            });
    run.startup(life(script, LONG_NANOS), stop);
    scripts.thread.endCommands();
    assertFalse(Scripts.isAlive(pid.get(10, TimeUnit.SECONDS)));
  }
}
