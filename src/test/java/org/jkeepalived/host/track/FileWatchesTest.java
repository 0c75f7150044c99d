package org.jkeepalived.host.track;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jkeepalived.loop.TestOwners;
import org.jkeepalived.model.FileTracker;
import org.jkeepalived.model.TrackKind;
import org.jkeepalived.model.TrackTarget;
import org.jkeepalived.model.Weight;
import org.jkeepalived.track.Condition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real files, the real inotify. */
class FileWatchesTest {

  private static final long PATIENCE_SECONDS = 20;

  @TempDir Path directory;

  private final BlockingQueue<String> told = new LinkedBlockingQueue<>();

  /** What the thread that watches waits for after it has told something. */
  private volatile CountDownLatch pause = new CountDownLatch(0);

  private final FileWatches watches = new FileWatches(TestOwners.make());

  @BeforeEach
  void listen() {
    watches.listen(
        Runnable::run,
        (thing, condition) -> {
          told.add(thing.name() + " " + condition.number());
          awaitQuietly(pause);
        });
  }

  /**
   * An error, not only an exception: the one file is looked at again, the others are not missed.
   */
  @Test
  void theThreadFilesOutlivesAnError() throws Exception {
    TestOwners process = new TestOwners();
    AtomicBoolean failing = new AtomicBoolean(true);
    Executor vrrp =
        step -> {
          if (failing.getAndSet(false)) {
            throw new StackOverflowError("for the test");
          }
          step.run();
        };
    try (FileWatches failed = new FileWatches(process.owners())) {
      failed.listen(vrrp, (thing, condition) -> told.add(thing.name() + " " + condition.number()));
      write("a", "1");
      write("b", "2");
      failed
          .reload(List.of(tracker("a", "a"), tracker("b", "b")))
          .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
      assertEquals("b 2", told.poll(PATIENCE_SECONDS, TimeUnit.SECONDS));
      write("b", "3");
      assertEquals("b 3", told.poll(PATIENCE_SECONDS, TimeUnit.SECONDS));
      assertEquals("a 1", told.poll(PATIENCE_SECONDS, TimeUnit.SECONDS), "tried again");
      assertEquals(1, process.owners().states().get(0).failures());
      assertEquals("files", process.owners().states().get(0).name());
    }
    assertFalse(process.haveEndedTheProcess());
  }

  @AfterEach
  void close() {
    watches.close();
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      assertTrue(latch.await(PATIENCE_SECONDS, TimeUnit.SECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static TrackTarget thing(String name) {
    return new TrackTarget(TrackKind.FILE, name);
  }

  private FileTracker tracker(String name, String file) {
    return tracker(name, file, Optional.empty());
  }

  private FileTracker tracker(String name, String file, Optional<FileTracker.Initial> initial) {
    return new FileTracker(name, directory.resolve(file).toString(), new Weight(1, false), initial);
  }

  private void track(FileTracker... trackers) throws Exception {
    watches.reload(List.of(trackers)).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  private void write(String file, String content) throws Exception {
    Files.writeString(directory.resolve(file), content);
  }

  private void assertTold(String... expected) throws Exception {
    for (String one : expected) {
      assertEquals(one, told.poll(PATIENCE_SECONDS, TimeUnit.SECONDS));
    }
  }

  /** Whatever was done before would have been told before this. */
  private void assertNothingMoreTold(String probe) throws Exception {
    write(probe, "99");
    assertTold("probe 99");
    assertEquals(List.of(), new ArrayList<>(told));
  }

  @Test
  void tellsWhatAFileHoldsAndEachChange() throws Exception {
    write("maint", "0\n");
    track(tracker("maint", "maint"), tracker("none", "none"));
    assertTold("maint 0", "none 0");
    assertEquals(
        Map.of(thing("maint"), Condition.UP, thing("none"), Condition.UP), watches.conditions());

    write("maint", "10\n");
    assertTold("maint 10");
    assertFalse(watches.conditions().get(thing("maint")).up());
    write("new", "-3");
    Files.move(
        directory.resolve("new"), directory.resolve("maint"), StandardCopyOption.ATOMIC_MOVE);
    assertTold("maint -3");
    Files.move(directory.resolve("maint"), directory.resolve("away"));
    assertTold("maint 0");
    Files.move(directory.resolve("away"), directory.resolve("maint"));
    assertTold("maint -3");
    Files.delete(directory.resolve("maint"));
    assertTold("maint 0");
    write("none", "4");
    assertTold("none 4");
  }

  @Test
  void aNumberThatCannotBeIsIgnored() throws Exception {
    write("file", "7");
    track(tracker("file", "file"), tracker("probe", "probe"));
    assertTold("file 7", "probe 0");
    write("file", "99999999999");
    assertNothingMoreTold("probe");
    write("file", "8");
    assertTold("file 8");
  }

  @Test
  void theDirectoryComesGoesAndComesAgain() throws Exception {
    track(tracker("file", "a/b/file"));
    assertTold("file 0");
    Files.createDirectories(directory.resolve("a/b"));
    write("a/b/file", "5");
    assertTold("file 5");
    Files.move(directory.resolve("a"), directory.resolve("old"));
    assertTold("file 0");
    Files.createDirectories(directory.resolve("a/b"));
    write("a/b/file", "6");
    assertTold("file 6");
    write("old/b/file", "7");
    Files.delete(directory.resolve("a/b/file"));
    assertTold("file 0");
    Files.delete(directory.resolve("a/b"));
    Files.delete(directory.resolve("a"));
    Files.move(directory.resolve("old"), directory.resolve("a"));
    assertTold("file 7");
  }

  @Test
  void aDirectoryIsExchangedForAnotherOneOfItsName() throws Exception {
    Files.createDirectories(directory.resolve("a"));
    Files.createDirectories(directory.resolve("b"));
    write("a/file", "1");
    write("b/file", "2");
    track(tracker("file", "a/file"));
    assertTold("file 1");
    // nobody looks while it happens
    pause = new CountDownLatch(1);
    write("a/file", "3");
    assertTold("file 3");
    Files.move(directory.resolve("a"), directory.resolve("old"));
    Files.move(directory.resolve("b"), directory.resolve("a"));
    pause.countDown();
    assertTold("file 2");
    write("a/file", "4");
    assertTold("file 4");
  }

  @Test
  void symbolicLinksAreFollowedWhereverTheyLead() throws Exception {
    Files.createDirectories(directory.resolve("v1"));
    Files.createDirectories(directory.resolve("v2"));
    write("v1/file", "1");
    write("v2/file", "2");
    Files.createSymbolicLink(directory.resolve("data"), Path.of("v1"));
    Files.createSymbolicLink(directory.resolve("file"), Path.of("data/file"));
    track(tracker("file", "file"), tracker("late", "late"));
    assertTold("file 1", "late 0");
    write("v1/file", "11");
    assertTold("file 11");
    Files.createSymbolicLink(directory.resolve("next"), Path.of("v2"));
    Files.move(
        directory.resolve("next"), directory.resolve("data"), StandardCopyOption.ATOMIC_MOVE);
    assertTold("file 2");
    write("v2/file", "22");
    assertTold("file 22");
    Files.createSymbolicLink(directory.resolve("late"), Path.of("v1/file"));
    assertTold("late 11");
    Files.delete(directory.resolve("late"));
    assertTold("late 0");
    Files.createLink(directory.resolve("late"), directory.resolve("v2/file"));
    assertTold("late 22");
  }

  @Test
  void whatIsNoFileCountsAsZeroAndHangsNobody() throws Exception {
    write("file", "3");
    track(tracker("file", "file"));
    assertTold("file 3");
    Files.delete(directory.resolve("file"));
    Files.createDirectory(directory.resolve("file"));
    assertTold("file 0");
    Files.delete(directory.resolve("file"));
    write("file", "4");
    assertTold("file 4");
  }

  @Test
  void aReloadKeepsWhatStays() throws Exception {
    write("kept", "1");
    write("gone", "2");
    track(tracker("kept", "kept"), tracker("gone", "gone"));
    assertTold("kept 1", "gone 2");
    write("other", "3");
    track(tracker("kept", "kept"), tracker("new", "other"), tracker("probe", "probe"));
    assertTold("new 3", "probe 0");
    assertEquals(3, watches.conditions().size());
    write("gone", "5");
    assertNothingMoreTold("probe");
    write("kept", "6");
    assertTold("kept 6");
    track(tracker("kept", "other"));
    assertTold("kept 3");
    track();
    assertEquals(Map.of(), watches.conditions());
  }

  @Test
  void initialFilesAreWrittenAtTheStart() throws Exception {
    write("there", "1");
    write("overwritten", "2");
    Optional<FileTracker.Initial> keep = Optional.of(new FileTracker.Initial(50, false));
    Optional<FileTracker.Initial> over = Optional.of(new FileTracker.Initial(60, true));
    FileTracker[] trackers = {
      tracker("there", "there", keep),
      tracker("missing", "missing", keep),
      tracker("overwritten", "overwritten", over),
      tracker("nowhere", "none/none", over),
    };
    track(trackers);
    assertTold("there 1", "missing 50", "overwritten 60", "nowhere 0");
    assertEquals("50\n", Files.readString(directory.resolve("missing")));
    assertEquals(
        "rw-------",
        PosixFilePermissions.toString(
            Files.getPosixFilePermissions(directory.resolve("overwritten"))));
    write("overwritten", "7");
    assertTold("overwritten 7");
    Files.delete(directory.resolve("missing"));
    assertTold("missing 0");

    track(trackers);
    assertTold("missing 50");
    assertEquals("7", Files.readString(directory.resolve("overwritten")));
    try (var left = Files.list(directory)) {
      assertEquals(3, left.count());
    }
  }
}
