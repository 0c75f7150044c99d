package org.jkeepalived.host.vrrp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jkeepalived.host.kernel.JournalPath;
import org.jkeepalived.host.kernel.KernelSession;
import org.jkeepalived.host.kernel.KernelThread;
import org.jkeepalived.kernel.JournalLines;
import org.jkeepalived.linux.LabNamespace;
import org.jkeepalived.linux.SystemCallException;
import org.jkeepalived.loop.OwnerState;
import org.jkeepalived.loop.TestOwners;
import org.jkeepalived.model.Configuration;
import org.jkeepalived.model.GlobalDefinitions;
import org.jkeepalived.model.LifeScripts;
import org.jkeepalived.model.LinkWatch;
import org.jkeepalived.model.Reporting;
import org.jkeepalived.model.Trackers;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What follows when something throws on the threads that addresses depend on. */
@Tag("lab")
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class VrrpOwnersLabTest {

  private static final Configuration EMPTY =
      new Configuration(
          new GlobalDefinitions("x", Optional.empty(), Optional.empty(), false, 0, 0, false),
          List.of(),
          List.of(),
          Trackers.NONE,
          LinkWatch.KERNEL,
          Reporting.NONE,
          LifeScripts.NONE);

  @TempDir Path folder;
  private final TestOwners process = new TestOwners();

  private VrrpService serve() throws SystemCallException {
    VrrpService.Settings settings =
        new VrrpService.Settings(
            new StartupDelay(0, 0, 0),
            false,
            false,
            new MaintenanceFile(Path.of("/nowhere"), Path.of("/nowhere")));
    return new VrrpService(EMPTY, settings, kernel(), event -> {}, process.owners());
  }

  private KernelThread kernel() throws SystemCallException {
    return KernelThread.start(
        process.owners(), new JournalPath(folder.resolve("a.journal"), folder.resolve("former")));
  }

  private void awaitEndOfProcess() throws InterruptedException {
    while (!process.haveEndedTheProcess()) {
      Thread.onSpinWait();
    }
  }

  private static Runnable error() {
    return () -> {
      throw new StackOverflowError("for the test");
    };
  }

  @Test
  void anErrorOnTheThreadVrrpEndsTheProcess() throws Exception {
    try (LabNamespace namespace = new LabNamespace()) {
      VrrpService service = namespace.call(this::serve);
      assertEquals(Optional.empty(), service.start().get());
      assertFalse(process.haveEndedTheProcess());
      service.execute(error());
      awaitEndOfProcess();
      Map<String, OwnerState.Condition> conditions =
          process.owners().states().stream()
              .collect(Collectors.toMap(OwnerState::name, OwnerState::condition));
      assertEquals(OwnerState.Condition.LOST, conditions.get("vrrp"));
      assertEquals(OwnerState.Condition.RUNNING, conditions.get("kernel"));
      assertEquals(OwnerState.Condition.RUNNING, conditions.get("links"));
      service.close();
    }
  }

  @Test
  void anErrorOnTheThreadKernelEndsTheProcess() throws Exception {
    CompletableFuture<Integer> answered = new CompletableFuture<>();
    KernelSession session = kernel().session(JournalLines.VRRP, Runnable::run);
    session.submit(List.of(), results -> answered.complete(results.size()));
    assertEquals(0, answered.get());
    assertFalse(process.haveEndedTheProcess());
    session.submit(List.of(), results -> error().run());
    awaitEndOfProcess();
    assertTrue(process.haveEndedTheProcess());
    assertEquals("kernel", process.owners().states().get(0).name());
  }
}
