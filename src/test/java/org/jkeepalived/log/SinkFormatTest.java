package org.jkeepalived.log;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jkeepalived.linux.process.UnixDatagramReceiver;
import org.jkeepalived.time.LocalClock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What arrives at each sink, byte by byte. */
class SinkFormatTest {

  private static final LocalClock UTC = LocalClock.of(ZoneId.of("UTC"));

  @TempDir Path directory;

  @Test
  void consoleLinesLookAsKeepaliveds() throws Exception {
    ByteArrayOutputStream stream = new ByteArrayOutputStream();
    try (StreamSink sink = new StreamSink(stream, UTC, false)) {
      sink.write(Lines.vrrp("(VI_1) Entering MASTER STATE"));
      sink.write(Lines.parent(Priority.ERROR, "Stopped"));
    }
    assertEquals(
        "Thu Nov 19 21:33:46 2026: (VI_1) Entering MASTER STATE\n"
            + "Thu Nov 19 21:33:46 2026: Stopped\n",
        stream.toString(StandardCharsets.UTF_8));
  }

  @Test
  void standardErrorOfAServiceTellsTheSeverity() throws Exception {
    ByteArrayOutputStream stream = new ByteArrayOutputStream();
    try (StreamSink sink = new StreamSink(stream, UTC, true)) {
      sink.write(Lines.parent(Priority.ERROR, "Stopped"));
    }
    assertEquals("<3>Stopped\n", stream.toString(StandardCharsets.UTF_8));
  }

  @Test
  void aLauncherHearsOfErrorsUntilTheDaemonIsUp() throws Exception {
    ByteArrayOutputStream stream = new ByteArrayOutputStream();
    try (LaunchErrorSink sink = new LaunchErrorSink(stream)) {
      sink.write(Lines.parent(Priority.ERROR, "error"));
      sink.write(Lines.parent(Priority.WARNING, "warning"));
      sink.write(Lines.parent(Priority.INFORMATIONAL, "information"));
      sink.launched();
      sink.write(Lines.parent(Priority.ERROR, "later"));
    }
    assertEquals("error\nwarning\n", stream.toString(StandardCharsets.UTF_8));
  }

  /** The form of keepalived 2.2.7's own datagrams, seen on a socket in place of /dev/log. */
  @Test
  void syslogDatagram() throws Exception {
    Path device = directory.resolve("log");
    try (UnixDatagramReceiver receiver = UnixDatagramReceiver.at(device.toString());
        DatagramSink sink =
            new DatagramSink(
                "syslog",
                new LogSocket(device.toString()),
                new SyslogFormat(Facility.DAEMON, UTC, 7204))) {
      sink.write(Lines.vrrp("(VI_1) Entering BACKUP STATE (init), grüße"));
      assertEquals(
          "<30>Nov 19 21:33:46 Keepalived_vrrp_blue_I1[7204]: "
              + "(VI_1) Entering BACKUP STATE (init), grüße",
          receiver.receive());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "ERROR,         3,  27", "WARNING,      3,  28", "INFORMATIONAL, 3,  30",
    "DEBUG,         3,  31", "INFORMATIONAL, 1, 14", "INFORMATIONAL, 23, 190"
  })
  void syslogPriority(Priority priority, int facility, int code) {
    assertEquals(
        "<" + code + ">Nov 19 21:33:46 Keepalived[1]: x",
        new SyslogFormat(new Facility(facility), UTC, 1).format(Lines.parent(priority, "x")));
  }

  @Test
  void journalDatagram() throws Exception {
    Path socket = directory.resolve("socket");
    try (UnixDatagramReceiver receiver = UnixDatagramReceiver.at(socket.toString());
        DatagramSink sink =
            new DatagramSink(
                "journal",
                new LogSocket(socket.toString()),
                new JournalFormat(new Facility(16), 7204))) {
      sink.write(Lines.vrrp("(VI_1) Entering MASTER STATE = now"));
      assertEquals(
          "PRIORITY=6\n"
              + "SYSLOG_FACILITY=16\n"
              + "SYSLOG_IDENTIFIER=Keepalived_vrrp_blue_I1\n"
              + "SYSLOG_PID=7204\n"
              + "LOGGER=org.jkeepalived.vrrp.Router\n"
              + "MESSAGE=(VI_1) Entering MASTER STATE = now\n",
          receiver.receive());
    }
  }

  private static LogLine aboutAnInstance(String text) {
    LogLine plain = Lines.vrrp(text);
    return new LogLine(
        plain.epochMillis(),
        plain.priority(),
        plain.process(),
        plain.identifier(),
        plain.logger(),
        text,
        List.of(
            new LogField("KEEPALIVED_INSTANCE", "VI_1"),
            new LogField("KEEPALIVED_STATE", "MASTER")));
  }

  @Test
  void theJournalHasFieldsOfWhatALineIsAbout() {
    assertEquals(
        "PRIORITY=6\n"
            + "SYSLOG_FACILITY=16\n"
            + "SYSLOG_IDENTIFIER=Keepalived_vrrp_blue_I1\n"
            + "SYSLOG_PID=7204\n"
            + "LOGGER=org.jkeepalived.vrrp.Router\n"
            + "KEEPALIVED_INSTANCE=VI_1\n"
            + "KEEPALIVED_STATE=MASTER\n"
            + "MESSAGE=(VI_1) Entering MASTER STATE\n",
        new JournalFormat(new Facility(16), 7204)
            .format(aboutAnInstance("(VI_1) Entering MASTER STATE")));
  }

  @Test
  void aLineIsAnObjectFromWhenItIsToBe() throws Exception {
    ByteArrayOutputStream stream = new ByteArrayOutputStream();
    AtomicBoolean json = new AtomicBoolean();
    LineFormat format = new SwitchedFormat(new ConsoleFormat(UTC), new JsonFormat(7204), json::get);
    try (StreamSink sink = new StreamSink(stream, format, false)) {
      sink.write(aboutAnInstance("before"));
      json.set(true);
      sink.write(aboutAnInstance("the \"peer\" C:\\x"));
    }
    assertEquals(
        "Thu Nov 19 21:33:46 2026: before\n"
            + "{\"time\":\"2026-11-19T21:33:46Z\",\"priority\":\"info\","
            + "\"identifier\":\"Keepalived_vrrp_blue_I1\",\"pid\":7204,"
            + "\"logger\":\"org.jkeepalived.vrrp.Router\","
            + "\"keepalived_instance\":\"VI_1\",\"keepalived_state\":\"MASTER\","
            + "\"message\":\"the \\\"peer\\\" C:\\\\x\"}\n",
        stream.toString(StandardCharsets.UTF_8));
  }

  @ParameterizedTest
  @CsvSource({
    "/tmp/k.log,   VRRP,     /tmp/k_vrrp.log",
    "/tmp/k.log,   CHECKERS, /tmp/k_healthcheckers.log",
    "/tmp/k.log,   BFD,      /tmp/k_bfd.log",
    "/tmp/k.log,   PARENT,   /tmp/k.log",
    "/tmp/k.d/log, VRRP,     /tmp/k.d/log_vrrp",
    "/tmp/a.b.log, VRRP,     /tmp/a.b_vrrp.log"
  })
  void logFilesBySubsystem(Path file, KeepalivedProcess process, Path expected) {
    assertEquals(expected, FileSink.fileOf(file, process));
  }

  @Test
  void logFilesAreAppendedToAndOpenedAgain() throws Exception {
    Path file = directory.resolve("k.log");
    Path vrrp = directory.resolve("k_vrrp.log");
    Files.writeString(vrrp, "before\n");
    String time = "Thu Nov 19 21:33:46 2026: ";
    try (FileSink sink = new FileSink(file, true, UTC)) {
      sink.write(Lines.vrrp("one"));
      assertEquals("before\n" + time + "one\n", Files.readString(vrrp));
      sink.write(Lines.parent(Priority.ERROR, "two"));
      assertEquals(time + "two\n", Files.readString(file));
      Path rotated = Files.move(vrrp, directory.resolve("rotated"));
      sink.write(Lines.vrrp("three"));
      sink.reopen();
      sink.write(Lines.vrrp("four"));
      assertEquals("before\n" + time + "one\n" + time + "three\n", Files.readString(rotated));
      assertEquals(time + "four\n", Files.readString(vrrp));
    }
  }

  @Test
  void logFilesAreWrittenWhenNothingElseComes() throws Exception {
    Path file = directory.resolve("k.log");
    try (FileSink sink = new FileSink(file, false, UTC)) {
      sink.write(Lines.parent(Priority.ERROR, "one"));
      assertEquals("", Files.readString(file));
      sink.flush();
      assertEquals("Thu Nov 19 21:33:46 2026: one\n", Files.readString(file));
    }
  }
}
