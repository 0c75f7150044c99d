package org.jkeepalived.status;

import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.jkeepalived.lvs.ServiceSnapshot;
import org.jkeepalived.model.AddressFamily;
import org.jkeepalived.model.lvs.Protocol;
import org.jkeepalived.model.lvs.ServerGroup;
import org.jkeepalived.model.lvs.TlsFiles;
import org.jkeepalived.model.lvs.VirtualService;
import org.jkeepalived.model.lvs.VirtualService.ByGroup;

/**
 * keepalived's data dump of virtual servers, {@code keepalived_check.data}, in its order and words,
 * as far as this program knows the values.
 */
final class LvsDump {

  private final LvsSnapshot snapshot;
  private final ReportContext context;
  private final Consumer<String> lines;

  LvsDump(LvsSnapshot snapshot, ReportContext context, Consumer<String> lines) {
    this.snapshot = snapshot;
    this.context = context;
    this.lines = lines;
  }

  /**
   * Hands out all lines.
   *
   * @param now tell how it is now, too
   */
  void write(boolean now) {
    CommandText commands = new CommandText(context.commands());
    new GlobalsText(context.networkNamespace(), commands, lines).write(snapshot.configuration());
    tls(snapshot.configuration().director().tls());
    if (snapshot.services().isEmpty()) {
      return;
    }
    Optional<LvsRunText> run =
        now ? Optional.of(new LvsRunText(snapshot.moment(), context.clock())) : Optional.empty();
    lines.accept("------< LVS Topology >------");
    groups();
    ServiceText text = new ServiceText(commands, run, lines);
    snapshot.services().forEach(text::write);
    checks(new CheckText(commands, run, lines));
    new CheckedFilesText(snapshot, lines).write(now);
  }

  private void tls(TlsFiles files) {
    if (files.authority().isPresent()) {
      lines.accept("------< SSL definitions >------");
      lines.accept(" CA-file : " + files.authority().get());
    }
  }

  private void groups() {
    Map<String, ServerGroup> groups = new LinkedHashMap<>();
    for (ServiceSnapshot service : snapshot.services()) {
      VirtualService what = service.configured().service();
      if (what instanceof ByGroup byGroup) {
        groups.putIfAbsent(byGroup.group().name(), byGroup.group());
      }
    }
    groups.values().forEach(this::group);
  }

  private void group(ServerGroup group) {
    lines.accept(" ------< Virtual server group >------");
    lines.accept(
        " Virtual Server Group = "
            + group.name()
            + ", IPv4 = "
            + has(group, AddressFamily.IPV4)
            + ", IPv6 = "
            + has(group, AddressFamily.IPV6));
    marks(group);
    for (ServerGroup.Range range : group.ranges()) {
      lines.accept("   " + GroupRangeText.of(range));
    }
    for (ServerGroup.Mark mark : group.marks()) {
      lines.accept(
          "   FWMARK = "
              + mark.value()
              + mark.family().map(family -> " " + text(family)).orElse(""));
    }
  }

  /** COMPAT: one for each protocol; 0 where the group is not served by it. */
  private void marks(ServerGroup group) {
    Map<Protocol, Long> marks = new EnumMap<>(Protocol.class);
    for (ServiceSnapshot service : snapshot.services()) {
      OptionalLong mark = service.entry().mark();
      if (mark.isPresent()
          && service.configured().service() instanceof ByGroup one
          && one.group().equals(group)) {
        marks.put(one.protocol(), mark.getAsLong());
      }
    }
    if (!marks.isEmpty()) {
      lines.accept(
          "  Fwmark TCP: "
              + marks.getOrDefault(Protocol.TCP, 0L)
              + " UDP: "
              + marks.getOrDefault(Protocol.UDP, 0L)
              + " SCTP: "
              + marks.getOrDefault(Protocol.SCTP, 0L));
    }
  }

  private static String text(AddressFamily family) {
    return family == AddressFamily.IPV4 ? "IPv4" : "IPv6";
  }

  private static String has(ServerGroup group, AddressFamily family) {
    boolean any =
        group.ranges().stream().anyMatch(range -> AddressFamily.of(range.first()) == family);
    return any ? "yes" : "no";
  }

  private void checks(CheckText text) {
    boolean any =
        snapshot.services().stream()
            .flatMap(service -> service.servers().stream())
            .anyMatch(server -> !server.checks().isEmpty());
    if (any) {
      lines.accept("------< Health checkers >------");
      snapshot.services().forEach(text::write);
    }
  }
}
