package org.jkeepalived.lvs;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.jkeepalived.lvs.check.CheckedServer;
import org.jkeepalived.lvs.check.RunningCheck;
import org.jkeepalived.model.lvs.Check;
import org.jkeepalived.model.lvs.FileCheck;
import org.jkeepalived.model.lvs.RealServer;

/**
 * A real server of a pool: whether it is alive, and what it weighs. It is alive if all its checks
 * are up.
 */
final class PoolServer {

  private final ServerPool pool;
  private final PoolEffects effects;
  private final CheckedServer name;
  private List<ServerCheck> checks = new ArrayList<>();
  private RealServer configured;
  private final SlowStart slowStart = new SlowStart();
  private boolean alive;

  /** The weight that the operator wishes, whatever else is said of it. */
  private OptionalLong wished;

  private long sinceNanos;
  private long recoveries;
  private long failures;

  /** A check, and what it adds to the weight. */
  private final class ServerCheck implements RunningCheck.Listener {
    private final Check check;
    private final RunningCheck running;
    private OptionalLong wanted = OptionalLong.empty();
    private long added;

    ServerCheck(Check check, boolean up) {
      this.check = check;
      running = effects.check(name, check, up, this);
      added = running.added();
    }

    /** What it adds to a weight of the configuration. */
    long worth(long own) {
      return wanted.orElse(own) - own + added;
    }

    @Override
    public void succeeded(String reason) {
      if (!alive && allUp()) {
        lives(true);
        pool.serverUp(PoolServer.this, reason);
      } else {
        pool.checkChanged(PoolServer.this, true, reason);
      }
    }

    @Override
    public void failed(String reason) {
      if (alive) {
        lives(false);
        pool.serverDown(PoolServer.this, reason);
      } else {
        pool.checkChanged(PoolServer.this, false, reason);
      }
    }

    @Override
    public void weighs(OptionalLong weight) {
      weigh(weight, added);
    }

    @Override
    public void adds(long more) {
      weigh(wanted, more);
    }

    private void weigh(OptionalLong weight, long more) {
      long before = weight();
      wanted = weight;
      added = more;
      if (weight() != before) {
        pool.weightChanged(PoolServer.this, before);
      }
    }
  }

  /** What becomes of a server by another configuration. */
  enum Turn {
    NONE,
    /** It is alive, and was not before. */
    BACK,
    /** It is not alive, and was before. */
    LOST
  }

  PoolServer(ServerPool pool, RealServer configured, PoolEffects effects) {
    this.pool = pool;
    this.effects = effects;
    this.configured = configured;
    name = new CheckedServer(pool.textOf(configured.address()), pool.text());
    wished = effects.wished(name);
    for (Check check : configured.checks()) {
      checks.add(new ServerCheck(check, !check.schedule().alpha()));
    }
    alive = allUp();
    sinceNanos = effects.nowNanos();
  }

  private void lives(boolean now) {
    alive = now;
    sinceNanos = effects.nowNanos();
    if (now) {
      recoveries++;
      // not one that is up for the first time, with the daemon: all others are, too
      slowStart.begin(failures == 0 ? 0 : pool.configured().conduct().slowStartNanos(), sinceNanos);
    } else {
      failures++;
      slowStart.end();
    }
  }

  /**
   * As it is now.
   *
   * @param set whether it is in the table
   */
  ServerSnapshot look(boolean set) {
    long own = configured.load().weight();
    return new ServerSnapshot(
        configured,
        new ServerSnapshot.Life(alive, OptionalLong.of(sinceNanos), recoveries, failures),
        set,
        new ServerSnapshot.Share(weight(), shareOfTable(), wished),
        checks.stream()
            .map(one -> new CheckSnapshot(one.check, one.running.look(), one.worth(own)))
            .toList());
  }

  RealServer configured() {
    return configured;
  }

  /** As keepalived names it: {@code [10.0.0.11]:tcp:80}. */
  String text() {
    return name.server();
  }

  /** {@code Removing service X}, {@code Removing (inhibited) service X} where it is dead. */
  String ending(String how) {
    boolean atZero = configured.inhibited() && !alive;
    return how + (atZero ? "(inhibited) service " : "service ") + name.server();
  }

  boolean isAlive() {
    return alive;
  }

  SlowStart slowStart() {
    return slowStart;
  }

  /** What the table gives it while it serves: its weight, or less while it starts slowly. */
  long shareOfTable() {
    return slowStart.share(weight(), effects.nowNanos());
  }

  /** What the operator wishes; empty for nothing. */
  void wish(OptionalLong weight) {
    long before = weight();
    wished = weight;
    if (weight() != before) {
      pool.weightChanged(this, before);
    }
  }

  /**
   * What it is worth while it is alive: what the operator wishes, or never less than 0. COMPAT: of
   * several checks that want another weight each adds by how much it differs from that of the
   * configuration.
   */
  long weight() {
    if (wished.isPresent()) {
      return wished.getAsLong();
    }
    long own = configured.load().weight();
    long sum = own;
    for (ServerCheck one : checks) {
      sum += one.worth(own);
    }
    return Math.max(0, Math.min(Integer.MAX_VALUE, sum));
  }

  private boolean allUp() {
    return checks.stream().allMatch(one -> one.running.isUp());
  }

  void start(long nowNanos) {
    checks.forEach(one -> begin(one, nowNanos));
  }

  private void begin(ServerCheck check, long nowNanos) {
    tell("Activating", check);
    check.running.start(nowNanos);
  }

  /** COMPAT: nothing is said of a check that goes by a file. */
  private void tell(String what, ServerCheck check) {
    if (!(check.check instanceof FileCheck)) {
      effects.log(what + " healthchecker for service " + text() + " for VS " + pool.text());
    }
  }

  /** {@code ha_suspend}: its checks wait to be resumed. */
  void startSuspended() {
    checks.forEach(one -> tell("Deactivating", one));
  }

  void suspend() {
    for (ServerCheck one : checks) {
      tell("Suspending", one);
      one.running.suspend();
    }
  }

  void resume(long nowNanos) {
    for (ServerCheck one : checks) {
      tell("Activating", one);
      one.running.resume(nowNanos);
    }
  }

  void end() {
    checks.forEach(one -> one.running.end());
  }

  /**
   * Goes on otherwise. A check that did not change goes on as if nothing had happened; one that is
   * new is what the server is: it makes no dead server alive.
   *
   * @param started whether checks run
   * @return what has become of the server by that
   */
  Turn reconfigure(RealServer next, boolean started, long nowNanos) {
    configured = next;
    List<ServerCheck> before = checks;
    checks = new ArrayList<>();
    List<ServerCheck> fresh = new ArrayList<>();
    for (Check check : next.checks()) {
      ServerCheck same =
          before.stream().filter(one -> one.check.equals(check)).findFirst().orElse(null);
      if (same == null) {
        same = new ServerCheck(check, alive);
        fresh.add(same);
      } else {
        before.remove(same);
      }
      checks.add(same);
    }
    before.forEach(one -> one.running.end());
    if (started) {
      fresh.forEach(one -> begin(one, nowNanos));
    }
    if (alive == allUp()) {
      return Turn.NONE;
    }
    // a new check may know at once that the server is down: that of a file
    lives(!alive);
    return alive ? Turn.BACK : Turn.LOST;
  }
}
