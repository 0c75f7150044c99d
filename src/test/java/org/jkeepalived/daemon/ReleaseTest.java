package org.jkeepalived.daemon;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.jkeepalived.config.LoadedConfiguration;
import org.jkeepalived.config.Reading;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code --release} answers without having asked the kernel for anything. */
class ReleaseTest {

  @TempDir Path folder;

  @Test
  void nothingIsLeftInANamespaceThatIsGone() throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Path pidFile = folder.resolve("d.pid");
    DaemonOptions usual = ServingLifeTest.options();
    DaemonOptions.Process process =
        new DaemonOptions.Process(
            true,
            new DaemonOptions.PidFiles(
                Optional.of(pidFile), Optional.empty(), Optional.empty(), Optional.empty()),
            Optional.of("no-such-namespace"),
            OptionalInt.empty(),
            usual.process().coreDump(),
            usual.process().stop());
    DaemonOptions options =
        new DaemonOptions(
            List.of(),
            usual.configuration(),
            usual.subsystems(),
            process,
            usual.log(),
            usual.observation());
    LoadedConfiguration nothing =
        new LoadedConfiguration(Reading.of("/k.conf", "").configuration(), Set.of(), List.of());
    int status =
        new Release(options, new PrintStream(out, true), new PrintStream(err, true))
            .run(any -> nothing);
    assertEquals("", err.toString(StandardCharsets.UTF_8));
    assertEquals(
        "nothing to release: there is no network namespace no-such-namespace any more, nor what"
            + " was in it\n",
        out.toString(StandardCharsets.UTF_8));
    assertEquals(0, status);
    assertEquals(false, Files.exists(pidFile));
  }
}
