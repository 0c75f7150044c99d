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
import java.util.stream.Stream;
import org.slf4j.LoggerFactory;

/** How much is logged of each topic, which can be changed while the daemon runs. */
public final class LogTopics {

  /** What puts a topic back to what it was at the start. */
  public static final String STANDARD = "standard";

  private static final String ALL = "all";
  private static final String PROJECT = "org.jkeepalived.";
  private static final List<String> LEVELS = List.of("error", "warn", "info", "debug", "trace");
  private static final List<Topic> TOPICS =
      List.of(
          topic("vrrp", "instances, sync groups, their packets and addresses", "host.vrrp", "vrrp"),
          topic("lvs", "virtual servers, real servers and their checks", "host.lvs", "lvs"),
          topic("links", "the state of interfaces", "host.link"),
          topic("kernel", "what is written into the kernel, and the journal of it", "host.kernel"),
          topic("track", "tracked files and processes", "host.track"),
          topic("scripts", "runs of scripts", "host.script"),
          topic("notify", "who is told of what happens: FIFOs, mail", "host.notify", "notify"),
          topic("control", "who asks the daemon: signals, its socket, pages", "control"),
          topic("daemon", "start, reload and stop", "daemon"),
          topic("linux", "system calls", "linux"));

  private final Map<String, List<String>> loggers = new LinkedHashMap<>();
  private final Level atStart;

  /**
   * What can be logged more or less of.
   *
   * @param meaning in words
   * @param loggers that it stands for
   */
  private record Topic(String name, String meaning, List<String> loggers) {}

  private static Topic topic(String name, String meaning, String... rooms) {
    return new Topic(name, meaning, Stream.of(rooms).map(room -> PROJECT + room).toList());
  }

  /** The topics, with what each is about; {@code all} is the first. */
  public static Map<String, String> meanings() {
    Map<String, String> meanings = new LinkedHashMap<>();
    meanings.put(ALL, "each of these");
    TOPICS.forEach(topic -> meanings.put(topic.name(), topic.meaning()));
    return meanings;
  }

  /** The levels, from the fewest lines to the most, and {@link #STANDARD}. */
  public static List<String> levels() {
    return Stream.concat(LEVELS.stream(), Stream.of(STANDARD)).toList();
  }

  /** As it is now is what is standard. */
  public LogTopics() {
    loggers.put(ALL, List.of(org.slf4j.Logger.ROOT_LOGGER_NAME));
    TOPICS.forEach(topic -> loggers.put(topic.name(), topic.loggers()));
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
