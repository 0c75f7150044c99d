package org.jkeepalived.daemon;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jkeepalived.config.LoadedConfiguration;
import org.jkeepalived.config.Reading;
import org.jkeepalived.log.LoggedLines;
import org.jkeepalived.model.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The files that tell others of the reading of a configuration. */
class AttendedReadingTest {

  @TempDir Path folder;
  private Optional<Configuration> inForce = Optional.empty();
  private String text = "";

  /** What is in the mark when the configuration is read; empty where there is none. */
  private final List<Optional<String>> marks = new ArrayList<>();

  private final AttendedReading reading =
      new AttendedReading(
          options -> {
            marks.add(content(mark()));
            return Reading.of("/k.conf", text);
          },
          () -> inForce);

  private Path mark() {
    return folder.resolve("mark");
  }

  private static Optional<String> content(Path file) {
    try {
      return Files.exists(file) ? Optional.of(Files.readString(file)) : Optional.empty();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private LoadedConfiguration read(String globals) {
    text = "global_defs {\n" + globals + "\n}\n";
    LoadedConfiguration loaded = reading.read(ServingLifeTest.options());
    inForce = Optional.of(loaded.configuration());
    return loaded;
  }

  /** Whoever touches it before a reload sees it emptied, and then gone. */
  @Test
  void theMarkIsThereAndEmptyWhileAReloadReads() throws Exception {
    Files.writeString(mark(), "waiting");
    read("reload_file " + mark());
    assertTrue(Files.notExists(mark()), "gone after the start, too");
    Files.writeString(mark(), "waiting");
    read("reload_file " + mark());
    assertTrue(Files.notExists(mark()));
    read("router_id x");
    assertTrue(Files.notExists(mark()));
    read("router_id x");
    assertEquals(
        List.of(Optional.of("waiting"), Optional.of(""), Optional.of(""), Optional.empty()), marks);
  }

  @Test
  void theMarkFollowsNoLink() throws Exception {
    Path precious = Files.writeString(folder.resolve("precious"), "precious");
    read("reload_file " + mark());
    Files.createSymbolicLink(mark(), precious);
    try (LoggedLines lines = new LoggedLines(AttendedReading.class.getName())) {
      read("reload_file " + mark());
      assertEquals(2, lines.count("Cannot write " + mark() + ": Not a regular file"));
    }
    assertEquals("precious", Files.readString(precious));
    assertTrue(Files.isSymbolicLink(mark()));
  }

  @Test
  void eachConfigurationThatWasReadIsKept() throws Exception {
    Path saved = folder.resolve("saved");
    String lines = "config_save_dir " + saved;
    read(lines);
    read(lines + "\nauth_pass_is_secret");
    read("router_id x");
    String name = "keepalived.conf." + ProcessHandle.current().pid();
    try (Stream<Path> files = Files.list(saved)) {
      assertEquals(
          List.of(name + ".0", name + ".1"),
          files.map(file -> file.getFileName().toString()).sorted().toList());
    }
    assertEquals(
        "# /k.conf\nglobal_defs {\n" + lines + "\nauth_pass_is_secret\n}\n\n",
        Files.readString(saved.resolve(name + ".1")));
    assertEquals(
        "rw-------",
        PosixFilePermissions.toString(Files.getPosixFilePermissions(saved.resolve(name + ".1"))));
  }

  @Test
  void aDirectoryThatCannotBeMadeIsNamed() {
    Path saved = folder.resolve("no/saved");
    try (LoggedLines lines = new LoggedLines(AttendedReading.class.getName())) {
      assertTrue(read("config_save_dir " + saved).canRun());
      assertEquals(1, lines.count("Cannot write " + saved + ": No such file or directory"));
    }
  }

  /** Of what is in force, and of the last check alone. */
  @Test
  void whatACheckFindsStandsInItsLog() throws Exception {
    Path log = folder.resolve("log");
    String checked = "reload_check_config " + log;
    read(checked + "\nfoo");
    assertFalse(Files.exists(log), "no check at the start");
    read(checked + "\nfoo");
    assertEquals("(/k.conf: Line 3) Unknown keyword 'foo'\n", Files.readString(log));
    read(checked);
    assertEquals("", Files.readString(log));
  }
}
