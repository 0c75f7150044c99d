package org.jkeepalived.control;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jkeepalived.linux.SystemCallException;
import org.jkeepalived.linux.file.FileError;
import org.jkeepalived.linux.file.Inotify;
import org.jkeepalived.linux.file.RegularFile;
import org.jkeepalived.linux.file.SmallFile;
import org.jkeepalived.loop.FailureRule;
import org.jkeepalived.loop.OwnerThread;
import org.jkeepalived.loop.Owners;
import org.jkeepalived.time.CalendarText;
import org.jkeepalived.time.TimerQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks for a reload at the time that a file names: {@code reload_time_file}. A thread of its own,
 * which there is only with such a file, looks at it whenever it changes: a disk may hang.
 *
 * <p>COMPAT: all log lines are keepalived's.
 */
public final class ReloadClock implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(ReloadClock.class);

  private static final FailureRule RULE =
      FailureRule.goOn("no reload takes place by reload_time_file; restart the daemon");

  /** Somebody may set the clock while a reload is waited for. */
  private static final long LONGEST_SLEEP_NANOS = 10_000_000_000L;

  private static final int MOST_BYTES = 64;
  private static final int EVENTS =
      Inotify.CLOSE_WRITE | Inotify.MOVED_FROM | Inotify.MOVED_TO | Inotify.DELETE | Inotify.SELF;

  private final Owners owners;
  private final Runnable reload;
  private Optional<Watch> watch = Optional.empty();

  /**
   * @param owners makes the thread
   * @param reload asks for a reload; called on that thread
   */
  public ReloadClock(Owners owners, Runnable reload) {
    this.owners = owners;
    this.reload = reload;
  }

  /**
   * A configuration says so. One thread calls it.
   *
   * @param file whose time counts; empty for none
   * @param repeated the file stays after a reload
   */
  public void become(Optional<String> file, boolean repeated) {
    if (watch.isEmpty() && file.isPresent()) {
      try {
        watch = Optional.of(new Watch(owners.make("reload-time", RULE), Inotify.open()));
      } catch (SystemCallException e) {
        LOG.error("reload_time_file is not watched: {}", e.error());
      }
    }
    Optional<Path> path = file.map(name -> Path.of(name).toAbsolutePath());
    watch.ifPresent(one -> one.thread.execute(() -> one.become(path, repeated)));
  }

  @Override
  public void close() {
    watch.ifPresent(Watch::close);
    watch = Optional.empty();
  }

  /** All that belongs to the thread. */
  private final class Watch {
    private final OwnerThread thread;
    private final Inotify inotify;
    private final TimerQueue.Timer timer;
    private Optional<Path> file = Optional.empty();
    private boolean repeated;

    /** The directory's number; negative where it is not watched. */
    private int watched = -1;

    private Optional<Instant> due = Optional.empty();

    Watch(OwnerThread thread, Inotify inotify) {
      this.thread = thread;
      this.inotify = inotify;
      timer = thread.loop().timers().timer((deadline, now) -> wake());
      thread.execute(this::listen);
      thread.start();
    }

    private void listen() {
      try {
        thread.loop().watch(inotify.fd(), () -> inotify.drain(this::changed));
      } catch (SystemCallException e) {
        LOG.error("reload_time_file is read at a reload only: {}", e.error());
      }
    }

    private void become(Optional<Path> wanted, boolean repeats) {
      repeated = repeats;
      if (wanted.equals(file) && (watched >= 0 || file.isEmpty())) {
        return;
      }
      if (watched >= 0) {
        inotify.forget(watched);
        watched = -1;
      }
      file = wanted;
      if (file.isEmpty()) {
        cancel();
      } else {
        watch(file.get());
        look();
      }
    }

    private void watch(Path path) {
      Path folder = Optional.ofNullable(path.getParent()).orElse(path);
      try {
        watched = inotify.watch(folder.toRealPath().toString(), EVENTS);
      } catch (IOException missing) {
        watched = -1;
      }
      if (watched < 0) {
        LOG.warn("Unable to monitor reload timer file directory {} - ignoring", folder);
      }
    }

    private void changed(int number, int events, String name) {
      if ((events & (Inotify.SELF | Inotify.IGNORED)) != 0 && number == watched) {
        // a manual reload looks for the directory again
        watched = -1;
        cancel();
      } else if ((events & Inotify.OVERFLOW) != 0
          || number == watched
              && file.map(path -> path.endsWith(name)).orElse(false)
              && (events & EVENTS) != 0) {
        look();
      }
    }

    private void look() {
      SmallFile content = SmallFile.read(file.orElseThrow().toString(), MOST_BYTES);
      if (content.kind() != SmallFile.Kind.REGULAR) {
        cancel();
        return;
      }
      String text = new String(content.bytes(), StandardCharsets.UTF_8);
      String line = text.lines().findFirst().orElse("");
      Optional<Instant> before = due;
      due = read(line, Instant.now());
      if (due.isPresent() && !due.equals(before)) {
        LOG.info("Scheduling reload for {}", told(due.get()));
      } else if (due.isEmpty() && before.isPresent()) {
        LOG.info("Cancelling reload scheduled for {}", told(before.get()));
      }
      sleep();
    }

    private Optional<Instant> read(String line, Instant now) {
      Optional<ReloadTime> time = ReloadTime.parse(line);
      if (time.isEmpty()) {
        LOG.warn("Reload date/time {} invalid - ignoring", line);
        return Optional.empty();
      }
      Instant then = time.get().at(now, ZoneId.systemDefault());
      if (!then.isAfter(now)) {
        LOG.info("Reload time {} is in the past - ignoring", line);
        return Optional.empty();
      }
      return Optional.of(then);
    }

    private void cancel() {
      due.ifPresent(then -> LOG.info("Cancelling reload scheduled for {}", told(then)));
      due = Optional.empty();
      timer.disarm();
    }

    private void sleep() {
      if (due.isEmpty()) {
        timer.disarm();
        return;
      }
      long millis = due.get().toEpochMilli() - Instant.now().toEpochMilli();
      long nanos = TimeUnit.MILLISECONDS.toNanos(Math.max(0, millis));
      timer.arm(thread.loop().nowNanos() + Math.min(nanos, LONGEST_SLEEP_NANOS));
    }

    private void wake() {
      if (due.isPresent() && !Instant.now().isBefore(due.get())) {
        due = Optional.empty();
        if (repeated) {
          look();
        } else {
          remove();
        }
        reload.run();
      } else {
        sleep();
      }
    }

    /** One without a date would mean tomorrow, too. */
    private void remove() {
      Path path = file.orElseThrow();
      try {
        RegularFile.remove(path);
      } catch (IOException e) {
        LOG.warn("reload_time_file: {}", FileError.text(e, path));
      }
    }

    private String told(Instant then) {
      return CalendarText.dateAndClock(LocalDateTime.ofInstant(then, ZoneId.systemDefault()));
    }

    private void close() {
      thread.execute(inotify::close);
      thread.close();
    }
  }
}
