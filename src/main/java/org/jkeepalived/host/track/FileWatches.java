package org.jkeepalived.host.track;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;
import org.jkeepalived.linux.SystemCallException;
import org.jkeepalived.linux.file.Inotify;
import org.jkeepalived.loop.FailureRule;
import org.jkeepalived.loop.OwnerThread;
import org.jkeepalived.loop.Owners;
import org.jkeepalived.model.FileTracker;
import org.jkeepalived.model.TrackTarget;
import org.jkeepalived.time.TimerQueue;
import org.jkeepalived.track.Condition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells what the tracked files hold, as soon as it changes. A thread of its own, {@code files},
 * reads them: a disk or a file server may hang. It is started with the first tracked file.
 *
 * <p>A file is read once, whoever tracks it: virtual routers, checks of real servers. One thread
 * calls what is public here, whoever needs it.
 */
public final class FileWatches implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(FileWatches.class);

  private static final long RETRY_NANOS = 10_000_000_000L;
  private static final long SOON_NANOS = 1_000_000_000L;

  private static final FailureRule RULE =
      FailureRule.goOnOrHang(
          "tracked files are not read any more, what was read last counts; restart the daemon");

  private final Owners owners;
  private final Map<TrackTarget, Condition> conditions = new ConcurrentHashMap<>();

  /** The watching thread's, once that runs. */
  private final List<Listener> listeners = new CopyOnWriteArrayList<>();

  /** What the caller of {@link #reload} knows. */
  private Optional<Running> running = Optional.empty();

  private boolean starting = true;

  /**
   * @param owners makes the thread
   */
  public FileWatches(Owners owners) {
    this.owners = owners;
  }

  /**
   * Has somebody hear each file's condition: at once if it is known, and whenever it changes.
   *
   * @param home the thread on which the listener hears
   */
  public void listen(Executor home, BiConsumer<TrackTarget, Condition> listener) {
    Listener added = new Listener(home, listener);
    if (running.isPresent()) {
      // on the thread that tells of changes: what is known now is not told after what comes next
      running.get().thread.execute(() -> add(added));
    } else {
      add(added);
    }
  }

  private void add(Listener added) {
    listeners.add(added);
    conditions.forEach(added::tell);
  }

  /** Somebody who hears, and where. */
  private record Listener(Executor home, BiConsumer<TrackTarget, Condition> listener) {
    void tell(TrackTarget target, Condition condition) {
      home.execute(() -> listener.accept(target, condition));
    }
  }

  /**
   * Tracks these files from now on; those that are tracked already keep what is known of them. The
   * first call is the daemon's start, and writes initial files as that does.
   *
   * @return done when each file was read, which may be never if a disk hangs
   */
  public CompletableFuture<Void> reload(List<FileTracker> trackers) {
    boolean first = starting;
    starting = false;
    CompletableFuture<Void> done = new CompletableFuture<>();
    if (running.isEmpty() && !trackers.isEmpty()) {
      running = open();
    }
    if (running.isEmpty()) {
      done.complete(null);
      return done;
    }
    Running target = running.get();
    target.thread.execute(() -> target.become(trackers, first, done));
    return done;
  }

  private Optional<Running> open() {
    try {
      Inotify inotify = Inotify.open();
      return Optional.of(new Running(owners.make("files", RULE), inotify));
    } catch (SystemCallException e) {
      LOG.error("Track files are not tracked: {}", e.error());
      return Optional.empty();
    }
  }

  /** What each file that was read so far says; callable from any thread. */
  Map<TrackTarget, Condition> conditions() {
    return Map.copyOf(conditions);
  }

  @Override
  public void close() {
    running.ifPresent(Running::close);
    running = Optional.empty();
  }

  /** All that belongs to the thread {@code files}. */
  private final class Running {
    private final OwnerThread thread;
    private final Inotify inotify;
    private final DirectoryWatches<WatchedFile> watches;
    private final Map<String, WatchedFile> files = new LinkedHashMap<>();

    /** For what the kernel refused to read or to watch. */
    private final TimerQueue.Timer retry;

    /** The files that something happened to, and whether it was only that a name was made. */
    private final Map<WatchedFile, Boolean> touched = new LinkedHashMap<>();

    /** Those whose last look did not come to its end: what it found may not have been told. */
    private final Set<WatchedFile> unsettled = new LinkedHashSet<>();

    /** Waits until all that is touched has been looked at. */
    private final List<CompletableFuture<Void>> waiting = new ArrayList<>();

    Running(OwnerThread thread, Inotify inotify) {
      this.thread = thread;
      this.inotify = inotify;
      watches = new DirectoryWatches<>(inotify);
      retry = thread.loop().timers().timer((deadline, now) -> retry());
      thread.loop().atEndOfTurn(this::refreshNext);
      thread.execute(this::listen);
      thread.start();
    }

    private void listen() {
      try {
        thread.loop().watch(inotify.fd(), this::drain);
      } catch (SystemCallException e) {
        LOG.error("Track files are read once and not again: {}", e.error());
      }
    }

    private void become(List<FileTracker> trackers, boolean first, CompletableFuture<Void> done) {
      Map<String, WatchedFile> before = new LinkedHashMap<>(files);
      List<WatchedFile> added = new ArrayList<>();
      files.clear();
      for (FileTracker tracker : trackers) {
        WatchedFile known = before.get(tracker.name());
        if (known != null && known.tracker().file().equals(tracker.file())) {
          before.remove(tracker.name());
          files.put(tracker.name(), known);
        } else {
          WatchedFile file = new WatchedFile(tracker);
          files.put(tracker.name(), file);
          added.add(file);
        }
        InitialFile.write(tracker, files.get(tracker.name()).path(), first);
      }
      for (WatchedFile gone : before.values()) {
        watches.forget(gone);
        touched.remove(gone);
        unsettled.remove(gone);
        if (!files.containsKey(gone.tracker().name())) {
          conditions.remove(gone.target());
        }
      }
      added.forEach(file -> touched.put(file, false));
      waiting.add(done);
    }

    private void drain() {
      inotify.drain(this::note);
    }

    /** Looks at one file, so that whatever goes wrong with it is not the others' affair. */
    private boolean refreshNext() {
      Iterator<Map.Entry<WatchedFile, Boolean>> next = touched.entrySet().iterator();
      if (next.hasNext()) {
        Map.Entry<WatchedFile, Boolean> entry = next.next();
        next.remove();
        refresh(entry.getKey(), entry.getValue());
      }
      if (touched.isEmpty()) {
        waiting.forEach(done -> done.complete(null));
        waiting.clear();
      }
      return !touched.isEmpty();
    }

    private void note(int watch, int events, String name) {
      // what is under the path now may be another directory than the one that is watched
      boolean lost = (events & (Inotify.SELF | Inotify.IGNORED | Inotify.OVERFLOW)) != 0;
      boolean created = (events & Inotify.CREATE) != 0;
      for (WatchedFile file : watches.concerned(watch, events, name)) {
        if (lost) {
          file.forgetWay();
        }
        touched.merge(file, created, Boolean::logicalAnd);
      }
    }

    private void retry() {
      for (WatchedFile file : files.values()) {
        if (file.isTroubled() || unsettled.contains(file)) {
          file.forgetWay();
          touched.put(file, false);
        }
      }
    }

    private void refresh(WatchedFile file, boolean created) {
      boolean again = !unsettled.add(file);
      try {
        Optional<Condition> news = file.refresh(watches, created);
        (again ? file.condition() : news).ifPresent(condition -> tell(file, condition));
        unsettled.remove(file);
      } finally {
        if (unsettled.contains(file)) {
          retry.arm(thread.loop().nowNanos() + SOON_NANOS);
        } else if (file.isTroubled() && !retry.isArmed()) {
          retry.arm(thread.loop().nowNanos() + RETRY_NANOS);
        }
      }
    }

    private void tell(WatchedFile file, Condition condition) {
      conditions.put(file.target(), condition);
      listeners.forEach(one -> one.tell(file.target(), condition));
    }

    private void close() {
      thread.execute(inotify::close);
      thread.close();
    }
  }
}
