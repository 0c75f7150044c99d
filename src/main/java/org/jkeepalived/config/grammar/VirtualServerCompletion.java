package org.jkeepalived.config.grammar;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jkeepalived.config.grammar.VirtualServerDraft.SorryDraft;
import org.jkeepalived.config.syntax.Diagnostic.Severity;
import org.jkeepalived.model.AddressFamily;
import org.jkeepalived.model.Command;
import org.jkeepalived.model.lvs.Balancing;
import org.jkeepalived.model.lvs.Check;
import org.jkeepalived.model.lvs.Forwarding;
import org.jkeepalived.model.lvs.Persistence;
import org.jkeepalived.model.lvs.Protocol;
import org.jkeepalived.model.lvs.Quorum;
import org.jkeepalived.model.lvs.RealServer;
import org.jkeepalived.model.lvs.Scheduler;
import org.jkeepalived.model.lvs.ServerAddress;
import org.jkeepalived.model.lvs.ServerConduct;
import org.jkeepalived.model.lvs.ServerGroup;
import org.jkeepalived.model.lvs.VirtualServer;
import org.jkeepalived.model.lvs.VirtualServer.SorryServer;
import org.jkeepalived.model.lvs.VirtualService;

/** Makes a virtual server of what has been read, once the whole file is known. */
final class VirtualServerCompletion {

  private final VirtualServerDraft draft;
  private final GlobalDraft globals;
  private final Commands commands;
  private final GrammarReport report;
  private final List<RealServerDraft> servers = new ArrayList<>();

  VirtualServerCompletion(
      VirtualServerDraft draft, GlobalDraft globals, Commands commands, GrammarReport report) {
    this.draft = draft;
    this.globals = globals;
    this.commands = commands;
    this.report = report;
  }

  /** The virtual server; empty, with the reason reported, where it cannot serve. */
  Optional<VirtualServer> complete() {
    Optional<ServerGroup> group = draft.head.group().map(globals.director.groups::get);
    if (group.isPresent() && isOfOtherFamilies(group.get())) {
      return Optional.empty();
    }
    if (draft.servers.isEmpty()) {
      warn("no-real-server", "Virtual server " + draft.name() + " has no real servers - ignoring");
      return Optional.empty();
    }
    if (draft.head.group().isPresent() && group.isEmpty()) {
      // keepalived says nothing, and balances nothing
      warn("no-group", subject() + "its group is not defined - ignoring");
      return Optional.empty();
    }
    suspension(group);
    defaults(group);
    withoutTwins();
    makeFit(group);
    ServerPorts ports = new ServerPorts(draft, group, report);
    List<RealServer> complete = servers.stream().map(server -> realServer(server, ports)).toList();
    Optional<SorryServer> sorry = draft.sorry.map(one -> sorryServer(one, ports));
    return Optional.of(
        new VirtualServer(
            service(group),
            balancing(),
            quorum(complete),
            new VirtualServer.Conduct(
                new ServerConduct(
                    draft.alpha, draft.inhibited, draft.virtualHost, draft.timing().complete()),
                draft.omega,
                draft.suspended,
                globals.director.slowStarts.nanos(service(group)),
                mail(draft.mail, false),
                draft.snmpName),
            complete,
            sorry));
  }

  /** A mark is no address that this machine could have. */
  private void suspension(Optional<ServerGroup> group) {
    boolean marked =
        draft.head.mark().isPresent() || group.filter(g -> !g.marks().isEmpty()).isPresent();
    if (draft.suspended && marked) {
      warn(
          "suspended-mark", subject() + "cannot use ha_suspend with fwmarks - clearing ha_suspend");
      draft.suspended = false;
    }
  }

  /** What is not said, and told. */
  private void defaults(Optional<ServerGroup> group) {
    protocol(group);
    if (draft.scheduler.isEmpty()) {
      warn("default-scheduler", subject() + "no scheduler set, setting default 'wlc'");
    }
    if (draft.forwarding.isEmpty() && isForwardingMissed()) {
      warn("default-lvs-method", subject() + "no forwarding method set, setting default NAT");
    }
  }

  /** Changes what the kernel would refuse. */
  private void makeFit(Optional<ServerGroup> group) {
    boolean marked = draft.head.mark().isPresent();
    boolean anyPort =
        draft.head.address().filter(a -> a.port() == 0).isPresent()
            || group.stream().flatMap(g -> g.ranges().stream()).anyMatch(r -> r.port() == 0);
    if (anyPort && draft.persistenceSeconds.isEmpty()) {
      warn("no-port", subject() + "zero port only valid for persistent services - setting");
      draft.persistenceSeconds = Optional.of(Persistence.STANDARD_SECONDS);
    }
    if (draft.onePacket && !marked && protocol() != Protocol.UDP) {
      warn("one-packet", subject() + "one packet scheduling requires UDP - resetting");
      draft.onePacket = false;
    }
  }

  private void warn(String code, String message) {
    report.whole(draft.head.place(), Severity.WARNING, code, message);
  }

  private String subject() {
    return "Virtual server " + draft.name() + ": ";
  }

  private Protocol protocol() {
    return draft.protocol.orElse(Protocol.UDP);
  }

  /** A mark tells nothing of protocols. */
  private void protocol(Optional<ServerGroup> group) {
    boolean marksOnly =
        draft.head.mark().isPresent() || group.filter(g -> g.ranges().isEmpty()).isPresent();
    if (marksOnly && draft.protocol.isPresent()) {
      warn(
          "protocol-of-mark",
          "Warning: " + subject() + "protocol specified for fwmark - protocol will be ignored");
    } else if (!marksOnly && draft.protocol.isEmpty()) {
      warn("default-protocol", subject() + "no protocol set - defaulting to UDP");
      draft.protocol = Optional.of(Protocol.UDP);
    }
    if (marksOnly) {
      draft.protocol = Optional.empty();
    }
  }

  private boolean isForwardingMissed() {
    return draft.servers.stream().anyMatch(server -> server.forwarding.isEmpty())
        || draft.sorry.filter(sorry -> sorry.forwarding.isEmpty()).isPresent();
  }

  /**
   * Whether the group's packets have another family than the servers: only a tunnel leads from the
   * one to the other. A mark that names no family has that of the servers.
   *
   * <p>COMPAT: keepalived says so when it runs, and {@code -t} nothing.
   */
  private boolean isOfOtherFamilies(ServerGroup group) {
    List<AddressFamily> families =
        Stream.concat(
                group.ranges().stream().map(range -> AddressFamily.of(range.first())),
                group.marks().stream().flatMap(mark -> mark.family().stream()))
            .distinct()
            .toList();
    if (families.isEmpty() || allAreTunnelled()) {
      return false;
    }
    if (families.size() > 1) {
      ignoreFor(group.name() + ": virtual server group with IPv4 & IPv6");
      return true;
    }
    boolean another = draft.family.filter(family -> family != families.get(0)).isPresent();
    if (another) {
      ignoreFor(group.name() + ": address family");
    }
    return another;
  }

  private boolean allAreTunnelled() {
    return !draft.servers.isEmpty()
        && draft.servers.stream()
            .allMatch(server -> forwarding(server.forwarding).method() == Forwarding.Method.TUN);
  }

  private void ignoreFor(String what) {
    warn("family-mismatch", what + " doesn't match virtual server " + draft.name() + " - ignoring");
  }

  /** Of two at one address and port the first counts. */
  private void withoutTwins() {
    Set<ServerAddress> taken = new LinkedHashSet<>();
    for (RealServerDraft server : draft.servers) {
      if (taken.add(server.address)) {
        servers.add(server);
      } else {
        warn(
            "duplicate-real-server",
            "VS "
                + draft.name()
                + ": real server "
                + server.name()
                + " is duplicated - removing second rs");
      }
    }
  }

  private Forwarding forwarding(Optional<Forwarding> itsOwn) {
    return itsOwn.or(() -> draft.forwarding).orElse(Forwarding.NAT);
  }

  private VirtualService service(Optional<ServerGroup> group) {
    AddressFamily family = draft.family.orElse(AddressFamily.IPV4);
    return draft
        .head
        .address()
        .<VirtualService>map(address -> new VirtualService.ByAddress(address, protocol()))
        .or(() -> group.map(g -> new VirtualService.ByGroup(g, protocol(), family)))
        .orElseGet(() -> new VirtualService.ByMark(draft.head.mark().orElseThrow(), family));
  }

  private Balancing balancing() {
    return new Balancing(
        draft.scheduler.orElse(Scheduler.WLC),
        draft.schedulerFlags,
        draft.onePacket,
        draft.persistenceSeconds.map(
            seconds ->
                new Persistence(seconds, draft.persistenceGranularity, draft.persistenceEngine)),
        forwarding(Optional.empty()));
  }

  private Quorum quorum(List<RealServer> complete) {
    long weights = complete.stream().mapToLong(server -> server.load().weight()).sum();
    long quorum = draft.quorum;
    long hysteresis = draft.hysteresis;
    if (quorum > weights) {
      warn(
          "quorum-too-large",
          "Warning - quorum "
              + quorum
              + " for "
              + draft.name()
              + " exceeds total weight of real servers "
              + weights
              + ", reducing quorum to "
              + weights);
      quorum = weights;
    }
    if (hysteresis >= quorum && hysteresis > 0) {
      // COMPAT: with a quorum of 0 keepalived sets 4294967295, which nobody can want
      long less = Math.max(0, quorum - 1);
      warn(
          "hysteresis-too-large",
          subject()
              + "hysteresis "
              + hysteresis
              + " >= quorum "
              + quorum
              + "; setting hysteresis to "
              + less);
      hysteresis = less;
    }
    return new Quorum(quorum, hysteresis, command(draft.quorumUp), command(draft.quorumDown));
  }

  private Optional<Command> command(Optional<CommandStatement> line) {
    return line.map(written -> commands.complete(written, Commands.Purpose.CHECKING));
  }

  private boolean mail(Optional<Boolean> itsOwn, boolean standard) {
    return itsOwn.or(() -> globals.mail.alertChecker).or(() -> globals.mail.alert).orElse(standard);
  }

  private RealServer realServer(RealServerDraft server, ServerPorts ports) {
    Forwarding forwarding = forwarding(server.forwarding);
    CheckDraft.Surroundings around =
        new CheckDraft.Surroundings(commands, report, globals.director.logsAllFailures);
    List<Check> checks =
        server.checks.stream().flatMap(check -> check.complete(around).stream()).toList();
    return new RealServer(
        ports.ofReal(server.address, forwarding),
        new RealServer.Load(
            server.weight.orElse(draft.weight), server.upperThreshold, server.lowerThreshold),
        forwarding,
        conduct(server),
        tidings(server),
        checks);
  }

  private ServerConduct conduct(RealServerDraft server) {
    return new ServerConduct(
        server.alpha.orElse(draft.alpha),
        server.inhibited.orElse(draft.inhibited),
        server.virtualHost,
        server.timing().over(draft.timing()).complete());
  }

  private RealServer.Tidings tidings(RealServerDraft server) {
    boolean mail = mail(server.mail, true);
    return new RealServer.Tidings(
        command(server.up),
        command(server.down),
        mail,
        mail && globals.mail.eachCheck,
        globals.director.tellsFirst,
        server.snmpName);
  }

  private SorryServer sorryServer(SorryDraft sorry, ServerPorts ports) {
    Forwarding forwarding = forwarding(sorry.forwarding);
    return new SorryServer(ports.ofSorry(sorry.address, forwarding), forwarding, sorry.inhibited);
  }
}
