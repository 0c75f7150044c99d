package org.jkeepalived.lvs.check;

import java.util.Optional;
import java.util.OptionalLong;
import org.jkeepalived.model.Weight;
import org.jkeepalived.model.lvs.FileCheck;
import org.jkeepalived.time.TimerQueue;

/**
 * {@code FILE_CHECK}: the number in a file, times a weight, is added to the weight of the server.
 * With weight 0 any number but 0 is a failure.
 *
 * <p>It asks nobody: what it knows is told to it, before it begins where that is possible. A file
 * that was not read yet says nothing against the server.
 */
final class FileChecker implements RunningCheck {

  private static final String NAME = "FILE_CHECK";

  /** Beyond it what is added counts no more; the sum of many does not overflow. */
  private static final long MOST_ADDED = 1L << 40;

  private final CheckedServer server;
  private final FileCheck check;
  private final Listener listener;
  private final FileNumbers files;
  private final ScheduledCheck.Surroundings around;
  private final TimerQueue.Timer first;

  private boolean up;
  private boolean ended;
  private long added;
  private Optional<Asking> listening = Optional.empty();
  private final CheckFigures figures = new CheckFigures(NAME);

  /**
   * @param up whether it is up at first if the file was not read yet
   */
  FileChecker(
      CheckedServer server,
      FileCheck check,
      boolean up,
      Listener listener,
      FileNumbers files,
      ScheduledCheck.Surroundings around) {
    this.server = server;
    this.check = check;
    this.listener = listener;
    this.files = files;
    this.around = around;
    first = around.timers().timer((deadline, now) -> judge());
    this.up = up;
    OptionalLong known = files.of(name());
    if (known.isPresent()) {
      this.up = !isFault(known.getAsLong());
      added = worth(known.getAsLong());
    }
  }

  private String name() {
    return check.file().name();
  }

  private boolean isFault(long number) {
    Weight weight = check.weight();
    return weight.value() == 0 && (number == 0) == weight.reversed();
  }

  private long worth(long number) {
    long product = number * check.weight().value();
    long signed = check.weight().reversed() ? -product : product;
    return Math.max(-MOST_ADDED, Math.min(MOST_ADDED, signed));
  }

  @Override
  public void start(long nowNanos) {
    listening = Optional.of(files.listen(name(), this::judge));
    // it may have been told something else since this was made
    first.arm(nowNanos);
  }

  @Override
  public void suspend() {
    first.disarm();
    listening.ifPresent(Asking::cancel);
    listening = Optional.empty();
  }

  @Override
  public void resume(long nowNanos) {
    if (!ended) {
      suspend();
      start(nowNanos);
    }
  }

  @Override
  public void end() {
    ended = true;
    suspend();
  }

  @Override
  public boolean isUp() {
    return up;
  }

  @Override
  public long added() {
    return added;
  }

  @Override
  public CheckLook look() {
    return figures.look(up, files.of(name()), 1);
  }

  private void judge() {
    OptionalLong known = files.of(name());
    if (known.isEmpty()) {
      return;
    }
    long number = known.getAsLong();
    boolean fault = isFault(number);
    long nowNanos = around.clock().nowNanos();
    if (fault) {
      figures.failed("the file says " + number, nowNanos, 0);
    } else {
      figures.succeeded(nowNanos, 0);
    }
    if (worth(number) != added) {
      added = worth(number);
      listener.adds(added);
    }
    if (fault && up) {
      up = false;
      log("now");
      listener.failed("FILE CHECK failed on service");
    } else if (!fault && !up) {
      up = true;
      if (check.weight().value() == 0) {
        log("leaving");
      }
      listener.succeeded("FILE CHECK succeed on service");
    }
  }

  private void log(String change) {
    around
        .log()
        .line("(" + server.server() + "): tracked file " + name() + " " + change + " FAULT state");
  }
}
