package org.jkeepalived.status;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads Prometheus' text format, version 0.0.4, as its documentation describes it, and takes
 * nothing that is not in order: each metric has its HELP, its TYPE and then all its series, no
 * series twice, and a number that is one.
 */
public final class Exposition {

  private static final Pattern COMMENT =
      Pattern.compile("# (HELP|TYPE) ([a-zA-Z_:][a-zA-Z0-9_:]*) (.*)");
  private static final Pattern SERIES =
      Pattern.compile("([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\\{(.*)\\})? (-?[0-9]+(?:\\.[0-9]+)?)");
  private static final Pattern LABEL =
      Pattern.compile("([a-zA-Z_][a-zA-Z0-9_]*)=\"((?:[^\"\\\\]|\\\\[\\\\\"n])*)\"(,|$)");

  private static final Pattern ESCAPED = Pattern.compile("\\\\(.)");

  /** A metric, and the number of each of its series by its labels. */
  public record Metric(String type, String help, Map<Map<String, String>, Double> series) {}

  private final Map<String, Metric> metrics = new LinkedHashMap<>();
  private final Set<String> closed = new HashSet<>();
  private String current = "";
  private String help = "";

  private Exposition() {}

  /**
   * The metrics by their names.
   *
   * @throws IllegalArgumentException the text is not in the format
   */
  public static Map<String, Metric> read(String text) {
    if (!text.endsWith("\n")) {
      throw new IllegalArgumentException("the last line has no end");
    }
    Exposition read = new Exposition();
    for (String line : text.split("\n")) {
      read.line(line);
    }
    return read.metrics;
  }

  private void line(String line) {
    if (line.startsWith("#")) {
      Matcher comment = matched(COMMENT, line);
      if (comment.group(1).equals("HELP")) {
        begin(comment.group(2), comment.group(3));
      } else {
        type(comment.group(2), comment.group(3), line);
      }
      return;
    }
    Matcher series = matched(SERIES, line);
    Metric metric = metrics.get(series.group(1));
    if (metric == null || !series.group(1).equals(current)) {
      throw new IllegalArgumentException("not among its own: " + line);
    }
    Map<String, String> labels = labels(series.group(2) == null ? "" : series.group(2));
    if (metric.series().put(labels, Double.parseDouble(series.group(3))) != null) {
      throw new IllegalArgumentException("twice: " + line);
    }
  }

  private void begin(String name, String text) {
    if (!current.isEmpty() && metrics.get(current).series().isEmpty()) {
      throw new IllegalArgumentException("no series of " + current);
    }
    closed.add(current);
    if (closed.contains(name)) {
      throw new IllegalArgumentException("apart from its own: " + name);
    }
    current = name;
    help = text;
    metrics.put(name, new Metric("", text, new LinkedHashMap<>()));
  }

  private void type(String name, String type, String line) {
    if (!name.equals(current) || !metrics.get(name).series().isEmpty()) {
      throw new IllegalArgumentException("out of order: " + line);
    }
    if (!List.of("counter", "gauge").contains(type)) {
      throw new IllegalArgumentException("no type: " + line);
    }
    metrics.put(name, new Metric(type, help, new LinkedHashMap<>()));
  }

  private static Map<String, String> labels(String text) {
    Map<String, String> labels = new LinkedHashMap<>();
    Matcher label = LABEL.matcher(text);
    int at = 0;
    while (at < text.length()) {
      if (!label.find(at) || label.start() != at) {
        throw new IllegalArgumentException("no label at " + at + ": " + text);
      }
      String value =
          ESCAPED
              .matcher(label.group(2))
              .replaceAll(
                  each ->
                      each.group(1).equals("n") ? "\n" : Matcher.quoteReplacement(each.group(1)));
      if (labels.put(label.group(1), value) != null) {
        throw new IllegalArgumentException("a label twice: " + text);
      }
      at = label.end();
    }
    return labels;
  }

  private static Matcher matched(Pattern pattern, String line) {
    Matcher found = pattern.matcher(line);
    if (!found.matches()) {
      throw new IllegalArgumentException("not of the format: " + line);
    }
    return found;
  }
}
