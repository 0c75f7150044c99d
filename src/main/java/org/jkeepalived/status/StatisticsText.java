package org.jkeepalived.status;

import java.util.function.Consumer;
import org.jkeepalived.vrrp.Counter;
import org.jkeepalived.vrrp.Discard.StatisticsLine;
import org.jkeepalived.vrrp.Statistics;
import org.jkeepalived.vrrp.VirtualRouters.Stray;

/**
 * The statistics in keepalived's form, as it writes them to {@code keepalived.stats}, and after
 * them {@link FiguresText what it does not count}.
 */
final class StatisticsText {

  private final Consumer<String> lines;

  private StatisticsText(Consumer<String> lines) {
    this.lines = lines;
  }

  /** Hands out the text line by line, without line ends. */
  static void write(VrrpSnapshot snapshot, Consumer<String> lines) {
    StatisticsText text = new StatisticsText(lines);
    snapshot.routers().forEach(text::router);
    lines.accept("Packets for no VRRP Instance");
    text.line("  Truncated: ", snapshot.strays().get(Stray.TRUNCATED));
    text.line("  Unknown VRID: ", snapshot.strays().get(Stray.UNKNOWN_VRID));
    new FiguresText(snapshot, lines).write();
  }

  private void router(RouterSnapshot router) {
    Statistics statistics = router.statistics();
    lines.accept("VRRP Instance: " + router.instance().name());
    lines.accept("  Advertisements:");
    line("    Received: ", statistics.get(Counter.ADVERTISEMENTS_RECEIVED));
    line("    Sent: ", statistics.get(Counter.ADVERTISEMENTS_SENT));
    line("  Became master: ", statistics.get(Counter.BECAME_MASTER));
    line("  Released master: ", statistics.get(Counter.RELEASED_MASTER));
    lines.accept("  Packet Errors:");
    line("    Length: ", statistics.get(StatisticsLine.LENGTH));
    line("    TTL: ", statistics.get(StatisticsLine.TTL));
    line("    Invalid Type: ", statistics.get(StatisticsLine.TYPE));
    line("    Advertisement Interval: ", statistics.get(StatisticsLine.INTERVAL));
    line("    Address List: ", statistics.get(StatisticsLine.ADDRESS_LIST));
    line("    Version: ", statistics.get(StatisticsLine.VERSION));
    line("    Checksum: ", statistics.get(StatisticsLine.CHECKSUM));
    line("    Unicast Source: ", statistics.get(StatisticsLine.SOURCE));
    lines.accept("  Authentication Errors:");
    line("    Invalid Type: ", statistics.get(StatisticsLine.AUTHENTICATION_TYPE_UNKNOWN));
    line("    Type Mismatch: ", statistics.get(StatisticsLine.AUTHENTICATION_TYPE_MISMATCH));
    line("    Failure: ", statistics.get(StatisticsLine.AUTHENTICATION_FAILURE));
    lines.accept("  Priority Zero:");
    line("    Received: ", statistics.get(Counter.PRIORITY_ZERO_RECEIVED));
    line("    Sent: ", statistics.get(Counter.PRIORITY_ZERO_SENT));
  }

  private void line(String name, long value) {
    lines.accept(name + value);
  }
}
