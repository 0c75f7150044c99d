package org.jkeepalived.lvs.check;

import static org.jkeepalived.lvs.check.CheckStage.SECOND;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jkeepalived.model.Account;
import org.jkeepalived.model.Command;
import org.jkeepalived.model.lvs.CheckSchedule;
import org.jkeepalived.model.lvs.HttpCheck;
import org.jkeepalived.model.lvs.HttpUrl;
import org.jkeepalived.model.lvs.MiscCheck;
import org.jkeepalived.model.lvs.TcpCheck;
import org.jkeepalived.script.Outcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When checks run, when failures count, and the words of it. */
class CheckTimesTest {

  private static final String OK = "CONNECTED";
  private static final String NO = "FAILED";
  private static final String UP = "HTTP/1.0 200 OK\r\n\r\nUP";
  private static final String BUSY = "HTTP/1.0 503 Busy\r\n\r\n";

  private static CheckSchedule schedule(long retries, boolean alpha, boolean all) {
    return new CheckSchedule(10 * SECOND, 0, retries, SECOND, alpha, all);
  }

  private static CheckStage tcp(CheckSchedule schedule) {
    return new CheckStage(new TcpCheck(schedule, CheckStage.connection()));
  }

  private static CheckStage http(CheckSchedule schedule, boolean fast, HttpUrl... urls) {
    return new CheckStage(
        new HttpCheck(
            schedule,
            CheckStage.connection(),
            HttpCheck.Version.HTTP_1_0,
            fast,
            Optional.empty(),
            List.of(urls)));
  }

  private static HttpUrl url(String path, Optional<String> pattern) {
    return new HttpUrl(
        path,
        Optional.empty(),
        Optional.empty(),
        List.of(HttpUrl.Statuses.SUCCESS),
        pattern.map(
            text -> new HttpUrl.BodyPattern(text, false, List.of(), 0, OptionalLong.empty())),
        false);
  }

  private static CheckStage misc(CheckSchedule schedule, boolean dynamic) {
    Command command =
        new Command(
            List.of("/bin/check", "a"), new Account("root", Optional.empty(), false), false);
    return new CheckStage(new MiscCheck(schedule, command, 5 * SECOND, dynamic));
  }

  /**
   * A word a run, o for a success, x for a failure, l for want of a socket; at which seconds it
   * runs, and at which of them the server goes (-) and comes (+).
   */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // answers | retries | alpha | runs and news up to second 45
        "o       | 1 | false | 1 11 21 31 41",
        "o       | 1 | true  | 1+ 11 21 31 41",
        "x       | 1 | false | 1- 11 21 31 41",
        "x       | 1 | true  | 1 11 21 31 41",
        "x       | 3 | false | 1- 11 21 31 41",
        "xo      | 3 | false | 1- 11+ 21 31 41",
        "xo      | 3 | true  | 1 11+ 21 31 41",
        "oxo     | 1 | false | 1 11 12 22 32 42",
        "oxxo    | 1 | false | 1 11 12- 22+ 32 42",
        "ox      | 0 | false | 1 11- 21 31 41",
        "ox      | 2 | false | 1 11 12 13- 23 33 43",
        "oxxoxxo | 2 | false | 1 11 12 13 23 24 25 35 45",
        "oxxoxxx | 2 | false | 1 11 12 13 23 24 25- 35 45",
        "xxxo    | 2 | false | 1- 11 21 31+ 41",
        "xoxo    | 1 | false | 1- 11+ 21 22 32 42",
        "xoxxo   | 1 | false | 1- 11+ 21 22- 32+ 42",
        // nothing is heard of a server that this machine has no socket for
        "l       | 1 | false | 1 11 21 31 41",
        "olx     | 0 | false | 1 11 21- 31 41",
        "xlo     | 1 | false | 1- 11 21+ 31 41",
        "lx      | 3 | false | 1 11- 21 31 41",
        "oxlxxo  | 1 | false | 1 11 12 22 23- 33+ 43",
      })
  void runs(String answers, long retries, boolean alpha, String expected) {
    CheckStage stage = tcp(schedule(retries, alpha, false));
    answers.chars().forEach(c -> stage.answering(c == 'o' ? OK : c == 'x' ? NO : "NOT_ASKED"));
    stage.start().until(45);
    StringBuilder seen = new StringBuilder();
    for (String line : stage.happened().split("\n")) {
      String[] words = line.split(" ");
      switch (words[1]) {
        case "ask" -> seen.append(seen.isEmpty() ? "" : " ").append(words[0]);
        case "succeeded" -> seen.append('+');
        case "failed" -> seen.append('-');
        default -> {}
      }
    }
    assertEquals(expected, seen.toString());
  }

  @Test
  void theFirstRunComesWithinTheWarmUp() {
    CheckStage stage =
        tcp(new CheckSchedule(60 * SECOND, 8 * SECOND, 0, SECOND, false, false)).answering(OK);
    assertEquals("", stage.start().until(3).happened());
    assertTrue(stage.until(4).happened().startsWith("4 ask"));
  }

  @Test
  void wordsOfTcp() {
    CheckStage stage = tcp(schedule(1, false, true)).answering(OK, NO, NO, NO, OK);
    assertEquals(
        """
        1 ask
        1 log TCP connection to [10.0.0.1]:tcp:80 success.
        11 ask
        11 log TCP connection to [10.0.0.1]:tcp:80 failed.
        11 log TCP_CHECK [10.0.0.1]:tcp:80 of [10.0.0.9]:tcp:80: why
        12 ask
        12 log TCP connection to [10.0.0.1]:tcp:80 failed.
        12 log TCP_CHECK on service [10.0.0.1]:tcp:80 failed after 1 retries.
        12 log TCP_CHECK [10.0.0.1]:tcp:80 of [10.0.0.9]:tcp:80: why
        12 failed TCP CHECK failed on service
        22 ask
        32 ask
        32 log TCP connection to [10.0.0.1]:tcp:80 success.
        32 succeeded TCP CHECK succeed on service""",
        stage.start().until(40).happened());
  }

  @Test
  void wordsOfTcpWhereItFailsAtFirst() {
    CheckStage stage = tcp(schedule(1, false, false)).answering("TIMED_OUT");
    assertEquals(
        """
        1 ask
        1 log TCP_CHECK on service [10.0.0.1]:tcp:80 failed.
        1 log TCP_CHECK [10.0.0.1]:tcp:80 of [10.0.0.9]:tcp:80: why
        1 failed TCP CHECK failed on service""",
        stage.start().until(2).happened());
  }

  @Test
  void whatWasNotAskedIsNeitherCountedNorToldOf() {
    CheckStage stage = tcp(schedule(1, false, true)).answering(OK, "NOT_ASKED", OK);
    stage.start().until(12);
    assertEquals(1, stage.running().look().runs());
    assertEquals(0, stage.running().look().failures());
    assertTrue(stage.running().look().last().orElseThrow().succeeded());
    assertEquals("1 ask|1 log TCP connection to [10.0.0.1]:tcp:80 success.|11 ask", told(stage));
    assertEquals("21 ask", told(stage.until(22)));
    CheckStage web = http(schedule(1, false, true), false, url("/a", Optional.empty()));
    WebFetcher.Ending lack = new WebFetcher.Ending(WebFetcher.Ending.Kind.NOT_ASKED, "why");
    assertEquals("1 get /a|11 get /a", told(web.answering(lack).start().until(12)));
  }

  private static String told(CheckStage stage) {
    return stage.happened().replace('\n', '|');
  }

  @Test
  void urlsAreAskedOneBehindTheOther() {
    HttpUrl[] urls = {url("/a", Optional.empty()), url("/b", Optional.of("UP"))};
    CheckStage stage = http(schedule(2, false, false), false, urls).answering(UP, UP, UP, BUSY, UP);
    assertEquals(
        """
        1 get /a
        1 get /b
        1 log Remote Web server [10.0.0.1]:tcp:80 succeed on service.
        11 get /a
        11 get /b
        12 get /b
        22 get /a
        22 get /b""",
        stage.start().until(23).happened());
  }

  @Test
  void urlsAreAskedApartAfterAFailureAndOnceMore() {
    HttpUrl[] urls = {url("/a", Optional.empty()), url("/b", Optional.of("UP"))};
    CheckStage stage = http(schedule(2, false, false), false, urls).answering(BUSY, UP);
    assertEquals(
        """
        1 get /a
        1 log HTTP_CHECK on service [10.0.0.1]:tcp:80 failed after 2 retries.
        1 log HTTP_CHECK [10.0.0.1]:tcp:80 of [10.0.0.9]:tcp:80: url /a: HTTP status 503, wanted 200-299
        1 failed CHECK failed on service : HTTP request failed
        11 get /a
        11 log HTTP status code success to [10.0.0.1]:tcp:80 url(/a)
        21 get /b
        21 log HTTP status code success to [10.0.0.1]:tcp:80 url(/b)
        21 log Regex match success to [10.0.0.1]:tcp:80 url(/b)
        31 get /a
        31 log HTTP status code success to [10.0.0.1]:tcp:80 url(/a)
        31 log Remote Web server [10.0.0.1]:tcp:80 succeed on service.
        31 succeeded CHECK succeed on service
        41 get /a
        41 get /b""",
        stage.start().until(42).happened());
  }

  @Test
  void fastRecoveryAsksAtOnce() {
    HttpUrl[] urls = {url("/a", Optional.empty()), url("/b", Optional.empty())};
    CheckStage stage = http(schedule(0, false, false), true, urls).answering(BUSY, UP);
    stage.start().until(2).happened();
    assertEquals(
        List.of("11 get /a", "11 get /b", "11 get /a", "11 succeeded CHECK succeed on service"),
        Stream.of(stage.until(12).happened().split("\n"))
            .filter(line -> !line.contains(" log "))
            .collect(Collectors.toList()));
  }

  @Test
  void wordsOfBrokenConnections() {
    for (WebFetcher.Ending.Kind kind :
        EnumSet.complementOf(EnumSet.of(WebFetcher.Ending.Kind.NOT_ASKED))) {
      CheckStage stage =
          http(schedule(1, false, true), false, url("/a", Optional.empty()))
              .answering(new WebFetcher.Ending(kind, "why"));
      String words =
          switch (kind) {
            case ANSWERED -> "Read, no data received from  server";
            case CONNECT_FAILED -> "Connection failed server";
            case CONNECT_TIMED_OUT -> "Timeout connecting server";
            case HANDSHAKE_FAILED -> "SSL handshake/communication error connecting to server";
            case READ_FAILED -> "Read error with server";
            case READ_TIMED_OUT -> "Timeout WEB read server";
            case NOT_ASKED -> throw new AssertionError();
          };
      assertEquals(
          "1 log " + words + " [10.0.0.1]:tcp:80.",
          stage.start().until(2).happened().split("\n")[1]);
    }
  }

  @Test
  void halfABodyPassesWithALine() {
    CheckStage stage =
        http(schedule(1, false, true), false, url("/", Optional.empty()))
            .answering("HTTP/1.0 200 OK\r\nContent-Length: 100\r\n\r\nhalf body");
    assertTrue(
        stage
            .start()
            .until(2)
            .happened()
            .contains(
                "1 log http_check for RS [10.0.0.1]:tcp:80 VS [10.0.0.9]:tcp:80 url /:"
                    + " content_length (100) does not match received bytes (9)"));
    assertTrue(stage.running().isUp());
  }

  private static Outcome exit(int status) {
    return new Outcome(Outcome.Kind.EXITED, status, "exited with status " + status);
  }

  @Test
  void wordsOfMisc() {
    String begin = "log Misc check for [[10.0.0.1]:tcp:80 VS [10.0.0.9]:tcp:80] by [/bin/check] ";
    CheckStage stage =
        misc(schedule(1, false, false), false)
            .answering(exit(0), exit(3), exit(1), exit(0), exit(3), exit(0));
    assertEquals(
        """
        1 run /bin/check a
        1 BEGIN succeeded.
        11 run /bin/check a
        12 run /bin/check a
        12 BEGIN failed after 1 retries (exited with status 1).
        12 failed MISC CHECK failed on service
        22 run /bin/check a
        22 BEGIN succeeded.
        22 succeeded MISC CHECK succeeded on service
        32 run /bin/check a
        33 run /bin/check a"""
            .replace("BEGIN ", begin),
        stage.start().until(34).happened());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "EXITED    | 3  | failed with retry disabled (exited with status 3).",
        "SIGNALLED | 11 | failed with retry disabled (due to signal 11).",
        "TIMED_OUT | 0  | timed out with retry disabled.",
        "NOT_RUN   | 0  | failed with retry disabled (not run: why).",
      })
  void eachEndOfAScript(Outcome.Kind kind, int number, String words) {
    CheckStage stage =
        misc(schedule(0, false, false), false).answering(new Outcome(kind, number, "why"));
    String happened = stage.start().until(2).happened();
    assertTrue(happened.contains("by [/bin/check] " + words + "\n1 failed"), happened);
    assertFalse(stage.running().isUp());
  }

  @Test
  void aScriptForWhichThereIsNoProcessTellsNothing() {
    Outcome noProcess = new Outcome(Outcome.Kind.NOT_RUN, 0, "no memory", true);
    CheckStage stage =
        misc(schedule(0, false, false), true).answering(exit(12), noProcess, noProcess, exit(1));
    List<String> happened =
        Stream.of(stage.start().until(32).happened().split("\n"))
            .filter(line -> !line.contains(" log "))
            .toList();
    assertEquals(
        List.of(
            "1 run /bin/check a",
            "1 weighs 10",
            "11 run /bin/check a",
            "21 run /bin/check a",
            "31 run /bin/check a",
            "31 failed MISC CHECK failed on service"),
        happened);
  }

  @Test
  void dynamicScriptsSetTheWeightAndGiveItBack() {
    CheckStage stage =
        misc(schedule(0, false, false), true)
            .answering(
                exit(2),
                exit(255),
                exit(1),
                exit(12),
                new Outcome(Outcome.Kind.TIMED_OUT, 0, ""),
                exit(0));
    List<String> happened =
        Stream.of(stage.start().until(52).happened().split("\n"))
            .filter(line -> !line.contains(" log ") && !line.contains(" run "))
            .toList();
    assertEquals(
        List.of(
            "1 weighs 0",
            "11 weighs 253",
            "21 failed MISC CHECK failed on service",
            "31 weighs 10",
            "31 succeeded MISC CHECK succeeded on service",
            "41 failed MISC CHECK timed out on service",
            "41 weighs as configured",
            "51 succeeded MISC CHECK succeeded on service"),
        happened);
  }

  @Test
  void suspendedChecksAreSilentAndEndedOnesForEver() {
    CheckStage stage = tcp(schedule(0, false, false)).answering(OK, NO, OK);
    stage.start().until(5).happened();
    stage.running().suspend();
    assertEquals("", stage.until(100).happened());
    assertTrue(stage.running().isUp());
    stage.running().resume(100 * SECOND);
    assertTrue(stage.until(101).happened().startsWith("101 ask"));
    assertFalse(stage.running().isUp());
    stage.running().end();
    stage.running().resume(101 * SECOND);
    assertEquals("", stage.until(200).happened());
  }

  @Test
  void tellsHowItGoes() {
    CheckStage stage = tcp(schedule(1, false, false)).answering(OK, NO);
    assertEquals(Optional.empty(), stage.running().look().last());
    CheckLook look = stage.start().until(25).running().look();
    assertEquals("TCP_CHECK", look.kind());
    assertFalse(look.up());
    assertEquals(4, look.runs());
    assertEquals(3, look.failures());
    assertEquals(Optional.of(new CheckLook.Run(false, "why", 22 * SECOND, 0)), look.last());
  }
}
