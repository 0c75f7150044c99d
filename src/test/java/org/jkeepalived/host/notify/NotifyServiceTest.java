package org.jkeepalived.host.notify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.zip.GZIPInputStream;
import org.jkeepalived.host.script.ScriptThread;
import org.jkeepalived.loop.TestOwners;
import org.jkeepalived.model.Account;
import org.jkeepalived.model.Command;
import org.jkeepalived.model.Configuration;
import org.jkeepalived.model.Fifo;
import org.jkeepalived.model.GlobalDefinitions;
import org.jkeepalived.model.LifeScripts;
import org.jkeepalived.model.LinkWatch;
import org.jkeepalived.model.Notifications;
import org.jkeepalived.model.Notifications.Occasion;
import org.jkeepalived.model.Reporting;
import org.jkeepalived.model.Trackers;
import org.jkeepalived.notify.Deliveries;
import org.jkeepalived.notify.Subject;
import org.jkeepalived.notify.What;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Real scripts and FIFOs; a wait that does not end fails by the time limit. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class NotifyServiceTest {

  private static final Path SAMPLES = Path.of("/usr/share/doc/keepalived/samples");

  @TempDir private Path folder;
  private ScriptThread thread;
  private NotifyService service;
  private boolean stopped;

  @BeforeEach
  void open() throws Exception {
    thread = new ScriptThread(TestOwners.make());
    service = new NotifyService(thread.loop(), thread.runner(), List.of(), new Deliveries());
  }

  @AfterEach
  void close() throws Exception {
    if (!stopped) {
      service.stop();
    }
    thread.close();
  }

  private void stop() throws InterruptedException {
    service.stop();
    stopped = true;
  }

  private Path log() {
    return folder.resolve("log");
  }

  private Path fifo() {
    return folder.resolve("fifo");
  }

  /** A shell script, which finds the log's path in {@code $LOG}. */
  private Command script(String name, String... lines) throws IOException {
    String text = "#!/bin/bash\nLOG=" + log() + "\n" + String.join("\n", lines) + "\n";
    return command(Files.writeString(folder.resolve(name), text));
  }

  private static Command command(Path file) throws IOException {
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    Account me = new Account(System.getProperty("user.name"), Optional.empty(), false);
    return new Command(List.of(file.toString()), me, false);
  }

  private void configure(Path fifo, Optional<Command> reader, boolean statesOnReload) {
    service.configure(
        new Configuration(
            new GlobalDefinitions("router", Optional.empty(), Optional.empty(), false, 0, 0, false),
            List.of(),
            List.of(),
            Trackers.NONE,
            LinkWatch.KERNEL,
            new Reporting(
                Optional.empty(),
                Optional.of(new Fifo(fifo.toString(), Optional.empty(), reader)),
                Optional.empty(),
                statesOnReload,
                Optional.empty()),
            LifeScripts.NONE));
  }

  private void happens(Notifications notifications, What... whats) {
    for (What what : whats) {
      service.happened(what.of(Subject.instance("VI_1"), 100, notifications));
    }
  }

  private static Notifications running(Map<Occasion, Command> scripts) {
    return new Notifications(scripts, false, false, false);
  }

  private String read(Path file) {
    try {
      return Files.exists(file) ? Files.readString(file) : "";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String await(Path file, Predicate<String> enough) throws InterruptedException {
    while (!enough.test(read(file))) {
      Thread.sleep(5);
    }
    return read(file);
  }

  @Test
  void oneScriptEndsBeforeTheNextBeginsAndTheStopIsToldBeforeTheEnd() throws Exception {
    Command any = script("any", "echo \"begin $*\" >> $LOG", "sleep 0.1", "echo end >> $LOG");
    Command own = script("own", "echo own >> $LOG");
    happens(running(Map.of(Occasion.MASTER, own, Occasion.ANY, any)), What.BACKUP, What.MASTER);
    String before =
        "begin INSTANCE VI_1 BACKUP 100\nend\nown\nbegin INSTANCE VI_1 MASTER 100\nend\n";
    await(log(), before::equals);
    happens(running(Map.of(Occasion.ANY, any)), What.STOP);
    stop();
    assertEquals(before + "begin INSTANCE VI_1 STOP 100\nend\n", read(log()));
  }

  @Test
  void aScriptThatHangsDoesNotHoldUpTheEndNorTheLastState() throws Exception {
    Command hangs =
        script("hangs", "trap '' TERM", "echo $$ > $LOG.pid", "while :; do sleep 1; done");
    Command stops = script("stops", "echo stopped >> $LOG", "exec sleep 1000");
    happens(running(Map.of(Occasion.MASTER, hangs)), What.MASTER);
    long pid =
        Long.parseLong(await(folder.resolve("log.pid"), text -> text.endsWith("\n")).strip());
    happens(running(Map.of(Occasion.STOP, stops)), What.STOP);
    stop();
    assertEquals("stopped\n", read(log()));
    assertFalse(ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false));
  }

  @Test
  void aSimpleReaderHearsEverythingThoughItDiesOfSigterm() throws Exception {
    Command reader =
        script("reader", "exec < $1", "while read line; do sleep 0.05; echo $line >> $LOG; done");
    configure(fifo(), Optional.of(reader), false);
    happens(Notifications.NONE, What.BACKUP, What.MASTER);
    await(log(), text -> text.lines().count() == 2);
    configure(fifo(), Optional.of(reader), false);
    happens(Notifications.NONE, What.FAULT, What.STOP, What.STOP);
    stop();
    assertEquals(
        List.of("BACKUP", "MASTER", "FAULT", "STOP"),
        read(log()).lines().limit(4).map(line -> line.split(" ")[2]).toList());
    assertFalse(Files.exists(fifo()));
  }

  @Test
  void aReloadDoesNotTakeTheFifoFromItsReaders() throws Exception {
    configure(fifo(), Optional.empty(), true);
    happens(Notifications.NONE, What.MASTER);
    Process reader =
        new ProcessBuilder("cat", awaited(fifo()).toString())
            .redirectOutput(log().toFile())
            .start();
    await(log(), text -> text.lines().count() == 1);
    configure(fifo(), Optional.empty(), true);
    await(log(), text -> text.lines().count() == 2);
    configure(fifo(), Optional.empty(), false);
    happens(Notifications.NONE, What.BACKUP);
    await(log(), text -> text.lines().count() == 3);
    stop();
    assertEquals(0, reader.waitFor());
    assertEquals(
        "INSTANCE \"VI_1\" MASTER 100\n".repeat(2) + "INSTANCE \"VI_1\" BACKUP 100\n", read(log()));
  }

  private static Path awaited(Path file) throws InterruptedException {
    while (!Files.exists(file)) {
      Thread.sleep(5);
    }
    return file;
  }

  /** The script that comes with keepalived. It keeps its log in the folder for temporary files. */
  @Test
  @Tag("lab")
  void keepalivedsOwnReaderWorksUnchanged() throws Exception {
    Path packed = SAMPLES.resolve("sample_notify_fifo.sh.gz");
    assumeTrue(Files.exists(packed), "keepalived's samples are not installed: " + packed);
    Path sample = folder.resolve("sample_notify_fifo.sh");
    try (InputStream script = new GZIPInputStream(Files.newInputStream(packed))) {
      Files.copy(script, sample);
    }
    String name = "jkl" + ProcessHandle.current().pid() + "fifo";
    Path itsLog = Path.of("/tmp", name + ".log");
    Path itsPid = Path.of("/run", name + ".pid");
    try {
      configure(folder.resolve(name), Optional.of(command(sample)), false);
      happens(Notifications.NONE, What.BACKUP, What.MASTER);
      await(itsLog, text -> text.contains("INSTANCE VI_1 MASTER 100"));
      String pid = read(itsPid);
      configure(folder.resolve(name), Optional.of(command(sample)), true);
      await(itsLog, text -> text.lines().count() == 3);
      assertEquals(pid, read(itsPid), "a reload leaves it alone");
      happens(Notifications.NONE, What.STOP);
      stop();
      List<String> told =
          read(itsLog).lines().map(line -> line.substring(line.indexOf(']') + 2)).toList();
      assertEquals(
          List.of(
              "INSTANCE VI_1 BACKUP 100",
              "INSTANCE VI_1 MASTER 100",
              "INSTANCE VI_1 MASTER 100",
              "INSTANCE VI_1 STOP 100",
              "STOPPING"),
          told);
      assertTrue(ProcessHandle.of(Long.parseLong(pid.strip())).isEmpty(), "it has ended");
    } finally {
      Files.deleteIfExists(itsLog);
      Files.deleteIfExists(itsPid);
    }
  }
}
