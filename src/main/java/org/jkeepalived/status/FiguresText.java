package org.jkeepalived.status;

import java.util.function.Consumer;
import org.jkeepalived.link.LinkState;
import org.jkeepalived.vrrp.Counter;
import org.jkeepalived.vrrp.Discard;
import org.jkeepalived.vrrp.Statistics;
import org.jkeepalived.vrrp.VirtualRouters.Stray;

/**
 * What keepalived does not count, at the end of {@code keepalived.stats}.
 *
 * <p>COMPAT: programs that read keepalived's lines, such as its Prometheus exporters, look at any
 * indented line. They want a colon in it, a heading (which ends in the colon) two deep with whole
 * numbers four deep below it, and take names that they know for an instance's: none of ours is
 * keepalived's.
 */
final class FiguresText {

  private final VrrpSnapshot snapshot;
  private final Consumer<String> lines;

  FiguresText(VrrpSnapshot snapshot, Consumer<String> lines) {
    this.snapshot = snapshot;
    this.lines = lines;
  }

  void write() {
    Figures figures = snapshot.machine().figures();
    lines.accept("jkeepalived: instances");
    snapshot.routers().forEach(this::router);
    lines.accept("jkeepalived: links");
    for (LinkState link : snapshot.machine().links()) {
      if (figures.links().containsKey(link.index())) {
        traffic(link.name(), "Frames", figures.links().get(link.index()));
      }
    }
    lines.accept("jkeepalived: peers");
    traffic("unicast", "Packets", figures.unicast());
    lines.accept("jkeepalived: strays");
    heading("not heard");
    line("Frames for others", snapshot.strays().get(Stray.FOREIGN_FRAME));
    line("IP header checksums", snapshot.strays().get(Stray.HEADER_CHECKSUM));
    line("Impossible sources", snapshot.strays().get(Stray.MARTIAN_SOURCE));
    lines.accept("jkeepalived: threads");
    figures.threads().forEach(this::thread);
  }

  private void router(RouterSnapshot router) {
    Statistics statistics = router.statistics();
    heading(router.instance().name());
    line("Send failures", statistics.get(Counter.SEND_FAILURES));
    line("Late timers", statistics.get(Counter.LATE_TIMERS));
    line("Addresses restored", statistics.get(Counter.ADDRESSES_RESTORED));
    line("Not allowed", statistics.get(Discard.NOT_ALLOWED));
    line("From own address", statistics.get(Counter.OWN_ADDRESS_RECEIVED));
  }

  private void traffic(String name, String what, Traffic traffic) {
    heading(name);
    line(what + " received", traffic.received());
    line(what + " dropped", traffic.dropped());
    line(what + " sent", traffic.sent());
    line(what + " refused", traffic.sendFailures());
    line(what + " not allowed", traffic.notAllowed());
  }

  private void thread(Figures.ThreadFigures thread) {
    heading(thread.name());
    line("Greatest lateness in us", Durations.micros(thread.maxLatenessNanos()));
    line("Exceptions", thread.failures());
    line("Lost", thread.lost() ? 1 : 0);
  }

  private void heading(String name) {
    lines.accept("  " + name + ":");
  }

  private void line(String name, long value) {
    lines.accept("    " + name + ": " + value);
  }
}
