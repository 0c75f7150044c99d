package org.jkeepalived.config.grammar;

import java.util.Optional;
import org.jkeepalived.config.syntax.Diagnostic.Severity;
import org.jkeepalived.model.lvs.Forwarding;
import org.jkeepalived.model.lvs.ServerAddress;
import org.jkeepalived.model.lvs.ServerGroup;

/** At which port a server is spoken to: only NAT can change that of the service. */
final class ServerPorts {

  private final VirtualServerDraft service;
  private final Optional<ServerGroup> group;
  private final GrammarReport report;

  ServerPorts(VirtualServerDraft service, Optional<ServerGroup> group, GrammarReport report) {
    this.service = service;
    this.group = group;
    this.report = report;
  }

  /** Where a real server is spoken to that was written so. */
  ServerAddress ofReal(ServerAddress written, Forwarding forwarding) {
    String name = written.text(service.protocolText());
    if (forwarding.keepsPort() && written.port() != 0) {
      if (service.head.mark().isPresent()) {
        warn(
            "WARNING - fwmark virtual server "
                + service.name()
                + ", real server "
                + name
                + " has port specified - clearing");
        return written.withPort(0);
      }
      group.ifPresent(g -> compare(g, written, name));
      if (service.head.address().filter(own -> own.port() != written.port()).isPresent()) {
        warn(
            "WARNING - virtual server "
                + service.name()
                + " and real server "
                + name
                + " ports don't match - resetting");
      }
    }
    return placed(written, forwarding);
  }

  /** The same of a sorry server. */
  ServerAddress ofSorry(ServerAddress written, Forwarding forwarding) {
    if (forwarding.keepsPort() && written.port() != 0) {
      if (service.head.mark().isPresent()) {
        warn(
            "WARNING - virtual server "
                + service.name()
                + ", sorry server has port specified - clearing");
        return written.withPort(0);
      }
      if (service.head.address().filter(own -> own.port() != written.port()).isPresent()) {
        warn(
            "WARNING - virtual server "
                + service.name()
                + " and sorry server ports don't match - resetting");
      }
    }
    return placed(written, forwarding);
  }

  private ServerAddress placed(ServerAddress written, Forwarding forwarding) {
    boolean followsService = forwarding.keepsPort() || written.port() == 0;
    return followsService
        ? service.head.address().map(own -> written.withPort(own.port())).orElse(written)
        : written;
  }

  private void compare(ServerGroup members, ServerAddress written, String name) {
    for (ServerGroup.Range range : members.ranges()) {
      if (range.port() != written.port()) {
        warn(
            "virtual server "
                + service.name()
                + ":"
                + range.text()
                + " and real server "
                + name
                + " ports don't match");
      }
    }
    if (!members.marks().isEmpty()) {
      warn(
          "WARNING - fwmark virtual server "
              + service.name()
              + ", real server "
              + name
              + " has port specified - port will be ignored");
    }
  }

  private void warn(String message) {
    report.whole(service.head.place(), Severity.WARNING, "port-mismatch", message);
  }
}
