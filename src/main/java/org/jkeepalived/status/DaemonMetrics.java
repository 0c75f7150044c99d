package org.jkeepalived.status;

import java.util.List;
import java.util.function.Consumer;

/** All that is measured, in Prometheus' text: the daemon as a whole, then its parts. */
public final class DaemonMetrics {

  /** The media type of the text. */
  public static final String MEDIA_TYPE = "text/plain; version=0.0.4; charset=utf-8";

  private DaemonMetrics() {}

  /**
   * Hands out the text in pieces that follow each other without a separator.
   *
   * @param parts of the daemon, each once
   */
  public static void write(
      DaemonFigures figures, List<? extends Snapshot> parts, Consumer<String> pieces) {
    MetricsText text = new MetricsText(pieces);
    up(text, true);
    text.gauge("jkeepalived_build_info", "Always 1; what runs, and what it behaves like")
        .series(
            MetricLabels.of("version", ProgramVersion.own())
                .and("keepalived", ProgramVersion.COMPATIBLE_WITH),
            true);
    usage(figures.usage(), text);
    text.counter("jkeepalived_reloads_total", "Reloads of the configuration");
    text.series(MetricLabels.of("outcome", "done"), figures.reloads().done());
    text.series(MetricLabels.of("outcome", "refused"), figures.reloads().refused());
    deliveries(figures.deliveries(), text);
    parts.forEach(part -> part.metrics(pieces));
  }

  /** Of a daemon that nobody can ask: an alert looks for this, and not for what is missing. */
  public static String ofNobody() {
    StringBuilder pieces = new StringBuilder();
    up(new MetricsText(pieces::append), false);
    return pieces.toString();
  }

  private static void up(MetricsText text, boolean up) {
    text.gauge("keepalived_up", "Status").series(MetricLabels.NONE, up);
  }

  private static void usage(DaemonFigures.Usage usage, MetricsText text) {
    text.gauge("jkeepalived_start_time_seconds", "When the process was started, since 1970");
    usage.startedSeconds().ifPresent(seconds -> text.series(MetricLabels.NONE, seconds));
    text.gauge("jkeepalived_resident_memory_bytes", "Memory, as the kernel counts it");
    usage.residentBytes().ifPresent(bytes -> text.series(MetricLabels.NONE, bytes));
    text.counter("jkeepalived_cpu_seconds_total", "Time of processors, of all threads");
    usage.processorNanos().ifPresent(nanos -> text.seconds(MetricLabels.NONE, nanos));
  }

  private static void deliveries(DaemonFigures.Deliveries deliveries, MetricsText text) {
    text.counter("jkeepalived_mails_total", "Mails about what happened");
    text.series(MetricLabels.of("outcome", "sent"), deliveries.mails());
    text.series(MetricLabels.of("outcome", "lost"), deliveries.mailsLost());
    text.counter("jkeepalived_fifo_lines_total", "Lines for FIFOs about what happened");
    text.series(MetricLabels.of("outcome", "written"), deliveries.fifoLines());
    text.series(MetricLabels.of("outcome", "lost"), deliveries.fifoLinesLost());
  }
}
