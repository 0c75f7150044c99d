package org.jkeepalived.host.lvs.check;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Function;
import org.jkeepalived.lvs.check.CheckLook;
import org.jkeepalived.lvs.check.RunningCheck;
import org.jkeepalived.lvs.check.ScheduledCheck;

/**
 * One check for one real server, or for several of the same address that are to be asked in the
 * same way. Each of them has a part in it, and is told what differs from what it believes: parts
 * join a check that has run for long, and know other things of their server than it does.
 *
 * <p>It runs while a part does. Its log lines name the server that came first. Lives on the checks'
 * thread, but for the members.
 */
final class SharedCheck implements RunningCheck.Listener {

  private final CheckLoop loop;
  private final ScheduledCheck check;
  private final List<Part> parts = new ArrayList<>();

  /** How many are to be asked for; belongs to the thread of those who hear of it. */
  private int members;

  /**
   * @param making makes the check itself
   */
  SharedCheck(CheckLoop loop, Function<RunningCheck.Listener, ScheduledCheck> making) {
    this.loop = loop;
    check = making.apply(this);
  }

  /** One more is to be asked for. */
  void add() {
    members++;
  }

  /**
   * One less is.
   *
   * @return whether that was the last
   */
  boolean remove() {
    members--;
    return members == 0;
  }

  /**
   * How it goes; callable on the thread of those who hear of it.
   *
   * @param up whether it is up for whoever looks
   */
  CheckLook look(boolean up) {
    return check.look(up, members);
  }

  /** A real server's part. */
  final class Part {
    private final RunningCheck.Listener listener;
    private boolean up;

    /**
     * @param up whether the check is up for the listener
     */
    Part(RunningCheck.Listener listener, boolean up) {
      this.listener = listener;
      this.up = up;
    }

    void start() {
      boolean first = parts.isEmpty();
      parts.add(this);
      if (first) {
        check.resume(loop.nowNanos());
      } else if (up != check.isUp()) {
        check.hasten(loop.nowNanos());
      }
    }

    /**
     * Goes on.
     *
     * @param isUp whether the check is up for the listener, which may not have heard all
     */
    void resume(boolean isUp) {
      suspend();
      up = isUp;
      start();
    }

    /** It is asked for this part no more, until it goes on. */
    void suspend() {
      parts.remove(this);
      if (parts.isEmpty()) {
        check.suspend();
      }
    }

    private void judge(boolean now, String reason) {
      if (now == up) {
        return;
      }
      up = now;
      if (now) {
        listener.succeeded(reason);
      } else {
        listener.failed(reason);
      }
    }
  }

  @Override
  public void succeeded(String reason) {
    // each part goes by what it knows: see judged
  }

  @Override
  public void failed(String reason) {
    // see judged
  }

  @Override
  public void weighs(OptionalLong weight) {
    parts.forEach(part -> part.listener.weighs(weight));
  }

  @Override
  public void judged(boolean up, String reason) {
    for (int i = 0; i < parts.size(); i++) {
      parts.get(i).judge(up, reason);
    }
  }
}
