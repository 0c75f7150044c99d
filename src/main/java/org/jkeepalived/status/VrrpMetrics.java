package org.jkeepalived.status;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.ToLongFunction;
import org.jkeepalived.model.VirtualAddress;
import org.jkeepalived.vrrp.Counter;
import org.jkeepalived.vrrp.Discard.StatisticsLine;
import org.jkeepalived.vrrp.Statistics;

/**
 * Virtual routers in Prometheus' text.
 *
 * <p>COMPAT: names, labels and types are those of mehdy/keepalived-exporter, for which there are
 * dashboards and alerts; what it has no name for begins with {@code jkeepalived_}, and is written
 * by {@link RouterMetrics} and {@link TrackerMetrics}. Its state of an address has the address with
 * the length of its prefix in it, as keepalived's dump does.
 */
final class VrrpMetrics {

  private static final List<Count> COUNTS =
      List.of(
          new Count(
              "keepalived_advertisements_received_total",
              "Advertisements received",
              counted -> counted.get(Counter.ADVERTISEMENTS_RECEIVED)),
          new Count(
              "keepalived_advertisements_sent_total",
              "Advertisements sent",
              counted -> counted.get(Counter.ADVERTISEMENTS_SENT)),
          new Count(
              "keepalived_become_master_total",
              "Became master",
              counted -> counted.get(Counter.BECAME_MASTER)),
          new Count(
              "keepalived_release_master_total",
              "Released master",
              counted -> counted.get(Counter.RELEASED_MASTER)),
          new Count(
              "keepalived_packet_length_errors_total",
              "Packet length errors",
              counted -> counted.get(StatisticsLine.LENGTH)),
          new Count(
              "keepalived_advertisements_interval_errors_total",
              "Advertisement interval errors",
              counted -> counted.get(StatisticsLine.INTERVAL)),
          new Count(
              "keepalived_ip_ttl_errors_total",
              "TTL errors",
              counted -> counted.get(StatisticsLine.TTL)),
          new Count(
              "keepalived_invalid_type_received_total",
              "Invalid type errors",
              counted -> counted.get(StatisticsLine.TYPE)),
          new Count(
              "keepalived_address_list_errors_total",
              "Address list errors",
              counted -> counted.get(StatisticsLine.ADDRESS_LIST)),
          new Count(
              "keepalived_authentication_invalid_total",
              "Authentication invalid",
              counted -> counted.get(StatisticsLine.AUTHENTICATION_TYPE_UNKNOWN)),
          new Count(
              "keepalived_authentication_mismatch_total",
              "Authentication mismatch",
              counted -> counted.get(StatisticsLine.AUTHENTICATION_TYPE_MISMATCH)),
          new Count(
              "keepalived_authentication_failure_total",
              "Authentication failure",
              counted -> counted.get(StatisticsLine.AUTHENTICATION_FAILURE)),
          new Count(
              "keepalived_priority_zero_received_total",
              "Priority zero received",
              counted -> counted.get(Counter.PRIORITY_ZERO_RECEIVED)),
          new Count(
              "keepalived_priority_zero_sent_total",
              "Priority zero sent",
              counted -> counted.get(Counter.PRIORITY_ZERO_SENT)));

  /** Something that each instance counts. */
  private record Count(String name, String help, ToLongFunction<Statistics> value) {}

  /** An instance, and what it is told from others by. */
  record Labelled(RouterSnapshot router, MetricLabels labels) {}

  private final MetricsText text;
  private final List<Labelled> routers = new ArrayList<>();

  private VrrpMetrics(VrrpSnapshot snapshot, MetricsText text) {
    this.text = text;
    for (RouterSnapshot router : snapshot.routers()) {
      routers.add(new Labelled(router, labels(router, router.instance().key().interfaceName())));
    }
  }

  static void write(VrrpSnapshot snapshot, Consumer<String> pieces) {
    MetricsText text = new MetricsText(pieces);
    VrrpMetrics metrics = new VrrpMetrics(snapshot, text);
    metrics.states();
    metrics.counts();
    new RouterMetrics(snapshot, metrics.routers, text).write();
    TrackerMetrics.write(snapshot, text);
  }

  private static MetricLabels labels(RouterSnapshot router, String link) {
    return MetricLabels.of("iname", router.instance().name())
        .and("intf", link)
        .and("vrid", router.instance().key().virtualRouterId());
  }

  private void states() {
    text.gauge("keepalived_vrrp_state", "State of vrrp");
    for (Labelled each : routers) {
      List<VirtualAddress> addresses = each.router().instance().addresses().advertised();
      if (addresses.isEmpty()) {
        text.series(each.labels().and("ip_address", ""), JsonText.number(each.router().state()));
      }
      states(each.router(), addresses);
    }
    text.gauge("keepalived_vrrp_excluded_state", "State of vrrp with excluded VIP");
    for (Labelled each : routers) {
      states(each.router(), each.router().instance().addresses().excluded());
    }
  }

  private void states(RouterSnapshot router, List<VirtualAddress> addresses) {
    for (VirtualAddress address : addresses) {
      text.series(
          labels(router, address.device()).and("ip_address", AddressText.withPrefix(address)),
          JsonText.number(router.state()));
    }
  }

  private void counts() {
    for (Count count : COUNTS) {
      text.counter(count.name(), count.help());
      for (Labelled each : routers) {
        text.series(each.labels(), count.value().applyAsLong(each.router().statistics()));
      }
    }
    // COMPAT: a setting, and a counter to the exporter
    text.counter("keepalived_gratuitous_arp_delay_total", "Gratuitous ARP delay");
    for (Labelled each : routers) {
      text.series(
          each.labels(),
          Durations.wholeSeconds(each.router().instance().announcements().delayNanos()));
    }
  }
}
