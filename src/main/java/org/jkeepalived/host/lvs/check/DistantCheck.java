package org.jkeepalived.host.lvs.check;

import java.util.OptionalLong;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jkeepalived.lvs.check.CheckLook;
import org.jkeepalived.lvs.check.RunningCheck;
import org.jkeepalived.lvs.check.ScheduledCheck;

/**
 * A check that lives on the checks' thread, for a listener that lives on another one: only what has
 * changed passes from the one to the other. What was found out before the check was suspended, and
 * comes after that, does not count.
 */
final class DistantCheck implements RunningCheck {

  private final CheckLoop loop;
  private final Executor home;
  private final Listener listener;
  private final ScheduledCheck check;

  /** For the listener; its thread's, as the turn. */
  private boolean up;

  /** Each suspension, and the end, begins another one. */
  private long turn;

  /** In which turn it was started or resumed last; the checks' thread's. */
  private long turnOfCheck;

  /**
   * @param home the listener's thread, on which all is called, too
   * @param up whether it is up at first
   * @param making makes the check itself
   */
  DistantCheck(
      CheckLoop loop,
      Executor home,
      boolean up,
      Listener listener,
      Function<Listener, ScheduledCheck> making) {
    this.loop = loop;
    this.home = home;
    this.up = up;
    this.listener = listener;
    check = making.apply(new Messenger());
  }

  @Override
  public void start(long nowNanos) {
    long started = turn;
    loop.execute(
        () -> {
          turnOfCheck = started;
          check.start(loop.nowNanos());
        });
  }

  @Override
  public void suspend() {
    turn++;
    loop.execute(check::suspend);
  }

  @Override
  public void resume(long nowNanos) {
    turn++;
    long resumed = turn;
    boolean wasUp = up;
    loop.execute(
        () -> {
          turnOfCheck = resumed;
          check.resume(loop.nowNanos(), wasUp);
        });
  }

  @Override
  public void end() {
    turn++;
    loop.execute(check::end);
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
