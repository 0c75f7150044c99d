package org.jkeepalived.lvs;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.BiPredicate;
import org.jkeepalived.lvs.check.CheckLook;
import org.jkeepalived.lvs.check.CheckedServer;
import org.jkeepalived.lvs.check.RunningCheck;
import org.jkeepalived.model.lvs.Check;
import org.jkeepalived.model.lvs.TcpCheck;
import org.jkeepalived.sim.Violation;

/** Checks that find out what the simulation tells them. */
final class SimulatedChecks implements RunningCheck.Maker {

  private final Set<One> running = new LinkedHashSet<>();
  private final Set<One> made = new LinkedHashSet<>();
  private final PoolSabotage sabotage;
  private final BiPredicate<CheckedServer, Check> upAtFirst;

  /** A check. */
  final class One implements RunningCheck {
    private final CheckedServer server;
    private final Check check;
    private final Listener listener;
    private boolean begun;
    private boolean up;
    private OptionalLong weight = OptionalLong.empty();

    private One(CheckedServer server, Check check, boolean up, Listener listener) {
      this.server = server;
      this.check = check;
      this.up = up;
      this.listener = listener;
    }

    @Override
    public String toString() {
      return "check " + ((TcpCheck) check).connection().target().port();
    }

    CheckedServer server() {
      return server;
    }

    OptionalLong weight() {
      return weight;
    }

    void succeed() {
      if (!up) {
        up = true;
        if (sabotage != PoolSabotage.DEAF_TO_RECOVERY) {
          listener.succeeded("TCP CHECK succeed on service");
        }
      }
    }

    void fail() {
      if (up) {
        up = false;
        if (sabotage != PoolSabotage.DEAF_TO_FAILURE) {
          listener.failed("TCP CHECK failed on service");
        }
      }
    }

    void weigh(OptionalLong wanted) {
      weight = wanted;
      if (sabotage != PoolSabotage.DEAF_TO_WEIGHT) {
        listener.weighs(wanted);
      }
    }

    @Override
    public void start(long nowNanos) {
      if (!made.contains(this)) {
        throw new Violation("a check of " + server + " is started that has ended");
      }
      begun = true;
      running.add(this);
    }

    @Override
    public void suspend() {
      if (sabotage != PoolSabotage.SLEEPLESS) {
        running.remove(this);
      }
    }

    @Override
    public void resume(long nowNanos) {
      if (sabotage != PoolSabotage.NEVER_RESUMED) {
        running.add(this);
      }
    }

    @Override
    public void end() {
      running.remove(this);
      made.remove(this);
    }

    /** As it is, whatever it tells. */
    boolean isWell() {
      return up;
    }

    @Override
    public boolean isUp() {
      return up ^ (sabotage == PoolSabotage.REVERSED_START && !begun);
    }

    @Override
    public CheckLook look() {
      return new CheckLook("TCP_CHECK", up, 0, 0, Optional.empty(), OptionalLong.empty(), 1);
    }
  }

  /**
   * @param upAtFirst whether a check must be up when it is made
   */
  SimulatedChecks(PoolSabotage sabotage, BiPredicate<CheckedServer, Check> upAtFirst) {
    this.sabotage = sabotage;
    this.upAtFirst = upAtFirst;
  }

  @Override
  public RunningCheck make(
      CheckedServer server, Check check, boolean up, RunningCheck.Listener listener) {
    if (up != upAtFirst.test(server, check)) {
      throw new Violation("a new check of " + server + " is " + (up ? "up" : "down") + " at first");
    }
    One one = new One(server, check, up, listener);
    made.add(one);
    return one;
  }

  /** Those that have not ended, whether they run or are suspended. */
  List<One> all() {
    return new ArrayList<>(made);
  }

  /** Those that run, in the order in which they were started. */
  List<One> running() {
    return new ArrayList<>(running);
  }
}
