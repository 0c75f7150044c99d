package org.jkeepalived.daemon;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jkeepalived.config.Reading;
import org.jkeepalived.linux.file.FileError;
import org.jkeepalived.linux.process.PidFile;
import org.jkeepalived.linux.process.PidFileNames;
import org.jkeepalived.log.LoggedLines;
import org.jkeepalived.model.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PidFilesTest {

  @TempDir Path folder;

  private Path file(String name) {
    return folder.resolve(name);
  }

  private Optional<PidFiles> take(Optional<Path> parent) throws IOException {
    return take(parent, true, false);
  }

  private Optional<PidFiles> take(Optional<Path> parent, boolean vrrp, boolean checkers)
      throws IOException {
    return PidFiles.take(
        new DaemonOptions.PidFiles(parent, Optional.empty(), Optional.empty(), Optional.empty()),
        new PidFileNames(file("usual"), file("vrrp"), file("checkers"), file("bfd")),
        vrrp,
        checkers);
  }

  @Test
  void bothHoldTheNumberUntilTheEnd() throws IOException {
    String number = ProcessHandle.current().pid() + "\n";
    try (PidFiles files = take(Optional.of(file("given"))).orElseThrow()) {
      assertEquals(file("given"), files.parent());
      assertEquals(number, Files.readString(file("given")));
      assertEquals(number, Files.readString(file("vrrp")));
      assertFalse(Files.exists(file("usual")));
    }
    assertFalse(Files.exists(file("given")));
    assertFalse(Files.exists(file("vrrp")));
  }

  @Test
  void eachPartThatRunsHasAFile() throws IOException {
    String number = ProcessHandle.current().pid() + "\n";
    try (PidFiles files = take(Optional.empty(), true, true).orElseThrow()) {
      assertEquals(file("usual"), files.parent());
      assertEquals(number, Files.readString(file("vrrp")));
      assertEquals(number, Files.readString(file("checkers")));
    }
    assertFalse(Files.exists(file("checkers")));
    try (PidFiles files = take(Optional.empty(), false, false).orElseThrow()) {
      assertTrue(Files.exists(files.parent()));
      assertFalse(Files.exists(file("vrrp")));
      assertFalse(Files.exists(file("checkers")));
    }
  }

  /** As keepalived starts its checkers then. */
  @Test
  void theFirstVirtualServerBringsTheCheckersFile() throws IOException {
    Configuration none = Reading.of("k", "").configuration();
    Configuration one =
        Reading.of(
                "k",
                "virtual_server 10.0.0.1 80 {\nreal_server 10.0.0.2 80 {\nTCP_CHECK {\n}\n}\n}\n")
            .configuration();
    try (PidFiles files = take(Optional.empty(), true, false).orElseThrow()) {
      files.follow(none);
      assertFalse(Files.exists(file("checkers")));
      Files.createDirectory(file("checkers"));
      try (LoggedLines lines = new LoggedLines("org.jkeepalived.daemon")) {
        files.follow(one);
        lines.await("Not a regular file");
      }
      Files.delete(file("checkers"));
      files.follow(one);
      assertEquals(ProcessHandle.current().pid() + "\n", Files.readString(file("checkers")));
      files.follow(none);
      files.follow(one);
      assertTrue(Files.exists(file("checkers")));
    }
    assertFalse(Files.exists(file("checkers")));
  }

  @Test
  void aNameThatIsNoFilesIsRefusedAndNoneIsTaken() throws IOException {
    Files.createDirectory(file("vrrp"));
    IOException refused = assertThrows(IOException.class, () -> take(Optional.of(file("given"))));
    assertEquals(file("vrrp") + ": Not a regular file", FileError.text(refused));
    assertFalse(Files.exists(file("given")), "what was taken before is given back");
    Files.delete(file("vrrp"));
    take(Optional.of(file("given"))).orElseThrow().close();
  }

  @Test
  void ofSomebodyElsesNoneIsTaken() throws IOException {
    try (PidFile other = PidFile.take(file("vrrp"), 1).orElseThrow();
        LoggedLines lines = new LoggedLines("org.jkeepalived.daemon")) {
      assertEquals(Optional.empty(), take(Optional.empty()));
      lines.await("daemon is already running (" + other.path() + " is locked by it)");
      assertFalse(Files.exists(file("usual")), "what was taken before is given back");
    }
    try (PidFiles files = take(Optional.empty()).orElseThrow()) {
      assertTrue(Files.exists(files.parent()));
    }
  }
}
