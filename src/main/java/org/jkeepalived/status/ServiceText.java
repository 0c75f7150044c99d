package org.jkeepalived.status;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jkeepalived.lvs.ServerSnapshot;
import org.jkeepalived.lvs.ServiceSnapshot;
import org.jkeepalived.model.AddressFamily;
import org.jkeepalived.model.Command;
import org.jkeepalived.model.lvs.Balancing;
import org.jkeepalived.model.lvs.FileCheck;
import org.jkeepalived.model.lvs.Persistence;
import org.jkeepalived.model.lvs.RealServer;
import org.jkeepalived.model.lvs.VirtualServer;
import org.jkeepalived.model.lvs.VirtualService;

/** One virtual server with its real servers in the dump. */
final class ServiceText {

  private final CommandText commands;
  private final Optional<LvsRunText> run;
  private final Consumer<String> lines;

  /**
   * @param run to tell how it is now, too
   */
  ServiceText(CommandText commands, Optional<LvsRunText> run, Consumer<String> lines) {
    this.commands = commands;
    this.run = run;
    this.lines = lines;
  }

  void write(ServiceSnapshot snapshot) {
    VirtualServer server = snapshot.configured();
    lines.accept(" ------< Virtual server >------");
    lines.accept(" " + title(server.service()));
    server.conduct().snmpName().ifPresent(name -> line("SNMP name = '" + name + "'"));
    line("Address family = " + family(server.service()));
    balancing(server.balancing());
    line("protocol = " + protocol(server.service()));
    line("alpha is " + onOrOff(server.conduct().alpha()));
    line("omega is " + onOrOff(server.conduct().omega()));
    line("quorum = " + server.quorum().weight() + ", hysteresis = " + server.quorum().hysteresis());
    script("Quorum up", server.quorum().up(), "");
    script("Quorum down", server.quorum().down(), "");
    if (server.conduct().suspended()) {
      line("Using HA suspend");
    }
    line("Using smtp notification = " + CheckText.yesOrNo(server.conduct().mail()));
    line("default forwarding method = " + ForwardingText.of(server.balancing().forwarding()));
    server.sorry().ifPresent(sorry -> sorry(sorry, server.service().protocolText()));
    run.ifPresent(known -> known.service(snapshot).forEach(this::line));
    snapshot.servers().forEach(this::server);
  }

  private static String title(VirtualService service) {
    if (service instanceof VirtualService.ByAddress byAddress) {
      return "VS VIP = "
          + byAddress.address().addressText()
          + ", VPORT = "
          + byAddress.address().port();
    }
    return service instanceof VirtualService.ByMark byMark
        ? "VS FWMARK = " + byMark.mark()
        : "VS GROUP = " + service.text();
  }

  private static String family(VirtualService service) {
    if (service instanceof VirtualService.ByAddress byAddress) {
      return text(byAddress.address().family());
    }
    if (service instanceof VirtualService.ByMark byMark) {
      return text(byMark.family());
    }
    VirtualService.ByGroup byGroup = (VirtualService.ByGroup) service;
    List<AddressFamily> families = byGroup.families().toList();
    return families.size() > 1
        ? "IPv4 & IPv6"
        : text(families.isEmpty() ? byGroup.markFamily() : families.get(0));
  }

  private static String text(AddressFamily family) {
    return family == AddressFamily.IPV4 ? "inet" : "inet6";
  }

  private static String protocol(VirtualService service) {
    if (service instanceof VirtualService.ByAddress byAddress) {
      return byAddress.protocol().name();
    }
    return service instanceof VirtualService.ByGroup byGroup ? byGroup.protocol().name() : "none";
  }

  private void balancing(Balancing balancing) {
    line("lvs_sched = " + balancing.scheduler().text());
    if (balancing.scheduler().hashesSources()) {
      flag(balancing.scheduler().text() + "-port", balancing, 2);
      flag(balancing.scheduler().text() + "-fallback", balancing, 1);
    } else {
      flag("flag-1", balancing, 1);
      flag("flag-2", balancing, 2);
      flag("flag-3", balancing, 3);
    }
    line("One packet scheduling = " + enabled(balancing.onePacket()));
    balancing.persistence().ifPresent(this::persistence);
  }

  private void flag(String name, Balancing balancing, int number) {
    line(name + " = " + enabled((balancing.flags() & 1 << number - 1) != 0));
  }

  private void persistence(Persistence persistence) {
    line("persistence timeout = " + persistence.timeoutSeconds());
    persistence
        .granularity()
        .ifPresent(mask -> line("persistence granularity = " + granularity(mask)));
  }

  /** A prefix length is at most 128; a mask that is not empty begins with a one. */
  private static String granularity(long mask) {
    if (mask <= 128) {
      return Long.toString(mask);
    }
    byte[] bytes = {(byte) (mask >>> 24), (byte) (mask >>> 16), (byte) (mask >>> 8), (byte) mask};
    try {
      return InetAddress.getByAddress(bytes).getHostAddress();
    } catch (UnknownHostException impossible) {
      throw new AssertionError(impossible);
    }
  }

  private void sorry(VirtualServer.SorryServer sorry, String protocol) {
    line("sorry server = " + sorry.address().text(protocol));
    line("  forwarding method = " + ForwardingText.of(sorry.forwarding()));
    line("  Inhibit on failure is " + onOrOff(sorry.inhibited()));
  }

  private void server(ServerSnapshot snapshot) {
    RealServer server = snapshot.configured();
    line("------< Real server >------");
    line(
        "RIP = "
            + server.address().addressText()
            + ", RPORT = "
            + server.address().port()
            + ", WEIGHT = "
            + server.load().weight()
            + " EFF WEIGHT = "
            + snapshot.weight());
    line("forwarding method = " + ForwardingText.of(server.forwarding()));
    line(
        "connection limit range = "
            + server.load().lowerThreshold()
            + " -> "
            + server.load().upperThreshold());
    line("Inhibit on failure is " + onOrOff(server.inhibited()));
    script("RS up", server.tidings().up(), "  ");
    script("RS down", server.tidings().down(), "  ");
    server.tidings().snmpName().ifPresent(name -> line("SNMP name = " + name));
    line("Using smtp notification = " + CheckText.yesOrNo(server.tidings().mail()));
    line("initial weight = " + server.load().weight());
    run.ifPresent(known -> known.server(snapshot).forEach(this::line));
    trackedFiles(server);
  }

  private void trackedFiles(RealServer server) {
    List<FileCheck> files =
        server.checks().stream()
            .flatMap(check -> check instanceof FileCheck file ? Stream.of(file) : Stream.empty())
            .toList();
    if (!files.isEmpty()) {
      line("Tracked Files");
      files.forEach(
          check ->
              line("  " + check.file().name() + ", weight " + TrackedText.weight(check.weight())));
    }
  }

  private void script(String name, Optional<Command> command, String indentation) {
    command.ifPresent(
        given -> line(indentation + name + " notify script = " + commands.withIds(given)));
  }

  private void line(String text) {
    lines.accept("   " + text);
  }

  private static String onOrOff(boolean value) {
    return value ? "ON" : "OFF";
  }

  private static String enabled(boolean value) {
    return value ? "enabled" : "disabled";
  }
}
