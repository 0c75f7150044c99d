package org.jkeepalived.status;

import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.jkeepalived.link.LinkState;
import org.jkeepalived.vrrp.Counter;
import org.jkeepalived.vrrp.Discard;
import org.jkeepalived.vrrp.VirtualRouters.Stray;

/** What no exporter of keepalived's knows of virtual routers, and of what serves them. */
final class RouterMetrics {

  private final VrrpSnapshot snapshot;
  private final List<VrrpMetrics.Labelled> routers;
  private final MetricsText text;

  RouterMetrics(VrrpSnapshot snapshot, List<VrrpMetrics.Labelled> routers, MetricsText text) {
    this.snapshot = snapshot;
    this.routers = routers;
    this.text = text;
  }

  void write() {
    instances();
    addresses();
    counts();
    refusals();
    groups();
    traffic();
    threads();
  }

  private void instances() {
    text.gauge("jkeepalived_state", "0 INIT, 1 BACKUP, 2 MASTER, 3 FAULT");
    routers.forEach(each -> text.series(each.labels(), JsonText.number(each.router().state())));
    text.gauge("jkeepalived_state_since_seconds", "When the state changed last, since 1970");
    for (VrrpMetrics.Labelled each : routers) {
      OptionalLong since = each.router().times().lastTransitionNanos();
      if (since.isPresent()) {
        text.series(each.labels(), TimeText.epoch(snapshot.moment().at(since.getAsLong())));
      }
    }
    text.gauge("jkeepalived_priority", "Priority with what is tracked, as it is advertised");
    routers.forEach(each -> text.series(each.labels(), each.router().priority().effective()));
    text.gauge("jkeepalived_priority_configured", "Priority in the configuration");
    routers.forEach(
        each -> text.series(each.labels(), each.router().instance().election().priority()));
    text.gauge("jkeepalived_maintenance", "Whether an operator keeps it out of the election");
    routers.forEach(
        each -> text.series(each.labels(), each.router().reasons().maintenance().isPresent()));
  }

  private void addresses() {
    HeldAddresses held = new HeldAddresses(snapshot);
    text.gauge("jkeepalived_address_present", "Whether the kernel has the virtual address");
    for (VrrpMetrics.Labelled each : routers) {
      HeldAddresses.all(each.router())
          .forEach(
              address ->
                  text.series(
                      MetricLabels.of("iname", each.router().instance().name())
                          .and("intf", address.device())
                          .and("vrid", each.router().instance().key().virtualRouterId())
                          .and("ip_address", AddressText.withPrefix(address)),
                      held.isThere(address)));
    }
  }

  private void counts() {
    count(
        "jkeepalived_send_failures_total",
        "Advertisements that the kernel refused to send",
        Counter.SEND_FAILURES);
    count(
        "jkeepalived_late_timers_total",
        "Timers that fired later than half an advertisement interval",
        Counter.LATE_TIMERS);
    count(
        "jkeepalived_addresses_restored_total",
        "Virtual addresses that somebody else removed and that were put back",
        Counter.ADDRESSES_RESTORED);
    count(
        "jkeepalived_own_address_received_total",
        "Advertisements from the address of this machine, sent by a copy of it or come back",
        Counter.OWN_ADDRESS_RECEIVED);
  }

  private void count(String name, String help, Counter counter) {
    text.counter(name, help);
    routers.forEach(each -> text.series(each.labels(), each.router().statistics().get(counter)));
  }

  /** For 10,000 instances it would be much to write that nothing has happened. */
  private void refusals() {
    text.counter(
        "jkeepalived_packets_refused_total",
        "Packets of the virtual router that were not believed; only reasons that occurred");
    for (VrrpMetrics.Labelled each : routers) {
      for (Discard reason : Discard.values()) {
        long refused = each.router().statistics().get(reason);
        if (refused > 0) {
          text.series(each.labels().and("reason", reason.name().toLowerCase(Locale.ROOT)), refused);
        }
      }
    }
    text.counter("jkeepalived_packets_unassigned_total", "Packets of no virtual router here");
    for (Stray stray : Stray.values()) {
      text.series(
          MetricLabels.of("reason", stray.name().toLowerCase(Locale.ROOT)),
          snapshot.strays().get(stray));
    }
  }

  private void groups() {
    text.gauge("jkeepalived_sync_group_state", "0 INIT, 1 BACKUP, 2 MASTER, 3 FAULT");
    for (GroupSnapshot group : snapshot.groups()) {
      text.series(MetricLabels.of("group", group.group().name()), JsonText.number(group.state()));
    }
  }

  /** A port, and what went through it. */
  private record Port(MetricLabels labels, Traffic traffic) {}

  private void traffic() {
    Figures figures = snapshot.machine().figures();
    List<Port> ports =
        Stream.concat(
                snapshot.machine().links().stream()
                    .filter(link -> figures.links().containsKey(link.index()))
                    .map(link -> port(link, figures)),
                Stream.of(
                    new Port(
                        MetricLabels.of("intf", "").and("cast", "unicast"), figures.unicast())))
            .toList();
    text.counter("jkeepalived_port_received_total", "Packets taken from the kernel");
    ports.forEach(port -> text.series(port.labels(), port.traffic().received()));
    text.counter(
        "jkeepalived_port_dropped_total",
        "Packets heard by the kernel, and lost because nobody took them in time");
    ports.forEach(port -> text.series(port.labels(), port.traffic().dropped()));
    text.counter(
        "jkeepalived_port_not_allowed_total",
        "Packets heard by the kernel, and left there because the sender may not speak");
    ports.forEach(port -> text.series(port.labels(), port.traffic().notAllowed()));
    text.counter("jkeepalived_port_sent_total", "Packets handed to the kernel");
    ports.forEach(port -> text.series(port.labels(), port.traffic().sent()));
    text.counter("jkeepalived_port_send_failures_total", "Packets that the kernel refused");
    ports.forEach(port -> text.series(port.labels(), port.traffic().sendFailures()));
  }

  private static Port port(LinkState link, Figures figures) {
    return new Port(
        MetricLabels.of("intf", link.name()).and("cast", "multicast"),
        figures.links().get(link.index()));
  }

  private void threads() {
    List<Figures.ThreadFigures> threads = snapshot.machine().figures().threads();
    text.gauge(
        "jkeepalived_thread_lateness_max_seconds", "The latest that a timer of the thread fired");
    threads.forEach(one -> text.seconds(labels(one), one.maxLatenessNanos()));
    text.counter("jkeepalived_thread_exceptions_total", "What was thrown on the thread");
    threads.forEach(one -> text.series(labels(one), one.failures()));
    text.gauge("jkeepalived_thread_lost", "Whether the thread has given up");
    threads.forEach(one -> text.series(labels(one), one.lost()));
  }

  private static MetricLabels labels(Figures.ThreadFigures thread) {
    return MetricLabels.of("thread", thread.name());
  }
}
