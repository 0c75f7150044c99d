package org.jkeepalived.lab;

import static org.jkeepalived.lab.TwoNodes.instance;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a start does not load, since each of it takes time before the first advertisement. */
@Lab
final class LeanStartLabTest {

  /** Beginnings of names of classes, and what loads them. */
  private static final Map<String, String> NOT_NEEDED =
      Map.of(
          "org.jkeepalived.control.http.",
          "pages that nobody wants",
          "java.lang.runtime.ObjectMethods",
          "equals or hashCode of a record that does not write them out",
          "java.lang.ProcessBuilder",
          "JNA, which runs ldconfig unless jna.platform.library.path is set",
          "java.time.format.",
          "a date that is written by a format",
          "java.time.zone.ZoneRulesProvider",
          "Java's own zones, which read every library of the program",
          "picocli.",
          "a command line that has no subcommand",
          "io.netty.",
          "checks of real servers");

  @Test
  void theFirstAdvertisementWaitsForNothingThatItDoesNotNeed() throws Exception {
    try (TwoNodes nodes = new TwoNodes()) {
      nodes.first.configure(instance(255).text());
      StartedDaemon daemon =
          nodes.first.start(
              DaemonKind.JKEEPALIVED,
              List.of(),
              Map.of("JKEEPALIVED_JAVA_OPTS", "-Xlog:class+load:file=/tmp/classes"));
      Await.until("the start", () -> daemon.log().contains("Startup complete"), nodes::evidence);
      // then reports are made for nobody, which takes whatever they need
      List<String> loaded =
          Files.readAllLines(nodes.first.directory().resolve("tmp/classes")).stream()
              .takeWhile(line -> !line.contains(" org.jkeepalived.status.VrrpSnapshot "))
              .toList();
      assertTrue(
          loaded.stream().anyMatch(line -> line.contains(" org.jkeepalived.daemon.Daemon ")),
          "nothing is told of classes");
      NOT_NEEDED.forEach(
          (name, cause) ->
              assertEquals(
                  List.of(),
                  loaded.stream().filter(line -> line.contains(" " + name)).toList(),
                  cause));
    }
  }
}
