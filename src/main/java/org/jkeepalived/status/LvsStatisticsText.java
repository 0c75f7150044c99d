package org.jkeepalived.status;

import java.util.function.Consumer;
import org.jkeepalived.lvs.ServerSnapshot;
import org.jkeepalived.lvs.ServiceSnapshot;
import org.jkeepalived.lvs.check.CheckLook;

/**
 * What is counted of virtual servers.
 *
 * <p>COMPAT: keepalived counts nothing of them, and writes no such file. The form is that of {@link
 * FiguresText}.
 */
final class LvsStatisticsText {

  private final Consumer<String> lines;

  private LvsStatisticsText(Consumer<String> lines) {
    this.lines = lines;
  }

  /** Hands out the text line by line, without line ends. */
  static void write(LvsSnapshot snapshot, Consumer<String> lines) {
    LvsStatisticsText text = new LvsStatisticsText(lines);
    snapshot.services().forEach(text::service);
  }

  private void service(ServiceSnapshot service) {
    lines.accept("Virtual server: " + service.configured().service().text());
    line("  Quorum gained: ", service.quorum().gained());
    line("  Quorum lost: ", service.quorum().lost());
    String protocol = service.configured().service().protocolText();
    for (ServerSnapshot server : service.servers()) {
      lines.accept("  Real server: " + server.configured().address().text(protocol));
      line("    Recoveries: ", server.life().recoveries());
      line("    Failures: ", server.life().failures());
      server.checks().forEach(check -> check(check.look()));
    }
  }

  private void check(CheckLook check) {
    lines.accept("    " + check.kind() + ":");
    line("      Runs: ", check.runs());
    line("      Failures: ", check.failures());
  }

  private void line(String name, long value) {
    lines.accept(name + value);
  }
}
