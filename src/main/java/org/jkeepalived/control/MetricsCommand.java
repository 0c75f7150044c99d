package org.jkeepalived.control;

import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jkeepalived.control.ControlAnswer.Status;
import org.jkeepalived.status.DaemonFigures;
import org.jkeepalived.status.DaemonMetrics;

/** {@code metrics}: all that is measured, as Prometheus and node_exporter read it from files. */
final class MetricsCommand implements ControlCommand {

  private final WholeLook look;
  private final Supplier<DaemonFigures> figures;

  MetricsCommand(WholeLook look, Supplier<DaemonFigures> figures) {
    this.look = look;
    this.figures = figures;
  }

  @Override
  public String name() {
    return "metrics";
  }

  @Override
  public String usage() {
    return "metrics: all that is measured, in Prometheus' text format";
  }

  @Override
  public CompletableFuture<ControlAnswer> begin(ControlRequest request) {
    return look.ask()
        .thenApply(
            snapshots -> {
              DaemonFigures now = figures.get();
              return new ControlAnswer(
                  Status.DONE, pieces -> DaemonMetrics.write(now, snapshots, pieces));
            });
  }
}
