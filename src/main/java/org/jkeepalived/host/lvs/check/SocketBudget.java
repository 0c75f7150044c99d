package org.jkeepalived.host.lvs.check;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How many sockets checks may have open at a time: half of the files that this process may open,
 * and never so many that the rest is less than {@link #RESERVE}. The rest is for those that must
 * never wait for one: VRRP, scripts, reloads. Usable from any thread.
 */
final class SocketBudget {

  /** What to say where there is none left. */
  static final String EXHAUSTED = "too many checks at once for the limit of open files (ulimit -n)";

  private static final Pattern LIMIT = Pattern.compile("Max open files +([0-9]+)");
  private static final long UNLIMITED = 1L << 20;
  private static final long RESERVE = 64;

  private final long most;
  private final AtomicLong taken = new AtomicLong();

  SocketBudget(long most) {
    this.most = most;
  }

  static SocketBudget ofThisProcess() {
    return new SocketBudget(budget(mostFiles(), openFiles()));
  }

  /**
   * @param limit of this process's files
   * @param open how many it has
   */
  static long budget(long limit, long open) {
    return Math.max(1, Math.min(limit / 2, limit - open - RESERVE));
  }

  private static long openFiles() {
    String[] open = new File("/proc/self/fd").list();
    return open == null ? 0 : open.length;
  }

  private static long mostFiles() {
    try {
      Matcher line = LIMIT.matcher(Files.readString(Path.of("/proc/self/limits")));
      return line.find() ? Long.parseLong(line.group(1)) : UNLIMITED;
    } catch (IOException | NumberFormatException e) {
      return UNLIMITED;
    }
  }

  /** How many are open. */
  long taken() {
    return taken.get();
  }

  /** Takes one, if there is one left. */
  boolean take() {
    if (taken.incrementAndGet() <= most) {
      return true;
    }
    taken.decrementAndGet();
    return false;
  }

  void giveBack() {
    taken.decrementAndGet();
  }
}
