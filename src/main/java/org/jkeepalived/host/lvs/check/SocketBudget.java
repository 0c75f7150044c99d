package org.jkeepalived.host.lvs.check;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How many sockets checks may have open at a time: half of the files that this process may open.
 * The other half is for those that must never wait for one: VRRP, scripts, reloads. Lives on one
 * thread.
 */
final class SocketBudget {

  private static final Pattern LIMIT = Pattern.compile("Max open files +([0-9]+)");
  private static final long UNLIMITED = 1L << 20;

  private final long most;
  private long taken;

  SocketBudget(long most) {
    this.most = most;
  }

  static SocketBudget ofThisProcess() {
    return new SocketBudget(openFiles() / 2);
  }

  private static long openFiles() {
    try {
      Matcher line = LIMIT.matcher(Files.readString(Path.of("/proc/self/limits")));
      return line.find() ? Long.parseLong(line.group(1)) : UNLIMITED;
    } catch (IOException | NumberFormatException e) {
      return UNLIMITED;
    }
  }

  /** Takes one, if there is one left. */
  boolean take() {
    if (taken >= most) {
      return false;
    }
    taken++;
    return true;
  }

  void giveBack() {
    taken--;
  }
}
