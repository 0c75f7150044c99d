package org.jkeepalived.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.slf4j.LoggerFactory;

/** How much is logged of each topic, which can be changed while the daemon runs. */
public final class LogTopics {

  /** What puts a topic back to what it was at the start. */
  public static final String STANDARD = "standard";

  private static final String ALL = "all";
  private static final String PROJECT = "org.jkeepalived.";
  private static final List<String> LEVELS = List.of("error", "warn", "info", "debug", "trace");

  private final Map<String, List<String>> loggers = new LinkedHashMap<>();
  private final Level atStart;

  /** As it is now is what is standard. */
  public LogTopics() {
    loggers.put(ALL, List.of(org.slf4j.Logger.ROOT_LOGGER_NAME));
    loggers.put("vrrp", List.of(PROJECT + "host.vrrp", PROJECT + "vrrp"));
    loggers.put("lvs", List.of(PROJECT + "host.lvs", PROJECT + "lvs"));
    loggers.put("links", List.of(PROJECT + "host.link"));
    loggers.put("kernel", List.of(PROJECT + "host.kernel"));
    loggers.put("track", List.of(PROJECT + "host.track"));
    loggers.put("scripts", List.of(PROJECT + "host.script"));
    loggers.put("notify", List.of(PROJECT + "host.notify", PROJECT + "notify"));
    loggers.put("control", List.of(PROJECT + "control"));
    loggers.put("daemon", List.of(PROJECT + "daemon"));
    loggers.put("linux", List.of(PROJECT + "linux"));
    atStart = context().getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME).getLevel();
  }

  private static LoggerContext context() {
    return (LoggerContext) LoggerFactory.getILoggerFactory();
  }

  /**
   * Logs more or less of a topic from now on. Callable from any thread.
   *
   * @param topic {@code all} stands for each, whatever was said of one before
   * @param level {@code error}, {@code warn}, {@code info}, {@code debug}, {@code trace} or {@link
   *     #STANDARD}
   * @return why not; empty if it is done
   */
  public Optional<String> set(String topic, String level) {
    if (!loggers.containsKey(topic)) {
      return Optional.of(
          "There is no topic '" + topic + "'; there are " + String.join(", ", loggers.keySet()));
    }
    if (!LEVELS.contains(level) && !level.equals(STANDARD)) {
      return Optional.of(
          "There is no level '"
              + level
              + "'; there are "
              + String.join(", ", LEVELS)
              + " and "
              + STANDARD);
    }
    if (topic.equals(ALL)) {
      loggers.values().stream()
          .flatMap(List::stream)
          .filter(name -> !name.equals(org.slf4j.Logger.ROOT_LOGGER_NAME))
          .forEach(name -> context().getLogger(name).setLevel(null));
    }
    for (String name : loggers.get(topic)) {
      // null: as the topic that contains it, which the root has none of
      context()
          .getLogger(name)
          .setLevel(
              !level.equals(STANDARD) ? Level.toLevel(level) : topic.equals(ALL) ? atStart : null);
    }
    return Optional.empty();
  }

  /** The level of each topic, a line each. */
  public List<String> shown() {
    List<String> lines = new ArrayList<>();
    loggers.forEach(
        (topic, names) -> {
          Logger one = context().getLogger(names.get(0));
          lines.add(topic + " " + one.getEffectiveLevel().toString().toLowerCase(Locale.ROOT));
        });
    return lines;
  }
}
