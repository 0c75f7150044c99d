package org.jkeepalived.status;

import java.math.BigDecimal;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Writes metrics in Prometheus' text format, version 0.0.4: what a metric is, then its series, each
 * with a number. A metric without series is not mentioned, and what nobody knows has no series. Of
 * two series with the same labels the first counts: Prometheus would refuse the whole text.
 */
final class MetricsText {

  private static final int NANO_DIGITS = 9;

  private final Consumer<String> pieces;
  private String name = "";
  private String heading = "";
  private final Set<String> written = new HashSet<>();

  /**
   * @param pieces is handed the text line by line, with line ends
   */
  MetricsText(Consumer<String> pieces) {
    this.pieces = pieces;
  }

  /** From here on the series of something that goes up and down. */
  MetricsText gauge(String metric, String help) {
    return begin(metric, help, "gauge");
  }

  /** From here on the series of something that is counted, from zero at the start. */
  MetricsText counter(String metric, String help) {
    return begin(metric, help, "counter");
  }

  private MetricsText begin(String metric, String help, String type) {
    name = metric;
    written.clear();
    heading =
        "# HELP "
            + metric
            + " "
            + help.replace("\\", "\\\\").replace("\n", "\\n")
            + "\n# TYPE "
            + metric
            + " "
            + type
            + "\n";
    return this;
  }

  void series(MetricLabels labels, long value) {
    series(labels, Long.toString(value));
  }

  /** 1 for yes, 0 for no. */
  void series(MetricLabels labels, boolean value) {
    series(labels, value ? "1" : "0");
  }

  /** A time span in seconds. */
  void seconds(MetricLabels labels, long nanos) {
    // every digit: what is counted up is looked at by its differences
    series(labels, BigDecimal.valueOf(nanos, NANO_DIGITS).stripTrailingZeros().toPlainString());
  }

  /**
   * @param digits a number, such as {@code 0.25}
   */
  void series(MetricLabels labels, String digits) {
    if (!written.add(labels.text())) {
      return;
    }
    if (!heading.isEmpty()) {
      pieces.accept(heading);
      heading = "";
    }
    String braced = labels.text().isEmpty() ? "" : "{" + labels.text() + "}";
    pieces.accept(name + braced + " " + digits + "\n");
  }
}
