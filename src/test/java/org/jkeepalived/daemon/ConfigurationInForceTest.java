package org.jkeepalived.daemon;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import org.jkeepalived.config.ExitStatus;
import org.jkeepalived.config.LoadedConfiguration;
import org.jkeepalived.host.FakeSubsystem;
import org.jkeepalived.log.LoggedLines;
import org.jkeepalived.model.Configuration;
import org.jkeepalived.vrrp.TestInstance;
import org.junit.jupiter.api.Test;

/** Which file takes the place of the one before. */
class ConfigurationInForceTest {

  private final Configuration none = FakeSubsystem.withFifo(Path.of("fifo"));
  private final Configuration one =
      new Configuration(none.globals(), List.of(TestInstance.of("name=A")));
  private final Queue<LoadedConfiguration> files = new ArrayDeque<>();
  private final ConfigurationInForce inForce =
      new ConfigurationInForce(ServingLifeTest.options(), options -> files.remove());

  private Optional<Configuration> read(Configuration configuration, String... notStarted) {
    files.add(new LoadedConfiguration(configuration, Set.of(notStarted), List.of()));
    return inForce.read();
  }

  @Test
  void instancesThatTheFileDoesNotNameAnyMoreMayGo() {
    assertTrue(read(one).isPresent());
    assertEquals(Optional.of(none), read(none, "something_else"));
  }

  @Test
  void instanceThatRunsAndCouldNotBeStartedKeepsTheOldFileInForce() {
    assertTrue(read(one).isPresent());
    try (LoggedLines lines = new LoggedLines("org.jkeepalived.daemon")) {
      assertEquals(Optional.empty(), read(none, "A"));
      assertEquals(1, lines.count("(A) runs, and could not be started"));
    }
    assertEquals(Optional.of(one), read(one));
  }

  /** Nothing runs that could be lost. */
  @Test
  void firstFileIsTakenWhateverItDoesNotStart() {
    assertEquals(Optional.of(none), read(none, "A"));
    assertEquals(ExitStatus.OK, inForce.refusal());
    assertEquals(Optional.of(none), read(none, "A"));
  }
}
