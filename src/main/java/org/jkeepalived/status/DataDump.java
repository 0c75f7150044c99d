package org.jkeepalived.status;

import java.time.ZoneId;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.jkeepalived.model.SyncGroup;
import org.jkeepalived.script.CommandFacts;

/**
 * keepalived's data dump, in its order and words, as far as this program knows the values.
 *
 * @param zone the one in which times of day are written
 * @param networkNamespace the one the daemon lives in, when it was asked for
 * @param commands what configured commands come to
 */
public record DataDump(ZoneId zone, Optional<String> networkNamespace, CommandFacts commands) {

  public DataDump {
    Objects.requireNonNull(zone);
    Objects.requireNonNull(networkNamespace);
    Objects.requireNonNull(commands);
  }

  /**
   * What {@code --dump-conf} logs: what is configured, and on what machine. Unlike keepalived's it
   * has no passwords: a log is read by more people than a file of mode 0600, and travels further.
   */
  public void configuration(VrrpSnapshot snapshot, Consumer<String> lines) {
    write(snapshot, Optional.empty(), lines);
  }

  /** What a running daemon writes to {@code keepalived.data}: the same, and how it is now. */
  public void running(VrrpSnapshot snapshot, Consumer<String> lines) {
    write(snapshot, Optional.of(zone), lines);
  }

  /**
   * @param now the zone to tell in how it is now; empty to tell only what is configured
   */
  private void write(VrrpSnapshot snapshot, Optional<ZoneId> now, Consumer<String> lines) {
    HeldAddresses held = new HeldAddresses(snapshot);
    CommandText commandText = new CommandText(commands);
    Followers followers = new Followers(snapshot.configuration());
    new GlobalsText(networkNamespace, commandText, lines).write(snapshot.configuration());
    instances(snapshot, now.map(zone -> new RunText(snapshot, held, zone)), commandText, lines);
    LinksText links = new LinksText(snapshot, held, followers, lines);
    if (now.isPresent()) {
      links.sockets();
    }
    new GroupsText(snapshot, commandText, lines).write();
    new TrackersText(snapshot, followers, commandText, lines).write(now.isPresent());
    links.interfaces();
  }

  private static void instances(
      VrrpSnapshot snapshot, Optional<RunText> run, CommandText commands, Consumer<String> lines) {
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
