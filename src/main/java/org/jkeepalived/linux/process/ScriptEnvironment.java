package org.jkeepalived.linux.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jkeepalived.host.script.ProgramInspector;

/**
 * The environment that scripts see.
 *
 * <p>COMPAT: keepalived hands its own on, unchanged, and so do we, without what our launcher and
 * the service manager have put in for the daemon alone.
 */
public final class ScriptEnvironment {

  /** LC_ALL as it was before the launcher changed it; empty where it was not set. */
  private static final String FORMER_LOCALE = "JKEEPALIVED_LC_ALL=";

  /** What the launcher has put aside so that the JVM does not see it. */
  private static final String KEPT = "JKEEPALIVED_KEPT_";

  private static final String LOCALE = "LC_ALL=";
  private static final String SEARCH = "PATH=";

  private static final Set<String> OURS =
      Set.of(
          "_JAVA_SR_SIGNUM",
          "JKEEPALIVED_READY_FD",
          "JKEEPALIVED_PARENT",
          "JKEEPALIVED_FORMER",
          "JKEEPALIVED_JAVA_OPTS",
          "JKEEPALIVED_HOME",
          "JKEEPALIVED_LC_ALL",
          "NOTIFY_SOCKET",
          "WATCHDOG_PID",
          "WATCHDOG_USEC");

  private ScriptEnvironment() {}

  /** This process's, for its scripts; a character stands for a byte, as in ISO 8859-1. */
  public static List<String> own() {
    try {
      byte[] block = Files.readAllBytes(Path.of("/proc/self/environ"));
      return of(List.of(new String(block, StandardCharsets.ISO_8859_1).split("\0")));
    } catch (IOException unreadable) {
      return of(List.of());
    }
  }

  /**
   * @param inherited {@code NAME=value}
   */
  static List<String> of(List<String> inherited) {
    Optional<String> formerLocale = value(inherited, FORMER_LOCALE);
    List<String> result = new ArrayList<>();
    for (String variable : inherited) {
      int end = variable.indexOf('=');
      boolean replaced = formerLocale.isPresent() && variable.startsWith(LOCALE);
      if (end > 0 && !OURS.contains(variable.substring(0, end)) && !replaced) {
        result.add(variable.startsWith(KEPT) ? variable.substring(KEPT.length()) : variable);
      }
    }
    formerLocale.filter(value -> !value.isEmpty()).ifPresent(value -> result.add(LOCALE + value));
    if (value(result, SEARCH).isEmpty()) {
      result.add(SEARCH + ProgramInspector.DEFAULT_SEARCH);
    }
    return List.copyOf(result);
  }

  /** The value of PATH. */
  public static String search(List<String> environment) {
    return value(environment, SEARCH).orElse(ProgramInspector.DEFAULT_SEARCH);
  }

  private static Optional<String> value(List<String> variables, String start) {
    return variables.stream()
        .filter(variable -> variable.startsWith(start))
        .map(variable -> variable.substring(start.length()))
        .findFirst();
  }
}
