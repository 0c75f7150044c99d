package org.jkeepalived.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
import org.jkeepalived.model.Configuration;
import org.jkeepalived.model.GlobalDefinitions;
import org.jkeepalived.model.LifeScripts;
import org.jkeepalived.model.LinkWatch;
import org.jkeepalived.model.ProcessTracker;
import org.jkeepalived.model.Reporting;
import org.jkeepalived.model.Trackers;
import org.jkeepalived.model.Weight;
import org.jkeepalived.script.CommandFacts;
import org.jkeepalived.status.DataDump;
import org.jkeepalived.status.Sockets;
import org.jkeepalived.status.TrackerStatus;
import org.jkeepalived.status.VrrpSnapshot;
import org.jkeepalived.time.Moment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class StatusReportsTest {

  private static final VrrpSnapshot NOTHING =
      new VrrpSnapshot(
          new Moment(0, Instant.EPOCH),
          new Configuration(
              new GlobalDefinitions("x", Optional.empty(), Optional.empty(), false, 0, 0, false),
              List.of(),
              List.of(),
              new Trackers(List.of(), List.of(), List.of(tracker("web"), tracker("db"))),
              LinkWatch.KERNEL,
              Reporting.NONE,
              LifeScripts.NONE),
          List.of(),
          List.of(),
          TrackerStatus.UNKNOWN,
          new VrrpSnapshot.Strays(1, 2),
          new VrrpSnapshot.Machine(List.of(), List.of(), new Sockets(Map.of(), Sockets.NONE)));

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
         FIFO write vrrp states on reload = false
        ------< VRRP Track processes >------
         VRRP Track process = web
           Process = web
           Min processes = 1
           Weight = 0
           Terminate delay = 0.000000s
           Fork delay = 0.000000s
           Full command = false
         VRRP Track process = db
           Process = db
           Min processes = 1
           Weight = 0
           Terminate delay = 0.000000s
           Fork delay = 0.000000s
           Full command = false
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

  @Test
  void whoeverDoesNotAnswerIsLeftOut() throws IOException {
    StatusReports.Source source =
        new StatusReports.Source() {
          @Override
          public CompletableFuture<VrrpSnapshot> snapshot(boolean clear) {
            return CompletableFuture.completedFuture(NOTHING);
          }

          @Override
          public List<CompletableFuture<TrackerStatus>> trackerStatus() {
            return List.of(
                CompletableFuture.failedFuture(new IllegalStateException("a bug")),
                CompletableFuture.completedFuture(
                    TrackerStatus.ofProcesses(
                        Map.of("web", new TrackerStatus.Processes(3, true, false, false)))));
          }
        };
    reports(source).data();
    String text = Files.readString(folder.resolve("keepalived.data"));
    assertTrue(text.contains("   Current processes = 3\n   Have quorum = true\n"), text);
  }

  private static ProcessTracker tracker(String name) {
    return new ProcessTracker(
        name,
        new ProcessTracker.Match(name, List.of(), ProcessTracker.ParameterMatch.NONE, false),
        Weight.FAULT,
        1,
        Integer.MAX_VALUE,
        0,
        0);
  }

  private StatusReports reports(StatusReports.Source source) {
    return new StatusReports(
        source,
        folder,
        () -> true,
        new DataDump(ZoneId.of("UTC"), Optional.empty(), CommandFacts.NONE),
        Runnable::run);
  }
}
