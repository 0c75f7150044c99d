package org.jkeepalived.status;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jkeepalived.lvs.CheckSnapshot;
import org.jkeepalived.lvs.ServerSnapshot;
import org.jkeepalived.lvs.ServiceSnapshot;

/** Virtual servers and real servers in Prometheus' text; no exporter has names for them. */
final class LvsMetrics {

  /** A real server, and what it is told from others by. */
  private record Labelled(ServerSnapshot server, MetricLabels labels) {}

  /** A check of a real server; the number tells two of a kind from each other. */
  private record LabelledCheck(CheckSnapshot check, MetricLabels labels) {}

  private final List<ServiceSnapshot> services;
  private final List<Labelled> servers = new ArrayList<>();
  private final List<LabelledCheck> checks = new ArrayList<>();
  private final MetricsText text;

  private LvsMetrics(LvsSnapshot snapshot, MetricsText text) {
    this.text = text;
    services = snapshot.services();
    for (ServiceSnapshot service : services) {
      for (ServerSnapshot server : service.servers()) {
        MetricLabels labels =
            labels(service)
                .and(
                    "server",
                    server
                        .configured()
                        .address()
                        .text(service.configured().service().protocolText()));
        servers.add(new Labelled(server, labels));
        int number = 0;
        for (CheckSnapshot check : server.checks()) {
          number++;
          checks.add(
              new LabelledCheck(
                  check, labels.and("check", check.look().kind()).and("number", number)));
        }
      }
    }
  }

  static void write(LvsSnapshot snapshot, Consumer<String> pieces) {
    LvsMetrics metrics = new LvsMetrics(snapshot, new MetricsText(pieces));
    metrics.services();
    metrics.servers();
    metrics.checks();
  }

  private static MetricLabels labels(ServiceSnapshot service) {
    return MetricLabels.of("service", service.configured().service().text());
  }

  private void services() {
    text.gauge("jkeepalived_virtual_server_quorum", "Whether enough real servers are alive");
    services.forEach(one -> text.series(labels(one), one.quorum().up()));
    text.gauge("jkeepalived_virtual_server_weight", "What the living real servers weigh");
    services.forEach(one -> text.series(labels(one), one.quorum().weight()));
    text.counter("jkeepalived_virtual_server_quorum_lost_total", "How often the quorum was lost");
    services.forEach(one -> text.series(labels(one), one.quorum().lost()));
    text.gauge("jkeepalived_virtual_server_sorry", "Whether the sorry server has the clients");
    services.forEach(
        one -> {
          if (one.configured().sorry().isPresent()) {
            text.series(labels(one), one.sorryServes());
          }
        });
    text.gauge("jkeepalived_virtual_server_refused", "Whether the kernel refused some of it");
    services.forEach(one -> text.series(labels(one), one.refusal().isPresent()));
  }

  private void servers() {
    text.gauge("jkeepalived_real_server_up", "Whether all its checks are up");
    each((server, labels) -> text.series(labels, server.life().alive()));
    text.gauge("jkeepalived_real_server_set", "Whether the kernel's table has it");
    each((server, labels) -> text.series(labels, server.set()));
    text.gauge("jkeepalived_real_server_weight", "What it is worth, its checks counted in");
    each((server, labels) -> text.series(labels, server.share().weight()));
    text.gauge("jkeepalived_real_server_table_weight", "What the kernel's table gives it");
    each((server, labels) -> text.series(labels, server.share().ofTable()));
    text.gauge("jkeepalived_real_server_wished_weight", "What the operator wishes, if anything");
    each(
        (server, labels) ->
            server.share().wished().ifPresent(weight -> text.series(labels, weight)));
    text.counter("jkeepalived_real_server_failures_total", "How often it has failed");
    each((server, labels) -> text.series(labels, server.life().failures()));
    text.counter("jkeepalived_real_server_recoveries_total", "How often it has come back");
    each((server, labels) -> text.series(labels, server.life().recoveries()));
  }

  private void each(BiConsumer<ServerSnapshot, MetricLabels> write) {
    servers.forEach(one -> write.accept(one.server(), one.labels()));
  }

  private void checks() {
    text.gauge("jkeepalived_check_up", "Whether the check is up");
    checks.forEach(one -> text.series(one.labels(), one.check().look().up()));
    text.counter("jkeepalived_checks_total", "Runs of the check that have ended");
    checks.forEach(one -> text.series(one.labels(), one.check().look().runs()));
    text.counter("jkeepalived_check_failures_total", "Runs that failed, retries included");
    checks.forEach(one -> text.series(one.labels(), one.check().look().failures()));
    text.gauge("jkeepalived_check_duration_seconds", "How long its last run took");
    checks.forEach(
        one ->
            one.check()
                .look()
                .last()
                .ifPresent(run -> text.seconds(one.labels(), run.tookNanos())));
  }
}
