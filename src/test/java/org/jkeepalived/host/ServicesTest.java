package org.jkeepalived.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jkeepalived.host.Subsystem.Reload;
import org.jkeepalived.host.script.Scripts;
import org.jkeepalived.loop.TestOwners;
import org.jkeepalived.model.Configuration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Several subsystems, of which nothing is known but what they promise. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class ServicesTest {

  @TempDir Path folder;
  private final List<String> calls = new ArrayList<>();
  private final FakeSubsystem first = new FakeSubsystem("first", calls);
  private final FakeSubsystem second = new FakeSubsystem("second", calls);
  private Scripts scripts;
  private Services services;

  @BeforeEach
  void open() throws Exception {
    scripts = new Scripts(folder);
    services =
        new Services(
            TestOwners.make(),
            FakeSubsystem.withFifo(folder.resolve("fifo")),
            scripts.thread,
            events -> List.of(first, second));
  }

  @AfterEach
  void close() {
    scripts.close();
  }

  @Test
  void theyStartAndStopInTheirOrder() throws Exception {
    assertEquals(Optional.empty(), services.start().join());
    services.warmUp();
    assertTrue(services.stop());
    assertEquals(
        List.of(
            "first starts",
            "second starts",
            "first warms up",
            "second warms up",
            "first stops",
            "second stops"),
        calls);
  }

  /** Else the others' addresses and servers would stay, and nobody would be told. */
  @Test
  void whatFailsInTheStopHindersNothingElse() throws Exception {
    services.start().join();
    Scripts.await(() -> Files.exists(folder.resolve("fifo")));
    first.failsToStop = true;
    assertFalse(services.stop());
    assertEquals(List.of("first starts", "second starts", "first stops", "second stops"), calls);
    assertFalse(Files.exists(folder.resolve("fifo")));
  }

  @Test
  void whatHindersOneHindersAll() throws Exception {
    second.hindrance = Optional.of("no such thing");
    assertEquals(Optional.of("no such thing"), services.start().join());
    services.stop();
  }

  @Test
  void aReloadIsPlannedByEachAndAppliedByEach() {
    Configuration target = FakeSubsystem.withFifo(folder.resolve("fifo"));
    Reload plan = services.plan(target);
    assertEquals("first changes; second changes", plan.summary());
    assertEquals(List.of(), calls, "nothing has happened yet");
    plan.apply().join();
    assertEquals(List.of("first reloads", "second reloads"), calls);
  }

  /** Of the log, as of whoever asks. */
  @Test
  void whatChangesOfAllIsToldToo() {
    first.news = List.of("changed A");
    Reload plan = services.plan(FakeSubsystem.withFifo(folder.resolve("another")));
    assertEquals(2, plan.news().size(), plan.news()::toString);
    assertEquals("changed A", plan.news().get(0));
    String global = plan.news().get(1);
    assertTrue(global.startsWith("changed global settings: "), global);
    assertTrue(global.contains(folder.resolve("another").toString()), global);
    assertTrue(plan.details().contains(global), plan.details()::toString);
  }

  @Test
  void thereIsSomethingToLookAtInEach() {
    assertEquals(
        List.of("first", "second"),
        services.sources().stream().map(source -> source.title()).toList());
  }

  /** Also where nothing has come up: what was made at the start is removed. */
  @Test
  void fifosAreGoneAfterTheStop() throws Exception {
    first.hindrance = Optional.of("no such thing");
    services.start().join();
    Scripts.await(() -> Files.exists(folder.resolve("fifo")));
    services.stop();
    assertFalse(Files.exists(folder.resolve("fifo")));
  }
}
