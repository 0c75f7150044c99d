package org.jkeepalived.daemon;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What has become of the daemon that this one follows, as the launcher's parent process tells: else
 * the log would not say that there was one, nor why it is no more.
 */
final class FormerDaemon {

  private static final String VARIABLE = "JKEEPALIVED_FORMER";

  /** Its number, its exit status as a shell has it, and what was said of what it had left. */
  private static final String TOLD = "([0-9]+) ([0-9]{1,3}) (.*)";

  private static final int SIGNALLED = 128;
  private static final int MOST_LINES = 20;

  private FormerDaemon() {}

  /**
   * Lines for the log; none where this one follows no other.
   *
   * @param environment the process's
   */
  static List<String> lines(Map<String, String> environment) {
    String former = environment.getOrDefault(VARIABLE, "");
    if (former.isEmpty()) {
      return List.of();
    }
    // compiled here: at a start that follows none there is nothing to compile it for
    Matcher told = Pattern.compile(TOLD, Pattern.DOTALL).matcher(former);
    if (!told.matches()) {
      return List.of();
    }
    int status = Integer.parseInt(told.group(2));
    List<String> lines = new ArrayList<>();
    lines.add(
        "The daemon before this one, process "
            + told.group(1)
            + (status > SIGNALLED
                ? ", was killed by signal " + (status - SIGNALLED)
                : ", ended with status " + status));
    List<String> released = told.group(3).lines().filter(line -> !line.isBlank()).toList();
    lines.addAll(released.subList(0, Math.min(MOST_LINES, released.size())));
    if (released.size() > MOST_LINES) {
      lines.add("released at least " + (released.size() - MOST_LINES) + " more");
    }
    return lines;
  }
}
