package org.jkeepalived.daemon;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jkeepalived.model.GlobalDefinitions;
import org.jkeepalived.status.DataDump;
import org.jkeepalived.status.Moment;
import org.jkeepalived.status.VrrpSnapshot;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class StatusReportsTest {

  private static final VrrpSnapshot NOTHING =
      new VrrpSnapshot(
          new Moment(0, Instant.EPOCH),
          new GlobalDefinitions("x", Optional.empty(), Optional.empty(), false, 0, 0, false),
          List.of(),
          new VrrpSnapshot.Strays(1, 2),
          new VrrpSnapshot.Machine(List.of(), List.of(), Map.of()));

  @TempDir private Path folder;
  private final List<Boolean> asked = new ArrayList<>();

  @Test
  void eachReportHasItsFile() throws IOException {
    StatusReports reports =
        reports(
            clear -> {
              asked.add(clear);
              return CompletableFuture.completedFuture(NOTHING);
            });
    reports.data();
    reports.statistics(false);
    reports.statistics(true);
    reports.json();
    assertEquals(List.of(false, false, true, false), asked);
    assertEquals(
        """
        ------< Global definitions >------
         Network namespace = (default)
         Router ID = x
        ------< Interfaces >------
        """,
        Files.readString(folder.resolve("keepalived.data")));
    assertEquals(
        """
        Packets for no VRRP Instance
          Truncated: 1
          Unknown VRID: 2
        """,
        Files.readString(folder.resolve("keepalived.stats")));
    assertEquals("[]\n", Files.readString(folder.resolve("keepalived.json")));
  }

  @Test
  void aFailureConcernsOneReport() {
    StatusReports reports =
        reports(clear -> CompletableFuture.failedFuture(new IllegalStateException("a bug")));
    reports.data();
    reports.logConfiguration();
    assertFalse(Files.exists(folder.resolve("keepalived.data")));
  }

  private StatusReports reports(StatusReports.Source source) {
    return new StatusReports(
        source,
        folder,
        () -> true,
        new DataDump(ZoneId.of("UTC"), Optional.empty()),
        Runnable::run);
  }
}
