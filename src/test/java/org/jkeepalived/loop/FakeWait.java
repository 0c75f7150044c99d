package org.jkeepalived.loop;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;
import org.jkeepalived.linux.Readiness;

/**
 * A wait on virtual time: what is read, and what the loop does, takes as long as a test says. It
 * never waits for another thread.
 */
public final class FakeWait implements Wait {

  /** A descriptor: how many frames wait there, and how long handling one takes. */
  static final class Source {
    private final long nanosAFrame;
    private final Runnable perFrame;
    private long waiting;

    private Source(long waiting, long nanosAFrame, Runnable perFrame) {
      this.waiting = waiting;
      this.nanosAFrame = nanosAFrame;
      this.perFrame = perFrame;
    }
  }

  /** As many as a port hands over at once. */
  static final int FRAMES_AT_ONCE = 256;

  private final Map<Integer, IntConsumer> watched = new LinkedHashMap<>();
  private final Map<Integer, Source> sources = new LinkedHashMap<>();
  private long nowNanos;
  private long handled;
  private boolean woken;

  public FakeWait(long nowNanos) {
    this.nowNanos = nowNanos;
  }

  /** Something takes the process that long, or the process does not run for that long. */
  void pass(long nanos) {
    nowNanos += nanos;
  }

  /** How many frames were handled. */
  long handled() {
    return handled;
  }

  /** Frames on a descriptor of the loop's; {@link Long#MAX_VALUE} never end. */
  void arrive(EventLoop loop, int fd, long frames, long nanosAFrame, Runnable perFrame)
      throws Exception {
    Source source = new Source(frames, nanosAFrame, perFrame);
    sources.put(fd, source);
    loop.watch(fd, () -> read(source));
  }

  private void read(Source source) {
    for (int i = 0; i < FRAMES_AT_ONCE && source.waiting > 0; i++) {
      source.waiting -= source.waiting == Long.MAX_VALUE ? 0 : 1;
      pass(source.nanosAFrame);
      handled++;
      source.perFrame.run();
    }
  }

  @Override
  public long nowNanos() {
    return nowNanos;
  }

  @Override
  public void watch(int fd, Readiness readiness, IntConsumer whenReady) {
    watched.put(fd, whenReady);
  }

  @Override
  public void forget(int fd) {
    watched.remove(fd);
    sources.remove(fd);
  }

  @Override
  public void drop(int fd) {
    forget(fd);
  }

  @Override
  public int await(long mostNanos) {
    List<Integer> ready = new ArrayList<>();
    sources.forEach(
        (fd, source) -> {
          if (source.waiting > 0) {
            ready.add(fd);
          }
        });
    if (ready.isEmpty() && !woken && mostNanos > 0) {
      if (mostNanos == Long.MAX_VALUE) {
        throw new AssertionError("waits for ever");
      }
      pass(mostNanos);
    }
    woken = false;
    ready.forEach(fd -> watched.get(fd).accept(0));
    return ready.size();
  }

  @Override
  public void wake() {
    woken = true;
  }

  @Override
  public void close() {
    watched.clear();
  }
}
