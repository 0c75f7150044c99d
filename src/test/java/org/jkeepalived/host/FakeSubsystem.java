package org.jkeepalived.host;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jkeepalived.model.Configuration;
import org.jkeepalived.model.Fifo;
import org.jkeepalived.model.GlobalDefinitions;
import org.jkeepalived.model.LifeScripts;
import org.jkeepalived.model.LinkWatch;
import org.jkeepalived.model.Reporting;
import org.jkeepalived.model.Trackers;
import org.jkeepalived.status.Snapshot;

/** Keeps the promises of a subsystem, and notes when it is asked to. */
public final class FakeSubsystem implements Subsystem {

  private final String title;
  private final List<String> calls;

  /** What its start answers. */
  public Optional<String> hindrance = Optional.empty();

  /** When its start answers; at once where there is none. */
  public Optional<CompletableFuture<Optional<String>>> late = Optional.empty();

  /** Whether there is anything to look at; whoever looks fails. */
  public boolean shown = true;

  /** A bug in its stop. */
  public boolean failsToStop;

  /** What the log hears of a reload. */
  public List<String> news = List.of();

  /** Called in the middle of a reload. */
  public Runnable whenReloaded = () -> {};

  public FakeSubsystem(String title, List<String> calls) {
    this.title = title;
    this.calls = calls;
  }

  /** A configuration with nothing in it but a FIFO for all events. */
  public static Configuration withFifo(Path fifo) {
    return new Configuration(
        new GlobalDefinitions("router", Optional.empty(), Optional.empty(), false, 0, 0, false),
        List.of(),
        List.of(),
        Trackers.NONE,
        LinkWatch.KERNEL,
        new Reporting(
            Optional.of(new Fifo(fifo.toString(), Optional.empty(), Optional.empty())),
            Optional.empty(),
            Optional.empty(),
            false,
            Optional.empty()),
        LifeScripts.NONE);
  }

  private void note(String what) {
    calls.add(title + " " + what);
  }

  @Override
  public CompletableFuture<Optional<String>> start() {
    note("starts");
    return late.orElseGet(() -> CompletableFuture.completedFuture(hindrance));
  }

  @Override
  public void warmUp() {
    note("warms up");
  }

  @Override
  public Reload plan(Configuration target) {
    return new Reload() {
      @Override
      public String summary() {
        return title + " changes";
      }

      @Override
      public List<String> details() {
        return List.of("changed " + title);
      }

      @Override
      public List<String> news() {
        return news;
      }

      @Override
      public CompletableFuture<Void> apply() {
        note("reloads");
        whenReloaded.run();
        return CompletableFuture.completedFuture(null);
      }
    };
  }

  @Override
  public void stop() {
    note("stops");
    if (failsToStop) {
      throw new IllegalStateException("a bug in the stop");
    }
  }

  @Override
  public String title() {
    return title;
  }

  @Override
  public boolean isRunning() {
    return shown;
  }

  @Override
  public String fileInfix() {
    return "_" + title;
  }

  @Override
  public CompletableFuture<Snapshot> snapshot(boolean clear) {
    return CompletableFuture.failedFuture(new IllegalStateException("nothing to see"));
  }
}
