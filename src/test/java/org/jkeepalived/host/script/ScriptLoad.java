package org.jkeepalived.host.script;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;
import org.jkeepalived.loop.EpollWait;
import org.jkeepalived.loop.EventLoop;
import org.jkeepalived.loop.FatalExit;
import org.jkeepalived.loop.Owners;
import org.jkeepalived.model.Account;
import org.jkeepalived.model.Command;
import org.jkeepalived.script.CommandRunner.Order;
import org.jkeepalived.time.TimerQueue;

/**
 * Measures what many scripts cost: CPU time of this process and of the scripts, and how late the
 * timers of another loop are meanwhile. Run it by hand:
 *
 * <pre>java -cp ... org.jkeepalived.host.script.ScriptLoad SCRIPTS_A_SECOND SECONDS USER PROGRAM
 * </pre>
 */
final class ScriptLoad {

  private static final long TICK_NANOS = 10_000_000L;
  private static final long SECOND_NANOS = 1_000_000_000L;
  private static final int TICKS_A_SECOND = 100;

  private final AtomicInteger ended = new AtomicInteger();
  private final AtomicInteger failed = new AtomicInteger();
  private final List<Long> lateNanos = new ArrayList<>();
  private volatile boolean measuring;

  private ScriptLoad() {}

  public static void main(String[] arguments) throws Exception {
    new ScriptLoad()
        .run(
            Integer.parseInt(arguments[0]),
            Integer.parseInt(arguments[1]),
            arguments[2],
            arguments[3]);
  }

  private void run(int scripts, int seconds, String user, String program) throws Exception {
    EventLoop other = new EventLoop(new EpollWait());
    TimerQueue.Timer[] tick = new TimerQueue.Timer[1];
    tick[0] =
        other
            .timers()
            .timer(
                (deadline, now) -> {
                  if (measuring) {
                    lateNanos.add(now - deadline);
                  }
                  tick[0].arm(now + TICK_NANOS);
                });
    tick[0].arm(other.nowNanos() + TICK_NANOS);
    Thread otherThread =
        new Thread(
            () -> {
              try {
                other.run();
              } catch (java.io.IOException e) {
                throw new IllegalStateException(e);
              }
            });
    otherThread.setDaemon(true);
    otherThread.start();

    ScriptThread thread =
        new ScriptThread(new Owners(new FatalExit(() -> {}, () -> Runtime.getRuntime().halt(2))));
    Account account = new Account(user, Optional.empty(), false);
    Command command = new Command(List.of(program), account, true);
    Order order = new Order("load", command, List.of(), OptionalLong.of(SECOND_NANOS));
    thread.execute(() -> start(thread, order));
    Thread.sleep(1_000);
    measuring = true;
    long[] before = cpuMillis();
    EventLoop loop = thread.loop();
    // as script trackers do: each has its own second, spread over it
    thread.execute(
        () -> {
          for (int i = 0; i < scripts; i++) {
            arm(loop, thread, order, loop.nowNanos() + SECOND_NANOS * i / scripts);
          }
        });
    Thread.sleep(seconds * 1_000L);
    long[] after = cpuMillis();
    measuring = false;
    // what the other thread still adds is of no matter
    Thread.sleep(2 * TICK_NANOS / 1_000_000);
    List<Long> late = lateNanos.stream().sorted().toList();
    System.out.printf(
        "%d ended, %d failed, in %d s; CPU: this process %.1f %%, scripts %.1f %%;"
            + " other loop late: median %.2f, 99 %% %.2f, at most %.2f ms%n",
        ended.get(),
        failed.get(),
        seconds,
        (after[0] - before[0]) / 10.0 / seconds,
        (after[1] - before[1]) / 10.0 / seconds,
        late.get(late.size() / 2) / 1e6,
        late.get(late.size() * 99 / 100) / 1e6,
        late.get(late.size() - 1) / 1e6);
    System.exit(0);
  }

  private void arm(EventLoop loop, ScriptThread thread, Order order, long firstNanos) {
    TimerQueue.Timer[] timer = new TimerQueue.Timer[1];
    timer[0] =
        loop.timers()
            .timer(
                (deadline, now) -> {
                  timer[0].arm(deadline + SECOND_NANOS);
                  start(thread, order);
                });
    timer[0].arm(firstNanos);
  }

  private void start(ScriptThread thread, Order order) {
    thread
        .runner()
        .start(
            order,
            outcome -> {
              ended.incrementAndGet();
              if (!outcome.succeeded()) {
                failed.incrementAndGet();
              }
            });
  }

  /** Of this process, of its children that have ended. */
  private static long[] cpuMillis() throws Exception {
    String stat = Files.readString(Path.of("/proc/self/stat"));
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
    long perTick = 1_000 / TICKS_A_SECOND;
    return new long[] {
      (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) * perTick,
      (Long.parseLong(fields[13]) + Long.parseLong(fields[14])) * perTick
    };
  }
}
