package org.jkeepalived.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jkeepalived.log.LoggedLines;
import org.jkeepalived.loop.TestOwners;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real file, the real inotify, and a second of the real time. */
class ReloadClockTest {

  private static final long PATIENCE_SECONDS = 20;
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss'Z'");

  /** Long enough for a machine with much to do to have read of it before. */
  private static final int SOON_SECONDS = 3;

  @TempDir Path folder;
  private final Semaphore reloads = new Semaphore(0);
  private final LoggedLines lines = new LoggedLines(ReloadClock.class.getName());
  private final ReloadClock clock = new ReloadClock(TestOwners.make(), reloads::release);

  @AfterEach
  void close() {
    clock.close();
    lines.close();
  }

  private Path file() {
    return folder.resolve("when");
  }

  private static String inSeconds(int seconds) {
    return TIME.format(LocalDateTime.now(ZoneOffset.UTC).plusSeconds(seconds));
  }

  private void follow(boolean repeated) {
    clock.become(Optional.of(file().toString()), repeated);
  }

  private void awaitReload() throws InterruptedException {
    assertTrue(reloads.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS), lines.all()::toString);
  }

  @Test
  void aFileThatIsThereMeansOneReloadAndIsRemoved() throws Exception {
    Files.writeString(file(), inSeconds(SOON_SECONDS) + "\nwhatever\n");
    follow(false);
    awaitReload();
    assertTrue(Files.notExists(file()));
    assertEquals(1, lines.count("Scheduling reload for "), lines.all()::toString);
  }

  @Test
  void aFileThatComesLaterAndStaysMeansEachDay() throws Exception {
    follow(true);
    Files.writeString(file(), inSeconds(SOON_SECONDS));
    awaitReload();
    assertTrue(Files.exists(file()));
    assertEquals(2, lines.count("Scheduling reload for "), lines.all()::toString);
  }

  /** Each of them is said; and in the end the file still counts. */
  @Test
  void aFileThatGoesOrIsWrongMeansNone() throws Exception {
    follow(false);
    Files.writeString(file(), inSeconds(3000));
    lines.await("Scheduling reload for ");
    Files.delete(file());
    lines.await("Cancelling reload scheduled for ");
    Files.writeString(file(), "noon");
    lines.await("Reload date/time noon invalid - ignoring");
    Files.writeString(file(), "2020-01-01 00:00:00");
    lines.await("Reload time 2020-01-01 00:00:00 is in the past - ignoring");
    assertEquals(0, reloads.availablePermits());
    Files.writeString(file(), inSeconds(SOON_SECONDS));
    awaitReload();
  }

  @Test
  void anotherConfigurationNamesNoneOrAnother() throws Exception {
    follow(false);
    Files.writeString(file(), inSeconds(3000));
    lines.await("Scheduling reload for ");
    clock.become(Optional.empty(), false);
    lines.await("Cancelling reload scheduled for ");
    Path other = Files.writeString(folder.resolve("other"), inSeconds(SOON_SECONDS));
    clock.become(Optional.of(other.toString()), false);
    awaitReload();
    assertTrue(Files.exists(file()));
  }

  /** Until a reload finds it. */
  @Test
  void aDirectoryThatIsNotThere() throws Exception {
    Path late = folder.resolve("late");
    clock.become(Optional.of(late.resolve("when").toString()), false);
    lines.await("Unable to monitor reload timer file directory " + late + " - ignoring");
    Files.createDirectory(late);
    Files.writeString(late.resolve("when"), inSeconds(SOON_SECONDS));
    clock.become(Optional.of(late.resolve("when").toString()), false);
    awaitReload();
  }
}
