package org.jkeepalived.status;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jkeepalived.model.SyncGroup;
import org.jkeepalived.time.LocalClock;

/** keepalived's data dump, in its order and words, as far as this program knows the values. */
final class DataDump {

  private final VrrpSnapshot snapshot;
  private final ReportContext context;

  DataDump(VrrpSnapshot snapshot, ReportContext context) {
    this.snapshot = snapshot;
    this.context = context;
  }

  /** What is configured, and on what machine. */
  void configuration(Consumer<String> lines) {
    write(Optional.empty(), lines);
  }

  /** The same, and how it is now. */
  void running(Consumer<String> lines) {
    write(Optional.of(context.clock()), lines);
  }

  /**
   * @param now the clock to tell by how it is now; empty to tell only what is configured
   */
  private void write(Optional<LocalClock> now, Consumer<String> lines) {
    HeldAddresses held = new HeldAddresses(snapshot);
    CommandText commandText = new CommandText(context.commands());
    TrackingInstancesText tracking = new TrackingInstancesText(snapshot.configuration());
    new GlobalsText(context.networkNamespace(), commandText, lines).write(snapshot.configuration());
    new StaticsText(snapshot, held, lines).write(now.isPresent());
    instances(now.map(clock -> new RunText(snapshot, held, clock)), commandText, lines);
    LinksText links = new LinksText(snapshot, held, tracking, lines);
    if (now.isPresent()) {
      links.sockets();
    }
    new GroupsText(snapshot, commandText, lines).write();
    new TrackersText(snapshot, tracking, commandText, lines).write(now.isPresent());
    links.interfaces();
  }

  private void instances(Optional<RunText> run, CommandText commands, Consumer<String> lines) {
    if (snapshot.routers().isEmpty()) {
      return;
    }
    lines.accept("------< VRRP Topology >------");
    Map<String, String> groups = new HashMap<>();
    for (SyncGroup group : snapshot.configuration().groups()) {
      group.members().forEach(member -> groups.put(member, group.name()));
    }
    for (RouterSnapshot router : snapshot.routers()) {
      Optional<String> group = Optional.ofNullable(groups.get(router.instance().name()));
      new InstanceText(router, group, commands, lines).write(run);
    }
  }
}
