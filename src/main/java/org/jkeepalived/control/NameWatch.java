package org.jkeepalived.control;

import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.jkeepalived.linux.SystemCallException;
import org.jkeepalived.linux.file.Inotify;
import org.jkeepalived.loop.EventLoop;
import org.jkeepalived.time.TimerQueue.Timer;

/**
 * Tells when a name may have been taken away from its file: by rm, by whatever cleans /run up, by a
 * folder that is removed with all in it. Lives on the loop's thread, and wakes it for nothing else
 * than names that go.
 */
final class NameWatch implements AutoCloseable {

  private static final int EVENTS = Inotify.DELETE | Inotify.MOVED_FROM | Inotify.SELF;

  /** Who removes a folder goes on to do so. */
  private static final long MOMENT_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  private final Inotify inotify;
  private final Path path;
  private final EventLoop loop;
  private final Timer soon;

  private NameWatch(Inotify inotify, Path path, EventLoop loop, Runnable lost) {
    this.inotify = inotify;
    this.path = path;
    this.loop = loop;
    soon =
        loop.timers()
            .timer(
                (deadline, now) -> {
                  lost.run();
                  watch();
                });
  }

  /**
   * Begins to watch.
   *
   * @param path absolute
   * @param lost is told a moment after the name may have been lost; what it makes under that name
   *     is watched from then on
   * @throws SystemCallException the kernel does not tell
   */
  static NameWatch begin(Path path, EventLoop loop, Runnable lost) throws SystemCallException {
    NameWatch made = new NameWatch(Inotify.open(), path, loop, lost);
    try {
      loop.watch(made.inotify.fd(), made::drain);
    } catch (SystemCallException e) {
      made.close();
      throw e;
    }
    made.watch();
    return made;
  }

  /** Again where the folder is another one; else it changes nothing. */
  private void watch() {
    inotify.watch(path.getParent().toString(), EVENTS);
  }

  private void drain() {
    inotify.drain(
        (watch, events, name) -> {
          boolean all = (events & (Inotify.SELF | Inotify.IGNORED | Inotify.OVERFLOW)) != 0;
          if (all || name.equals(path.getFileName().toString())) {
            soon.arm(loop.nowNanos() + MOMENT_NANOS);
          }
        });
  }

  @Override
  public void close() {
    soon.discard();
    loop.forget(inotify.fd());
    inotify.close();
  }
}
