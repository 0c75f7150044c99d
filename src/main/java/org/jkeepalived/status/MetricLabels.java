package org.jkeepalived.status;

/**
 * What tells one series of a metric from the others, as Prometheus' text format writes it: {@code
 * iname="VI_1",intf="eth0"}. Never changes.
 */
final class MetricLabels {

  static final MetricLabels NONE = new MetricLabels("");

  private final String text;

  private MetricLabels(String text) {
    this.text = text;
  }

  static MetricLabels of(String name, String value) {
    return NONE.and(name, value);
  }

  static MetricLabels of(String name, long value) {
    return NONE.and(name, Long.toString(value));
  }

  /** These and one more. */
  MetricLabels and(String name, String value) {
    return new MetricLabels(
        text + (text.isEmpty() ? "" : ",") + name + "=\"" + escaped(value) + "\"");
  }

  MetricLabels and(String name, long value) {
    return and(name, Long.toString(value));
  }

  private static String escaped(String value) {
    return value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
  }

  /** All of them, with commas in between. */
  String text() {
    return text;
  }
}
