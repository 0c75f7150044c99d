package org.jkeepalived.host.lvs.check;

import java.util.OptionalLong;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jkeepalived.lvs.check.CheckLook;
import org.jkeepalived.lvs.check.RunningCheck;

/**
 * A check that lives on the checks' thread, for a listener that lives on another one: only what has
 * changed passes from the one to the other. What was found out before the check was suspended, and
 * comes after that, does not count.
 */
final class DistantCheck implements RunningCheck {

  private final CheckLoop loop;
  private final Executor home;
  private final Listener listener;
  private final Runnable whenEnded;
  private final SharedCheck check;
  private final SharedCheck.Part part;

  /** For the listener; its thread's, as the turn. */
  private boolean up;

  /** Each suspension, and the end, begins another one. */
  private long turn;

  private boolean ended;

  /** In which turn it was started or resumed last; the checks' thread's. */
  private long turnOfCheck;

  /**
   * @param home the listener's thread, on which all is called, too
   * @param check of which this one is a part
   * @param up whether it is up at first
   * @param whenEnded a step at its end
   */
  DistantCheck(
      CheckLoop loop,
      Executor home,
      SharedCheck check,
      boolean up,
      Listener listener,
      Runnable whenEnded) {
    this.loop = loop;
    this.home = home;
    this.up = up;
    this.listener = listener;
    this.whenEnded = whenEnded;
    this.check = check;
    part = check.new Part(new Messenger(), up);
  }

  @Override
  public void start(long nowNanos) {
    long started = turn;
    loop.execute(
        () -> {
          turnOfCheck = started;
          part.start();
        });
  }

  @Override
  public void suspend() {
    turn++;
    loop.execute(part::suspend);
  }

  @Override
  public void resume(long nowNanos) {
    if (ended) {
      return;
    }
    turn++;
    long resumed = turn;
    boolean wasUp = up;
    loop.execute(
        () -> {
          turnOfCheck = resumed;
          part.resume(wasUp);
        });
  }

  @Override
  public void end() {
    if (!ended) {
      ended = true;
      turn++;
      loop.execute(part::suspend);
      whenEnded.run();
    }
  }

  @Override
  public boolean isUp() {
    return up;
  }

  @Override
  public CheckLook look() {
    return check.look(up);
  }

  /** Hears the check on its thread, and tells the listener on that of the listener. */
  private final class Messenger implements Listener {
    @Override
    public void succeeded(String reason) {
      tell(
          to -> {
            up = true;
            to.succeeded(reason);
          });
    }

    @Override
    public void failed(String reason) {
      tell(
          to -> {
            up = false;
            to.failed(reason);
          });
    }

    @Override
    public void weighs(OptionalLong weight) {
      tell(to -> to.weighs(weight));
    }

    private void tell(Consumer<Listener> news) {
      long heard = turnOfCheck;
      home.execute(
          () -> {
            if (heard == turn) {
              news.accept(listener);
            }
          });
    }
  }
}
